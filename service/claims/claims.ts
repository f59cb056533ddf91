import type { Geography } from '../core/geography.ts';
import { unitIndex } from '../core/geography.ts';
import { BailiwickError } from '../core/errors.ts';
import type { Demand, Volume } from '../core/unitInputs.ts';
import type { Narrowing } from './counted.ts';
import {
  placesOf,
  proceduresOf,
  unitDemand,
  volumes,
  type Place,
  type ProcedureRow,
  type UnitDemand,
} from './demand.ts';
import { facetsOf, type Facets } from './facets.ts';
import { importFile, type ImportOptions } from './importFile.ts';
import { activateImport, listImports, type ListedImport } from './listImports.ts';
import type { ImportReport } from './importReport.ts';
import {
  followSnapshot,
  getMarket,
  listMarkets,
  presetMarket,
  saveMarket,
  type Market,
  type MarketBody,
} from './markets.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { listMappings, type SavedMapping } from './mappings.ts';
import { performedAt, volumeBySite, type PerformedAt, type SiteVolume } from './sites.ts';
import { openClaimsDb } from './store.ts';

/** What is said beside every figure. */
export interface SourceNote {
  readonly label: string;
  readonly file: string;
  readonly period: string;
  readonly importedAt: string;
  readonly formula: string;
}

export interface ImportChoice extends Omit<ImportOptions, 'path' | 'now' | 'placesOf' | 'unplaced'> {
  /** Makes a market of the file where there is none yet; true unless told otherwise. */
  readonly withMarket?: boolean;
}

export interface LineRow {
  readonly line: number;
  readonly kind: string;
  readonly reason: string;
  readonly found: string;
}

export interface Claims {
  readonly geography: Pick<Geography, 'ids' | 'states' | 'counties' | 'parents' | 'lat' | 'lon'>;
  /** Imports a file of this machine; a failed import leaves everything as it was. */
  importClaims(path: string, choice?: ImportChoice): Promise<ImportReport>;
  imports(): Promise<ListedImport[]>;
  /** Brings an import back: the markets of its layout count it from now on. */
  activate(id: string): Promise<ImportReport>;
  mappings(): Promise<SavedMapping[]>;
  report(id: string): Promise<ImportReport>;
  reportLines(id: string): Promise<LineRow[]>;
  markets(): Promise<Market[]>;
  market(id: string): Promise<Market>;
  saveMarket(id: string | null, body: MarketBody): Promise<Market>;
  preset(snapshotId: string, preset: MarketBody['preset']): Promise<MarketBody>;
  facets(marketId: string, seen?: Pick<Narrowing, 'units'>): Promise<Facets>;
  /** Changes whenever the market's figures do. */
  revision(marketId: string): Promise<string>;
  unitDemand(marketId: string, narrowing?: Narrowing): Promise<UnitDemand>;
  potentialByUnit(marketId: string): Promise<Demand & { suppressedShare: number }>;
  volumes(marketId: string): Promise<Map<string, Volume>>;
  procedures(marketId: string, keys: { npi: string | null; ccn: string | null }): Promise<ProcedureRow[]>;
  places(marketId: string, narrowing?: Narrowing): Promise<Place[]>;
  performedAt(marketId: string, keys: readonly string[]): Promise<PerformedAt[]>;
  volumeBySite(marketId: string, keys: readonly string[]): Promise<SiteVolume[]>;
  source(marketId: string): Promise<SourceNote>;
  close(): Promise<void>;
}

export interface ClaimsOptions {
  /** Folder of the claims file; in memory without one. */
  readonly dataDir?: string | undefined;
  readonly geography: Pick<Geography, 'ids' | 'states' | 'counties' | 'parents' | 'lat' | 'lon'>;
  readonly clock?: () => Date;
  /** What other rooms know: hospitals by CCN, and ZIPs that are on no map. */
  readonly ports?: Pick<ImportOptions, 'placesOf' | 'unplaced'>;
}

