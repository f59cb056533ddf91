import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { isTexts, labelModule, labelsOf } from './labels.ts';
import { bundleNames, filesBelow, LWC_DIR } from './paths.ts';

/** An org's compiler wants decorators and class fields untouched: types are erased and nothing else happens. */
const ERASE_TYPES: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  experimentalDecorators: false,
  useDefineForClassFields: true,
  newLine: ts.NewLineKind.LineFeed,
};

/** TypeScript sources of all bundles. */
export function bundleSources(lwcDir = LWC_DIR): string[] {
  return bundleNames(lwcDir).flatMap((name) =>
    filesBelow(join(lwcDir, name)).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts')),
  );
}

export function emittedFile(source: string): string {
  return source.replace(/\.ts$/, '.js');
}

/** Writes each source's JavaScript beside it and removes JavaScript whose source is gone. */
export function compileBundles(lwcDir = LWC_DIR): string[] {
  const sources = bundleSources(lwcDir);
  const emitted = new Set(sources.map(emittedFile));
  for (const name of bundleNames(lwcDir)) {
    for (const file of filesBelow(join(lwcDir, name))) if (file.endsWith('.js') && !emitted.has(file)) rmSync(file);
  }
  for (const source of sources) {
    if (isTexts(source)) {
      writeFileSync(emittedFile(source), labelModule(labelsOf(source)));
      continue;
    }
    const options = { fileName: source, compilerOptions: ERASE_TYPES, reportDiagnostics: true };
    const { outputText, diagnostics = [] } = ts.transpileModule(readFileSync(source, 'utf8'), options);
    const first = diagnostics[0];
    if (first) throw new Error(`${source}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`);
    writeFileSync(emittedFile(source), outputText);
  }
  return [...emitted];
}
