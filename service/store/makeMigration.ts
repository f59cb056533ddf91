/**
 * Writes the one pre-release migration anew from the tables. Before the first release no installed state exists that an
 * older migration would have to carry over; from then on migrations are only added.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
rmSync(`${here}migrations`, { recursive: true, force: true });
execFileSync(
  'drizzle-kit',
  [
    'generate',
    '--dialect=postgresql',
    '--schema=service/store/tables/*.ts',
    '--out=service/store/migrations',
    '--name=state',
  ],
  { stdio: 'inherit', cwd: fileURLToPath(new URL('../..', import.meta.url)) },
);