/** Opens the claims slice; close() lets go of its file. */
export async function createClaims({
  dataDir,
  geography,
  clock = () => new Date(),
  ports = {},
}: ClaimsOptions): Promise<Claims> {
  const db = await openClaimsDb(dataDir);
  await loadUnits(db, geography);
  const withMarket = async <T>(id: string, work: (market: Market) => Promise<T>) => work(await getMarket(db, id));
  const report = async (id: string): Promise<ImportReport> => {
    const [row] = await db.all<{ report: string }>('SELECT report FROM snapshots WHERE id = ?', [id]);
    if (row) return JSON.parse(row.report) as ImportReport;
    throw new BailiwickError('not_found', 'There is no such import.', { action: 'Choose one of the list of imports.' });
  };
  return {
    geography,
    importClaims: async (path, { withMarket: makeMarket = true, ...choice } = {}) => {
      const done = await importFile(db, { ...choice, path, now: clock(), ...ports });
      if (!done.alreadyThere) await afterImport(db, done.id, makeMarket);
      return done;
    },
    imports: () => listImports(db),
    activate: async (id) => {
      await activateImport(db, id);
      return report(id);
    },
    mappings: () => listMappings(db),
    report,
    reportLines: async (id) => {
      await report(id);
      return db.all(
        'SELECT line::DOUBLE AS line, kind, reason, found FROM lines WHERE snapshot_id = ? ORDER BY lines.line',
        [id],
      );
    },
    markets: () => listMarkets(db),
    market: (id) => getMarket(db, id),
    saveMarket: (id, body) => saveMarket(db, id, body),
    preset: (snapshotId, preset) => presetMarket(db, snapshotId, preset),
    facets: (id, seen) => withMarket(id, (market) => facetsOf(db, market, seen)),
    revision: async (id) => {
      const [row] = await db.all<{ revision: number }>('SELECT revision FROM markets WHERE id = ?', [id]);
      return `${id}:${row?.revision ?? 0}`;
    },
    unitDemand: (id, narrowing) => withMarket(id, (market) => unitDemand(db, geography.states, market, narrowing)),
    potentialByUnit: (id) => withMarket(id, (market) => unitDemand(db, geography.states, market)),
    volumes: (id) => withMarket(id, (market) => volumes(db, market)),
    procedures: (id, { npi, ccn }) =>
      withMarket(id, (market) =>
        proceduresOf(
          db,
          market,
          [npi, ccn].filter((key) => key !== null),
        ),
      ),
    places: (id, narrowing) => withMarket(id, (market) => placesOf(db, market, narrowing)),
    performedAt: (id, keys) => withMarket(id, (market) => performedAt(db, market, keys)),
    volumeBySite: (id, keys) => withMarket(id, (market) => volumeBySite(db, market, keys)),
    source: (id) => withMarket(id, async (market) => sourceOf(market, await report(market.snapshotId))),
    close: () => db.close(),
  };
}

/** Which unit each ZIP belongs to, point ZIPs with their parents. */
async function loadUnits(db: DuckDb, geography: Pick<Geography, 'ids' | 'parents'>): Promise<void> {
  const rows = [...unitIndex(geography)].map(([zip, unit]) => ({ zip, unit }));
  await db.run('DELETE FROM units');
  await db.run(
    `INSERT INTO units SELECT r->>'zip', (r->>'unit')::INTEGER FROM (SELECT unnest(from_json(?, '["JSON"]')) AS r)`,
    [JSON.stringify(rows)],
  );
}

/** Markets of the older file follow; the first file ever gets a market of its own, so that nobody meets an empty screen. */
async function afterImport(db: DuckDb, snapshotId: string, makeMarket: boolean): Promise<void> {
  await followSnapshot(db, snapshotId);
  if (!makeMarket || (await listMarkets(db)).length > 0) return;
  const body = await presetMarket(db, snapshotId, 'medtech');
  if (body.codes.length > 0) await saveMarket(db, null, body);
}

const ROLE_WORDS: Readonly<Record<Market['role'], string>> = {
  facility: 'counted where they are performed',
  performing: 'counted with who performs them',
  ordering: 'counted with who orders them',
  billing: 'counted with who bills them',
};

function sourceOf(market: Market, report: ImportReport): SourceNote {
  const valued = market.codes.some(({ valueUsd }) => valueUsd !== null);
  const value = valued ? 'procedures × value per procedure' : 'what was paid';
  const share = market.addressableShare === 1 ? '' : ` × ${Math.round(market.addressableShare * 100)} % addressable`;
  return {
    label: `${market.name} (${report.layoutName})`,
    file: report.file,
    period: report.period,
    importedAt: report.importedAt,
    formula: `Market potential = ${value}${share}, ${ROLE_WORDS[market.role]}; counts under ${report.guarded.below} stand as ${report.guarded.imputed}.`,
  };
}
