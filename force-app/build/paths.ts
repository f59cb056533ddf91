import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The repository's folders that the build reads and writes. */
export const ROOT = resolve(import.meta.dirname, '../..');
export const LWC_DIR = join(ROOT, 'force-app/main/default/lwc');
export const MAP_DIR = join(ROOT, 'force-app/map');
export const RESOURCE_DIR = join(ROOT, 'force-app/main/default/staticresources');
export const LABELS_FILE = join(ROOT, 'force-app/main/default/labels/CustomLabels.labels-meta.xml');
export const CACHE_DIR = join(ROOT, '.build');

/** Names of all Lightning bundles, sorted. */
export function bundleNames(lwcDir = LWC_DIR): string[] {
  return readdirSync(lwcDir)
    .filter((name) => statSync(join(lwcDir, name)).isDirectory() && !name.startsWith('__'))
    .sort();
}

/** Every file below a folder, as full paths, sorted; test folders are left out. */
export function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.name === '__tests__' || entry.name === 'node_modules') return [];
      const path = join(dir, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}
