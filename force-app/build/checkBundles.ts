import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleNames, LWC_DIR, RESOURCE_DIR } from './paths.ts';

/**
 * What is missing for a deploy: a metadata convert packs a bundle without its JavaScript and says nothing,
 * so every bundle and the static resource are looked at here. Empty when all is whole.
 */
export function missingParts(lwcDir = LWC_DIR, resourceDir = RESOURCE_DIR): string[] {
  const problems: string[] = [];
  for (const name of bundleNames(lwcDir)) {
    const part = (extension: string) => join(lwcDir, name, `${name}${extension}`);
    // a bundle of styles alone, which others import, has no JavaScript
    const isStyles = existsSync(part('.css')) && !existsSync(part('.ts'));
    if (!isStyles && !existsSync(part('.js'))) problems.push(`${name}: ${name}.js is missing; run the build.`);
    if (!existsSync(part('.js-meta.xml'))) problems.push(`${name}: ${name}.js-meta.xml is missing.`);
    const isComponent =
      existsSync(part('.ts')) &&
      /extends \S*LightningElement|NavigationMixin\(/.test(readFileSync(part('.ts'), 'utf8'));
    if (isComponent && !existsSync(part('.html'))) problems.push(`${name}: ${name}.html is missing.`);
  }
  for (const file of [
    'bailiwickMap.js',
    'bailiwickMapStyle.css',
    'bailiwickMap.resource-meta.xml',
    'bailiwickMapStyle.resource-meta.xml',
  ]) {
    if (!existsSync(join(resourceDir, file))) problems.push(`static resource: ${file} is missing.`);
  }
  return problems;
}
