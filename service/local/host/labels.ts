import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../force-app/build/paths.ts';

const FILE = join(ROOT, 'force-app/main/default/labels/CustomLabels.labels-meta.xml');

/** The package's custom labels by name. */
export function labels(): Record<string, string> {
  if (!existsSync(FILE)) return {};
  const entries = readFileSync(FILE, 'utf8').matchAll(/<fullName>(\w+)<\/fullName>[\s\S]*?<value>([\s\S]*?)<\/value>/g);
  return Object.fromEntries(
    [...entries].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&').replaceAll('&lt;', '<')]),
  );
}
