import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { BailiwickError } from '../core/errors.ts';

/** Directories that this process holds: the file alone cannot tell its own lock from one of a dead process with its id. */
const held = new Set<string>();

/**
 * Takes a data directory for this process: PGlite and DuckDB would let two processes ruin each other's files.
 * A lock left by a process that no longer runs is taken over. Returns the release.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const key = path.resolve(directory);
  if (held.has(key)) throw locked(directory, process.pid);
  await mkdir(directory, { recursive: true });
  const file = path.join(directory, 'lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      held.add(key);
      return async () => {
        await rm(file, { force: true });
        held.delete(key);
      };
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
      const holder = Number(await readFile(file, 'utf8').catch(() => ''));
      if (holder > 0 && holder !== process.pid && isRunning(holder)) throw locked(directory, holder);
      await rm(file, { force: true });
    }
  }
  throw locked(directory, 0);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

function locked(directory: string, holder: number): BailiwickError {
  return new BailiwickError(
    'data_directory_locked',
    `The data directory ${directory} is in use by process ${holder}.`,
    {
      action: 'Stop that process first, or name another directory with --data or BAILIWICK_DATA.',
    },
  );
}
