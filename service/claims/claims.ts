import type { Geography } from '../core/geography.ts';
import { importBaseline, type BaselineReport } from './baseline.ts';
import { BailiwickError } from '../core/errors.ts';
import type { Demand, Volume } from '../core/unitInputs.ts';
import type { Narrowing } from './counted.ts';
import { facetsOf, type Facets } from './facets.ts';
import { importFamilies, type FamiliesReport } from './families.ts';
import { figuresOf, type Figures } from './figures.ts';
import { importFile, type ImportOptions } from './importFile.ts';
import type { ImportReport } from './importReport.ts';
import { activateImport, listImports, type ListedImport } from './listImports.ts';
import { listMappings, type SavedMapping } from './mappings.ts';
import { marketProviders, type MarketProvider } from './marketProviders.ts';
import { followSnapshot, getMarket, listMarkets, saveMarket, type Market, type MarketBody } from './markets.ts';
import { marketVersions, restoreVersion, type MarketVersion } from './marketVersions.ts';
import { pastOf, type PastVolume } from './past.ts';
import { placesOf, proceduresOf, volumes, type Place, type ProcedureRow } from './parts.ts';
import { choosePlanMarket, planMarketId } from './planMarket.ts';
import { presetMarket } from './presetMarket.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { sourceNote, type SourceNote } from './sourceNote.ts';
import { keepSpecialties, type SpecialtiesOf } from './specialties.ts';
import { performedAt, volumeBySite, type PerformedAt, type SiteVolume } from './sites.ts';
import { openClaimsDb } from './store.ts';
import { loadUnits } from './units.ts';
import { wordNo } from './words.ts';

export type { SourceNote };

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

export interface Claims extends Figures {
  readonly geography: Pick<Geography, 'ids' | 'states' | 'counties' | 'parents' | 'lat' | 'lon'>;
  /** Imports a file of this machine; a failed import leaves everything as it was. */
  importClaims(path: string, choice?: ImportChoice): Promise<ImportReport>;
  imports(): Promise<ListedImport[]>;
  /** Brings an import back: the markets of its layout count it from now on. */
  activate(id: string): Promise<ImportReport>;
  mappings(): Promise<SavedMapping[]>;
  report(id: string): Promise<ImportReport>;
  reportLines(id: string): Promise<LineRow[]>;
  /** Imports a head count by ZIP, to lay beside the demand. */
  importBaseline(path: string, name?: string, column?: string): Promise<BaselineReport>;
  baselines(): Promise<BaselineReport[]>;
  /** Takes the families of codes from a CSV. */
  importFamilies(path: string, name: string): Promise<FamiliesReport>;
  /** Asks the registry anew; nothing without one. */
  refreshSpecialties(): Promise<void>;
  markets(): Promise<Market[]>;
  market(id: string): Promise<Market>;
  /** The market that plans count under; null where there is none. */
  planMarketId(): Promise<string | null>;
  choosePlanMarket(id: string): Promise<void>;
  /** Every save is a new version; `by` is whoever saves. */
  saveMarket(id: string | null, body: MarketBody, by?: string): Promise<Market>;
  marketVersions(id: string): Promise<MarketVersion[]>;
  restoreMarket(id: string, version: number, by?: string): Promise<Market>;
  preset(snapshotId: string, preset: MarketBody['preset']): Promise<MarketBody>;
  facets(marketId: string, seen?: Pick<Narrowing, 'units'>): Promise<Facets>;
  potentialByUnit(marketId: string): Promise<Demand & { suppressedShare: number }>;
  volumes(marketId: string): Promise<Map<string, Volume>>;
  /** Everybody whom the market counts, with name and place. */
  providers(marketId: string): Promise<MarketProvider[]>;
  procedures(marketId: string, keys: { npi: string | null; ccn: string | null }): Promise<ProcedureRow[]>;
  /** The same in every period that was imported, oldest first. */
  past(marketId: string, keys: { npi: string | null; ccn: string | null }): Promise<PastVolume[]>;
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
  /** What other rooms know: hospitals by CCN, ZIPs that are on no map, and specialties of providers. */
  readonly ports?: Pick<ImportOptions, 'placesOf' | 'unplaced'> & {
    readonly specialtiesOf?: SpecialtiesOf | undefined;
  };
}

