import type { RequestUser } from '../http/identity.ts';
import type { DuckDb } from '../store/duckDb.ts';
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
import { listedAffiliations, namesOf, taxonomiesOf, type NamedKey, type SpecialtySlot } from './specialties.ts';

/** Somebody who works at a facility, or a facility that somebody works at. */
export interface Affiliation {
  readonly key: string;
  readonly name: string;
  readonly zip: string | null;
  /** From a list of affiliations, or from who performs where in claims. */
  readonly basis: 'list' | 'claims';
  /** Procedures a year there; null for what only a list says. */
  readonly procedures: number | null;
  /** Share of all that the provider performs. */
  readonly share: number | null;
}

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
    affiliations: (await affiliationsOf(deps, keys)).filter(({ zip }) => isSeen(zip)),
    volumes: volumes.filter(({ zip }) => isSeen(zip)),
    corrections: (await deps.corrections.list()).filter((correction) => keys.includes(correction.key)),
    account: await accountOf(deps, user, record.key),
  };
}

/** Both ways: the facilities of a provider, the providers of a facility. Claims say more than a list: each pair once. */
async function affiliationsOf({ db, ports }: PageDeps, keys: readonly string[]): Promise<Affiliation[]> {
  const own = new Set(keys);
  const other = (npi: string, facility: string) => (own.has(npi) ? facility : npi);
  const performed = await ports.performedAt(keys);
  const listed = await listedAffiliations(db, keys);
  const others = [
    ...performed.map(({ npi, facilityKey }) => other(npi, facilityKey)),
    ...listed.map(({ npi, facility }) => other(npi, facility)),
  ];
  const names = await namesOf(db, others);
  const found = new Map<string, Affiliation>();
  const add = (
    key: string,
    named: NamedKey | undefined,
    basis: Affiliation['basis'],
    figures: { procedures: number; share: number } | null,
  ) => {
    const id = named?.record ?? key;
    if (own.has(id)) return;
    const known = found.get(id);
    const sum = (before: number | null | undefined, more: number | undefined) =>
      more === undefined ? (before ?? null) : (before ?? 0) + more;
    found.set(id, {
      key: id,
      name: named?.name ?? key,
      zip: named?.zip ?? null,
      basis: known?.basis === 'claims' ? 'claims' : basis,
      procedures: sum(known?.procedures, figures?.procedures),
      share: sum(known?.share, figures?.share),
    });
  };
  for (const { npi, facilityKey, procedures, share } of performed) {
    const key = other(npi, facilityKey);
    add(key, names.get(key), 'claims', { procedures, share });
  }
  for (const { npi, facility } of listed) add(other(npi, facility), names.get(other(npi, facility)), 'list', null);
  return [...found.values()].sort((a, b) => (b.procedures ?? 0) - (a.procedures ?? 0) || (a.key < b.key ? -1 : 1));
}

async function accountOf({ queue, ports }: PageDeps, user: RequestUser, key: string): Promise<RecordPage['account']> {
  const entry = (await queue.entries()).find((each) => each.state === 'matched' && each.key === key);
  if (!entry || !(await ports.readable(user, [entry.account.id])).has(entry.account.id)) return null;
  return { id: entry.account.id, name: entry.account.name, how: entry.how ?? '' };
}
