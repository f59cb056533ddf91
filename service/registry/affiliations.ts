import type { DuckDb } from '../store/duckDb.ts';
import type { RegistryPorts } from './ports.ts';
import { listedAffiliations, namesOf, type NamedKey } from './specialties.ts';

/** Somebody who works at a facility, or a facility that somebody works at. */
export interface Affiliation {
  readonly key: string;
  readonly name: string;
  readonly zip: string | null;
  /** False for what claims or a list know and no active source lists: it has no page. */
  readonly hasRecord: boolean;
  /** From a list of affiliations, or from who performs where in claims. */
  readonly basis: 'list' | 'claims';
  /** Procedures a year there; null for what only a list says. */
  readonly procedures: number | null;
  /** Share of all that the provider performs. */
  readonly share: number | null;
}

/** What one line of claims or of a list says. */
interface Told {
  readonly key: string;
  /** Its name in claims, for what no source lists. */
  readonly claimed: string | null;
  readonly figures: { readonly procedures: number; readonly share: number } | null;
}

/** Both ways: the facilities of a provider, the providers of a facility. Claims say more than a list: each pair once. */
export async function affiliationsOf(
  db: DuckDb,
  ports: Pick<RegistryPorts, 'performedAt'>,
  keys: readonly string[],
): Promise<Affiliation[]> {
  const own = new Set(keys);
  const lines: Told[] = [];
  for (const { npi, npiName, facilityKey, facilityName, procedures, share } of await ports.performedAt(keys)) {
    const other = own.has(npi) ? { key: facilityKey, claimed: facilityName } : { key: npi, claimed: npiName };
    lines.push({ ...other, figures: { procedures, share } });
  }
  for (const { npi, facility } of await listedAffiliations(db, keys))
    lines.push({ key: own.has(npi) ? facility : npi, claimed: null, figures: null });
  const names = await namesOf(
    db,
    lines.map(({ key }) => key),
  );
  const found = new Map<string, Affiliation>();
  for (const line of lines) {
    const named = names.get(line.key);
    const id = named?.record ?? line.key;
    if (!own.has(id)) found.set(id, added(found.get(id), line, named));
  }
  return [...found.values()].sort((a, b) => (b.procedures ?? 0) - (a.procedures ?? 0) || (a.key < b.key ? -1 : 1));
}

function added(known: Affiliation | undefined, line: Told, named: NamedKey | undefined): Affiliation {
  const { key, claimed, figures } = line;
  const sum = (before: number | null | undefined, more: number | undefined) =>
    more === undefined ? (before ?? null) : (before ?? 0) + more;
  return {
    key: named?.record ?? key,
    name: named?.name ?? known?.name ?? claimed ?? key,
    zip: named?.zip ?? null,
    hasRecord: named !== undefined,
    basis: known?.basis === 'claims' || figures ? 'claims' : 'list',
    procedures: sum(known?.procedures, figures?.procedures),
    share: sum(known?.share, figures?.share),
  };
}
