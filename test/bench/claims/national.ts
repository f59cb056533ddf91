import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClaims, type Claims } from '../../../service/claims/claims.ts';
import type { Narrowing } from '../../../service/claims/counted.ts';
import type { MarketBody } from '../../../service/claims/markets.ts';
import type { UnitId } from '../../../service/core/ids.ts';
import { print, quantile, timed } from '../timing.ts';
import { codeOf, specialtyName, writeNationalFile } from './nationalFile.ts';

/** ZIP areas of the nation. */
const UNITS = 33_000;
const WARM_RUNS = 20;
const SEED = 2026;

/** Ten million rows in the layout of CMS: how long the import takes, and how long a change of facets. */
export async function national(rows: number): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'bailiwick-bench-'));
  try {
    const ground = nationalGround();
    const file = path.join(dir, 'national-2024.csv');
    const made = await timed(() =>
      writeNationalFile({ path: file, rows, seed: SEED, zips: ground.ids, states: ground.states }),
    );
    print({
      name: `national file of ${rows} rows written`,
      milliseconds: [made.ms],
      note: `${made.result.providers} providers`,
    });
    const claims = await createClaims({ dataDir: path.join(dir, 'data'), geography: ground });
    const [load, cost] = await withCost(() =>
      timed(() => claims.importClaims(file, { name: 'national-2024.csv', withMarket: false })),
    );
    print({
      name: 'national file imported',
      milliseconds: [load.ms],
      note: `${load.result.rowsKept} rows kept, at most ${cost.peakMb} MB of memory, ${Math.round(cost.cpuMs)} ms of processors`,
    });
    await markets(claims, load.result.id, made.result.services);
    await claims.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function markets(claims: Claims, snapshotId: string, services: number): Promise<void> {
  const specialties = [specialtyName(3), specialtyName(10), specialtyName(25)];
  const narrowCodes = [3, 10, 25]
    .flatMap((specialty) => Array.from({ length: 17 }, (_, i) => codeOf(specialty, 8 + i)))
    .slice(0, 50);
  const line = (code: string) => ({ code, name: '', family: '', rule: 'procedure' as const, valueUsd: null });
  const body = (more: Pick<MarketBody, 'codes'> & Partial<MarketBody>): MarketBody => ({
    name: 'Bench',
    preset: 'medtech',
    snapshotId,
    role: 'performing',
    ...more,
  });
  const narrow = body({ specialties, codes: narrowCodes.map(line) });
  await facets(claims, 'narrow market', narrow, [
    {},
    { sites: ['F'] },
    { sites: ['O'], specialties: specialties.slice(0, 1) },
    { codes: narrowCodes.slice(0, 10) },
  ]);
  const whole = body({ codes: [line('10000-99999')] });
  await isWhole(claims, whole, services);
  await facets(claims, 'whole table', whole, [
    {},
    { sites: ['F'] },
    { sites: ['O'] },
    { specialties: specialties.concat(specialtyName(0)) },
    { specialties, codes: narrowCodes },
    { codes: Array.from({ length: 8 }, (_, i) => codeOf(0, i)) },
  ]);
}

/** A figure that is quick and wrong is worth nothing: all that was written is counted, drug units included. */
async function isWhole(claims: Claims, body: MarketBody, services: number): Promise<void> {
  const { id } = await claims.saveMarket(null, body);
  const { procedures, remainder } = await claims.unitDemand(id);
  const counted = [...procedures, ...remainder.map((rest) => rest.procedures)].reduce((sum, value) => sum + value, 0);
  if (Math.abs(counted - services) > 0.5)
    throw new Error(`${counted} services are counted of ${services} that were written.`);
}

/** Demand of every unit under each choice of facets by turns, distinct providers included. */
async function facets(claims: Claims, name: string, body: MarketBody, choices: readonly Narrowing[]): Promise<void> {
  const market = await claims.saveMarket(null, body);
  const [cold, cost] = await withCost(() => timed(() => claims.unitDemand(market.id)));
  print({
    name: `${name}: read into memory`,
    milliseconds: [cold.ms],
    note: `at most ${cost.peakMb} MB of memory, ${Math.round(cost.cpuMs)} ms of processors`,
  });
  for (const choice of choices) {
    const [runs, processors]: [number[], number[]] = [[], []];
    let providers = 0;
    for (let run = 0; run < WARM_RUNS; run++) {
      const [{ ms, result }, { cpuMs }] = await withCost(() => timed(() => claims.unitDemand(market.id, choice)));
      runs.push(ms);
      processors.push(cpuMs);
      providers = result.providers.reduce((sum, count) => sum + count, 0);
    }
    const said = Object.entries(choice)
      .map(([facet, values]) => `${(values as string[]).length} ${facet}`)
      .join(', ');
    print({
      name: `${name}: ${said || 'all of it'}`,
      milliseconds: runs,
      note: `${providers} providers by unit, ${Math.round(
        quantile(
          processors.sort((a, b) => a - b),
          0.5,
        ),
      )} ms of processors`,
    });
  }
}

/** Every n-th ZIP of the data package, as many as the nation has areas. */
function nationalGround() {
  const { codes } = createRequire(import.meta.url)('zipcodes') as {
    codes: Record<string, { zip: string; state: string; latitude: number; longitude: number; country: string }>;
  };
  const all = Object.values(codes)
    .filter(({ zip, country }) => country === 'US' && /^\d{5}$/.test(zip))
    .sort((a, b) => (a.zip < b.zip ? -1 : 1));
  const places = Array.from({ length: UNITS }, (_, i) => all[Math.floor((i * all.length) / UNITS)]!);
  return {
    ids: places.map(({ zip }) => zip as UnitId),
    states: places.map(({ state }) => state),
    counties: places.map(({ state }) => state),
    parents: {},
    lat: places.map(({ latitude }) => latitude),
    lon: places.map(({ longitude }) => longitude),
  };
}

interface Cost {
  /** Most memory that the process held meanwhile. */
  readonly peakMb: number;
  /** What the processors worked for it, which other work on the machine does not change much. */
  readonly cpuMs: number;
}

async function withCost<T>(work: () => Promise<T>): Promise<[T, Cost]> {
  let most = process.memoryUsage.rss();
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
  const before = process.cpuUsage();
  try {
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    const peakMb = Math.round(Math.max(most, process.memoryUsage.rss()) / 1e6);
    return [result, { peakMb, cpuMs: (user + system) / 1000 }];
  } finally {
    clearInterval(watch);
  }
}
