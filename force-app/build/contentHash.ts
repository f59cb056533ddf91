import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE_DIR, ROOT } from './paths.ts';

/** Hash over names and contents of files, and of whatever else decides the outcome. */
export function contentHash(files: readonly string[], extra = ''): string {
  const hash = createHash('sha256').update(extra);
  for (const file of files) hash.update(`\0${file.slice(ROOT.length)}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 24);
}

/**
 * Runs a build step only where its inputs changed since the last run or an output is missing.
 * The stamp is written after the step, so a broken step runs again.
 */
export async function cachedStep(
  name: string,
  hash: string,
  outputs: readonly string[],
  run: () => void | Promise<void>,
): Promise<'built' | 'cached'> {
  const stamp = join(CACHE_DIR, `${name}.hash`);
  const fresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && outputs.every((file) => existsSync(file));
  if (fresh) return 'cached';
  await run();
  mkdirSync(CACHE_DIR, { recursive: true });
  writeFileSync(stamp, hash);
  return 'built';
}
