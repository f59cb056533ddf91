import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Loads what test/orgChecks installs: the platform's own offline tools, which the product itself does not need. */
export const orgTool = createRequire(new URL('../orgChecks/package.json', import.meta.url));

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const MAIN = path.join(root, 'force-app/main');
export const SETUP = path.join(root, 'force-app/setup');

/** All files below a folder that an org gets: no TypeScript. */
export function deployed(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** A bundle as the platform's compiler takes it: its files by name. */
export function bundleFiles(name: string): Record<string, string> {
  const folder = path.join(MAIN, 'default/lwc', name);
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => /\.(js|html|css)$/.test(file))
      .map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]),
  );
}

export interface Finding {
  readonly rule: string;
  /** 1 critical, 2 high, 3 moderate, 4 low, 5 info. */
  readonly severity: number;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

interface Violation {
  getRule(): { getEngineName(): string; getName(): string; getSeverityLevel(): number };
  getPrimaryLocation(): { getFile(): string | undefined; getStartLine(): number | undefined };
  getMessage(): string;
}

/** The analyzer of the AppExchange review over these files. */
export async function analyzed(files: readonly string[], engines: readonly string[], logFolder: string) {
  const { CodeAnalyzer, CodeAnalyzerConfig } = orgTool('@salesforce/code-analyzer-core');
  const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.fromObject({ log_folder: logFolder }));
  for (const engine of engines)
    await analyzer.addEnginePlugin(orgTool(`@salesforce/code-analyzer-${engine}-engine`).createEnginePlugin());
  const workspace = await analyzer.createWorkspace(files);
  const rules = await analyzer.selectRules(['AppExchange', 'Recommended:Security'], { workspace });
  const violations = ((await analyzer.run(rules, { workspace })) as { getViolations(): Violation[] }).getViolations();
  const findings = violations.map((violation): Finding => {
    const place = violation.getPrimaryLocation();
    const rule = violation.getRule();
    return {
      rule: `${rule.getEngineName()}:${rule.getName()}`,
      severity: rule.getSeverityLevel(),
      file: path.relative(root, place.getFile() ?? ''),
      line: place.getStartLine() ?? 0,
      message: violation.getMessage(),
    };
  });
  return { rules: rules.getCount() as number, findings };
}
