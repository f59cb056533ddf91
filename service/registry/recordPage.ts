import type { RequestUser } from '../http/identity.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { affiliationsOf, type Affiliation } from './affiliations.ts';
import type { Corrections, ListedCorrection } from './corrections.ts';
import {
  alternatives,
  keysOf,
  notFound,
  requireRecord,
  sourceRows,
  type Alternative,
  type RegistryRecord,
  type SourceRow,
} from './lookup.ts';
import type { RegistryPorts, SiteVolume } from './ports.ts';
import type { Queue } from './queue.ts';
import { taxonomiesOf, type SpecialtySlot } from './specialties.ts';

/** All that is known of one provider or facility. */
export interface RecordPage {
  readonly record: RegistryRecord;
  readonly keys: readonly string[];
  readonly specialties: readonly (SpecialtySlot & { readonly npi: string })[];
  readonly sources: readonly SourceRow[];
  readonly alternatives: readonly Alternative[];
  readonly affiliations: readonly Affiliation[];
  readonly volumes: readonly SiteVolume[];
  readonly corrections: readonly ListedCorrection[];
  /** The CRM account that it is; null where none is matched or the user may not see it. */
  readonly account: { readonly id: string; readonly name: string; readonly how: string } | null;
}

interface PageDeps {
  readonly db: DuckDb;
  readonly ports: RegistryPorts;
  readonly queue: Pick<Queue, 'entries'>;
  readonly corrections: Pick<Corrections, 'list'>;
}

/** @throws BailiwickError not_found for what no source knows or the user may not see: the same words for both */
export async function recordPage(deps: PageDeps, user: RequestUser, key: string): Promise<RecordPage> {
  const { db, ports } = deps;
  const record = await requireRecord(db, key);
  const visible = await ports.visibleZips(user);
  const isSeen = (zip: string | null) => visible === 'all' || (zip !== null && visible.has(zip));
  if (!isSeen(record.zip)) throw notFound(key);
  const keys = await keysOf(db, record.key);
  const npis = keys.filter((each) => /^\d{10}$/.test(each));
  const slots = await taxonomiesOf(db, npis);
  const sources = await sourceRows(db, keys);
  const volumes = await ports.volumeBySite(keys);
  return {
    record,
    keys,
    specialties: npis.flatMap((npi) => (slots.get(npi) ?? []).map((slot) => ({ npi, ...slot }))),
    sources,
    alternatives: alternatives(record, sources),
    affiliations: (await affiliationsOf(db, ports, keys)).filter(({ zip }) => isSeen(zip)),
    volumes: volumes.filter(({ zip }) => isSeen(zip)),
    corrections: (await deps.corrections.list()).filter((correction) => keys.includes(correction.key)),
    account: await accountOf(deps, user, record.key),
  };
}

async function accountOf({ queue, ports }: PageDeps, user: RequestUser, key: string): Promise<RecordPage['account']> {
  const entry = (await queue.entries()).find((each) => each.state === 'matched' && each.key === key);
  if (!entry || !(await ports.readable(user, [entry.account.id])).has(entry.account.id)) return null;
  return { id: entry.account.id, name: entry.account.name, how: entry.how ?? '' };
}