/** Opens the claims slice; close() lets go of its file. */
export async function createClaims(options: ClaimsOptions): Promise<Claims> {
  const { dataDir, geography, clock = () => new Date() } = options;
  const { specialtiesOf, ...ports } = options.ports ?? {};
  const db = await openClaimsDb(dataDir);
  await loadUnits(db, geography);
  const withMarket = async <T>(id: string, work: (market: Market) => Promise<T>) => work(await getMarket(db, id));
  const report = async (id: string): Promise<ImportReport> => {
    const [row] = await db.all<{ report: string }>('SELECT report FROM snapshots WHERE id = ?', [id]);
    if (row) return JSON.parse(row.report) as ImportReport;
    throw new BailiwickError('not_found', 'There is no such import.', { action: 'Choose one of the list of imports.' });
  };
  const figures = figuresOf(db, geography);
  const refreshSpecialties = async () => {
    if (specialtiesOf) await keepSpecialties(db, specialtiesOf);
  };
  const twice = new Map<string, boolean>();
  /** Whether a snapshot shows bills of both kinds side by side; it never changes. */
  const billedTwice = async (snapshotId: string) => {
    const known = twice.get(snapshotId);
    if (known !== undefined) return known;
    const rows = await db.all(`SELECT 1 FROM cells WHERE snapshot = ${wordNo(snapshotId)} AND billed_twice LIMIT 1`);
    twice.set(snapshotId, rows.length > 0);
    return rows.length > 0;
  };
  const saving = (by?: string) => ({ now: clock(), by: by ?? null });
  return {
    geography,
    importClaims: async (path, { withMarket: makeMarket = true, ...choice } = {}) => {
      const now = clock();
      const done = await importFile(db, { ...choice, path, now, ...ports });
      if (!done.alreadyThere) await afterImport(db, { snapshotId: done.id, makeMarket, now });
      if (!done.alreadyThere) await refreshSpecialties();
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
    importBaseline: (path, name, column) =>
      importBaseline(db, { path, now: clock(), ...(name ? { name } : {}), ...(column ? { column } : {}) }),
    baselines: async () => {
      const rows = await db.all<{ report: string }>('SELECT report FROM baselines ORDER BY number DESC');
      return rows.map((row) => JSON.parse(row.report) as BaselineReport);
    },
    importFamilies: (path, name) => importFamilies(db, path, name),
    refreshSpecialties,
    markets: () => listMarkets(db),
    market: (id) => getMarket(db, id),
    planMarketId: () => planMarketId(db),
    choosePlanMarket: (id) => choosePlanMarket(db, id),
    saveMarket: (id, body, by) => saveMarket(db, id, body, saving(by)),
    marketVersions: (id) => marketVersions(db, id),
    restoreMarket: (id, version, by) => restoreVersion(db, id, version, saving(by)),
    preset: (snapshotId, preset) => presetMarket(db, snapshotId, preset),
    facets: (id, seen) => withMarket(id, (market) => facetsOf(db, market, seen)),
    ...figures,
    potentialByUnit: (id) => figures.unitDemand(id),
    volumes: (id) => withMarket(id, (market) => volumes(db, market)),
    providers: (id) => withMarket(id, (market) => marketProviders(db, market)),
    procedures: (id, keys) => withMarket(id, (market) => proceduresOf(db, market, known(keys))),
    past: (id, keys) => withMarket(id, (market) => pastOf(db, market, known(keys))),
    places: (id, narrowing) => withMarket(id, (market) => placesOf(db, market, narrowing)),
    performedAt: (id, keys) => withMarket(id, (market) => performedAt(db, market, keys)),
    volumeBySite: (id, keys) => withMarket(id, (market) => volumeBySite(db, market, keys)),
    source: (id) =>
      withMarket(id, async (market) =>
        sourceNote(market, await report(market.snapshotId), await billedTwice(market.snapshotId)),
      ),
    close: () => db.close(),
  };
}

const known = ({ npi, ccn }: { npi: string | null; ccn: string | null }): string[] =>
  [npi, ccn].filter((key) => key !== null);

interface Imported {
  readonly snapshotId: string;
  readonly makeMarket: boolean;
  readonly now: Date;
}

/** Markets of the older file follow; the first file ever gets a market of its own, so that nobody meets an empty screen. */
async function afterImport(db: DuckDb, { snapshotId, makeMarket, now }: Imported): Promise<void> {
  await followSnapshot(db, snapshotId);
  if (!makeMarket || (await listMarkets(db)).length > 0) return;
  const body = await presetMarket(db, snapshotId, 'medtech');
  if (body.codes.length > 0) await saveMarket(db, null, body, { now, by: null });
}
