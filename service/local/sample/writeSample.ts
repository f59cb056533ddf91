import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Geography } from '../../core/geography.ts';
import { makeSample, type Planted, type Sample } from './makeSample.ts';

/** Raise it when the generator changes: samples on disk of another version are made again. */
const SAMPLE_VERSION = 8;

/** Where the parts of a written sample are. */
export interface WrittenSample {
  readonly dir: string;
  readonly claimsCms: string;
  readonly claimsVendor: string;
  readonly salesSheet: string;
  readonly clinicalSheet: string;
  readonly market: Sample['market'];
  readonly planted: Planted;
  /** Records by sObject in an order that an org can take them in. */
  records(): Sample['records'];
}

/** Writes the sample into a folder below `dir`, or finds it there; complete or not at all. */
export function writeSample(
  dir: string,
  { geography, seed = 1 }: { geography: Geography; seed?: number },
): WrittenSample {
  const home = join(dir, `sample-${SAMPLE_VERSION}-${seed}-${geography.key}`);
  if (!existsSync(home)) {
    const draft = `${home}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    writeParts(draft, makeSample({ seed, geography }));
    if (existsSync(home)) rmSync(draft, { recursive: true });
    else renameSync(draft, home);
  }
  const read = <T>(name: string) => JSON.parse(readFileSync(join(home, name), 'utf8')) as T;
  return {
    dir: home,
    claimsCms: join(home, 'claims-cms.csv'),
    claimsVendor: join(home, 'claims-vendor.csv'),
    salesSheet: join(home, 'sales.csv'),
    clinicalSheet: join(home, 'clinical.csv'),
    market: read('market.json'),
    planted: read('planted.json'),
    records: () => read('records.json'),
  };
}

function writeParts(dir: string, sample: Sample): void {
  const write = (name: string, content: string) => writeFileSync(join(dir, name), content);
  write('claims-cms.csv', sample.claimsCms);
  write('claims-vendor.csv', sample.claimsVendor);
  write('sales.csv', sample.sheets.sales);
  write('clinical.csv', sample.sheets.clinical);
  write('market.json', JSON.stringify(sample.market));
  write('planted.json', JSON.stringify(sample.planted, null, 2));
  write('records.json', JSON.stringify(sample.records));
}
