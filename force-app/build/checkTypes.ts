import { join } from 'node:path';
import ts from 'typescript';
import { bundleNames, LWC_DIR, ROOT } from './paths.ts';

/** Type errors of all bundles, one line each. `c/*` cannot be a wildcard for TypeScript, so one path a bundle is made here. */
export function typeErrors(): string[] {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.lwc.json'), ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const paths = Object.fromEntries(bundleNames().map((name) => [`c/${name}`, [join(LWC_DIR, name, `${name}.ts`)]]));
  const program = ts.createProgram(parsed.fileNames, { ...parsed.options, paths });
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    if (!diagnostic.file) return message;
    const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    return `${diagnostic.file.fileName.slice(ROOT.length + 1)}:${line + 1} ${message}`;
  });
}
