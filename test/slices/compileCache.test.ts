import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const CLI = path.resolve(import.meta.dirname, '../../service/cli.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-compiled-'));
const file = (name: string) => path.join(folder, name);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Plans four units in a row with what is compiled kept in this folder. */
function plan(cache: string): string {
  writeFileSync(file('units.csv'), 'unit,lat,lon,hours\na,40,-90,1\nb,40,-91,1\nc,40,-92,1\nd,40,-93,1\n');
  writeFileSync(file('edges.csv'), 'unit,unit\na,b\nb,c\nc,d\n');
  const ground = ['--units', file('units.csv'), '--edges', file('edges.csv'), '--k', '2', '--measure', 'hours:0.1'];
  return execFileSync(process.execPath, [CLI, 'optimize', ...ground, '--out', file('plan')], {
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

test('a command keeps what it compiled, its thread too, and reads it the next time', () => {
  const first = plan(file('cache'));
  const [version] = readdirSync(file('cache'));
  const kept = readdirSync(file(`cache/${version}`)).length;
  expect(kept).toBeGreaterThan(60);
  expect(plan(file('cache'))).toBe(first);
  expect(readdirSync(file(`cache/${version}`))).toHaveLength(kept);
});

test('where nothing can be kept it goes on without', () => {
  writeFileSync(file('no-folder'), '');
  expect(plan(file('no-folder/cache'))).toContain('2 of 2 territories in range');
});
