import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Beside the packages, where only whoever may change them can write: what stands there is run. */
const FOLDER = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));

/**
 * Modules that are loaded from now on, also by threads, are compiled once and not at every start: a short command spends
 * as long on that as on its work. Where the folder cannot be written, everything goes on without it.
 * `NODE_COMPILE_CACHE` names another folder, `NODE_DISABLE_COMPILE_CACHE=1` turns it off.
 */
export function compileOnce(): void {
  process.env.NODE_COMPILE_CACHE ??= FOLDER;
  enableCompileCache();
}
