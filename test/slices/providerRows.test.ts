import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importClaimsCommand } from '../../service/claims/importCli.ts';
import type { ClaimsChoice } from '../../service/insights/field.ts';
import { insightPorts } from '../../service/insightPorts.ts';
import { vendorText } from '../kit/claimsWorld.ts';

let dir = '';
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'bailiwick-providers-'));
  const file = path.join(dir, 'a.csv');
  writeFileSync(
    file,
    vendorText(
      { count: 20, paid: 100, performingZip: '02115' },
      { count: 30, paid: 900, performingZip: '02116' },
      { count: 40, paid: 50, performing: '2900000029', performingZip: '2115', code: 'BW102' },
    ),
  );
  await importClaimsCommand(['claims', file, '--data', path.join(dir, 'data')]);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const ALL: ClaimsChoice = {
  codes: [],
  sites: [],
  specialties: [],
  role: undefined,
  value: undefined,
  import: undefined,
};
const rows = async (choice: Partial<ClaimsChoice>) =>
  (await insightPorts.providers(path.join(dir, 'data'), { ...ALL, ...choice })).map(
    ({ key, zip, procedures, potentialUsd }) => [key, zip, procedures, potentialUsd],
  );

test('one row a provider, at the ZIP of most of its dollars; sums of all its places', async () => {
  expect(await rows({})).toEqual([
    ['2900000011', '02116', 50, 1000],
    ['2900000029', '02115', 40, 50],
  ]);
});

test('a value per procedure, and codes of choice', async () => {
  expect(await rows({ value: '10', codes: ['bw102'] })).toEqual([['2900000029', '02115', 40, 400]]);
  await expect(async () => rows({ value: 'much' })).rejects.toThrow('no amount of dollars');
});
