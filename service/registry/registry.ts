import type { Volume } from '../core/unitInputs.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import { createCorrections, type Corrected, type Corrections } from './corrections.ts';
import { importRegistryFile, type RegistryImport, type RegistryReport } from './importFile.ts';
import type { LineRow } from './lines.ts';
import { searchRecords, type Found, type Searching } from './lookup.ts';
import type { RegistryPorts } from './ports.ts';
import { createQueue, type Queue } from './queue.ts';
import { recordPage, type RecordPage } from './recordPage.ts';
import { openRegistryDb } from './registryDb.ts';
import { activateSnapshot, findSnapshot, listSnapshots, snapshotLines, type Snapshot } from './snapshots.ts';
import {
  codeNames,
  hospitalPlaces,
  matchSpecialty,
  namesOf,
  taxonomiesOf,
  taxonomyCodesNamed,
  type CodeName,
  type NamedKey,
  type SpecialtyMatch,
  type SpecialtySlot,
} from './specialties.ts';

export interface Registry {
  readonly queue: Queue;
  readonly corrections: Corrections;
  /** Imports a file of this machine; a failed import leaves everything as it was. */
  importFile(path: string, choice?: Omit<RegistryImport, 'path' | 'now'>): Promise<RegistryReport>;
  /** Newest first; of each source one is active. */
  imports(): Promise<Snapshot[]>;
  report(id: string): Promise<Snapshot>;
  reportLines(id: string): Promise<LineRow[]>;
  /** Brings an older snapshot back. */
  activate(id: string): Promise<Snapshot>;
  search(searching: Searching): Promise<Found>;
  /** @throws BailiwickError not_found for what no source knows or the user may not see */
  page(user: RequestUser, key: string): Promise<RecordPage>;
  /** Name and record of NPIs and CCNs; unknown ones are left out. */
  namesOf(keys: readonly string[]): Promise<Map<string, NamedKey>>;
  /** ZIP and name of hospitals by CCN, for claims without addresses; those without a ZIP are left out. */
  zipsByCcn(ccns: readonly string[]): Promise<Map<string, { zip: string; name: string }>>;
  taxonomiesOf(npis: readonly string[]): Promise<Map<string, SpecialtySlot[]>>;
  specialtiesOf(npi: string): Promise<SpecialtySlot[]>;
  matchSpecialty(npis: readonly string[], taxonomyCodes: readonly string[]): Promise<SpecialtyMatch[]>;
  taxonomyCodesNamed(text: string): Promise<{ code: string; name: string }[]>;
  codeNames(codes: readonly string[]): Promise<Map<string, CodeName>>;
  /** Volumes after the corrections in force, with what each of them changed. */
  corrected(volumes: ReadonlyMap<string, Volume>): Promise<Corrected>;
  /** Changes with every import and every snapshot brought back. */
  revision(): Promise<number>;
  close(): Promise<void>;
}

export interface RegistryOptions {
  /** Folder of the registry's file; in memory without one. */
  readonly dataDir?: string | undefined;
  readonly store: Store;
  readonly ports: RegistryPorts;
  readonly clock?: () => Date;
}

/** Opens the registry slice; close() lets go of its file. */
export async function createRegistry(options: RegistryOptions): Promise<Registry> {
  const { dataDir, store, ports, clock = () => new Date() } = options;
  const db = await openRegistryDb(dataDir, ports.zipPoints());
  const revision = async () => {
    const [row] = await db.all<{ number: number }>('SELECT number::DOUBLE AS number FROM revision');
    return row?.number ?? 0;
  };
  const corrections = createCorrections({ db, store, clock, volumes: () => ports.volumes() });
  const queue = createQueue({ db, store, ports, clock, revision });
  return {
    queue,
    corrections,
    importFile: (path, choice = {}) => importRegistryFile(db, { ...choice, path, now: clock() }),
    imports: () => listSnapshots(db),
    report: (id) => findSnapshot(db, id),
    reportLines: (id) => snapshotLines(db, id),
    activate: (id) => activateSnapshot(db, id),
    search: (searching) => searchRecords(db, searching),
    page: (user, key) => recordPage({ db, ports, queue, corrections }, user, key),
    namesOf: (keys) => namesOf(db, keys),
    zipsByCcn: async (ccns) =>
      new Map(hospitalPlaces(await namesOf(db, ccns)).map(({ ccn, zip, name }) => [ccn, { zip, name }])),
    taxonomiesOf: (npis) => taxonomiesOf(db, npis),
    specialtiesOf: async (npi) => (await taxonomiesOf(db, [npi])).get(npi) ?? [],
    matchSpecialty: (npis, codes) => matchSpecialty(db, npis, codes),
    taxonomyCodesNamed: (text) => taxonomyCodesNamed(db, text),
    codeNames: (codes) => codeNames(db, codes),
    corrected: (volumes) => corrections.apply(volumes),
    revision,
    close: () => db.close(),
  };
}
