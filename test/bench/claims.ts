import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClaims } from '../../service/claims/claims.ts';
import { createGeography } from '../../service/geography/geography.ts';
import { writeSample } from '../../service/local/sample/writeSample.ts';
import { print, timed } from './timing.ts';

const WARM_RUNS = 20;

/** Geography, sample, import and the question that the market step asks most. */
export async function claims(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'bailiwick-bench-'));
  try {
    const build = await timed(() => createGeography());
    print({
      name: 'geography of the Northeast',
      milliseconds: [build.ms],
      note: `${build.result.geography.ids.length} units`,
    });
    const { geography } = build.result;
    const sample = await timed(() => writeSample(dir, { geography }));
    print({ name: 'sample written', milliseconds: [sample.ms], note: '' });
    const slice = await createClaims({ geography });
    const load = await timed(() => slice.importClaims(sample.result.claimsVendor));
    print({ name: 'vendor claims imported', milliseconds: [load.ms], note: `${load.result.rowsRead} rows` });
    const market = await slice.saveMarket(null, sample.result.market);
    const runs = [];
    for (let run = 0; run < WARM_RUNS; run++)
      runs.push(
        (await timed(() => slice.unitDemand(market.id, { sites: [run % 2 ? '11' : '24'], specialties: [], codes: [] })))
          .ms,
      );
    print({ name: 'demand of every unit, one site of care', milliseconds: runs, note: '' });
    await slice.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
