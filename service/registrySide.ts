import type { Book, KnownAccount } from './accounts/book.ts';
import { readableAccounts } from './accounts/editable.ts';
import { createRegistry, type Registry } from './registry/registry.ts';
import type { RegistryAccount, RegistryPorts, SiteVolume } from './registry/ports.ts';
import { registryRoutes } from './registry/routes.ts';
import { correctedDemand, type CorrectionEffect, type UnitShares } from './core/corrections.ts';
import { unitIndex, type Geography } from './core/geography.ts';
import type { AccountId } from './core/ids.ts';
import type { Demand, Volume } from './core/unitInputs.ts';
import { zipPlaces } from './geography/places.ts';
import { STATE_CODES } from './geography/states.ts';
import type { RequestUser } from './http/identity.ts';
import type { Route } from './http/routes.ts';
import type { Store } from './store/store.ts';

/** What the registry asks of the house once it stands. */
export type RegistryHouse = Omit<RegistryPorts, 'zipPoints' | 'visibleZips'> & {
  visibleUnits(user: RequestUser): Promise<ReadonlySet<number> | 'all'>;
};

interface Figures {
  readonly revision: string;
  readonly demand: Demand;
  readonly volumes: ReadonlyMap<string, Volume>;
  /** Said beside every figure. */
  readonly source: { readonly formula: string };
}

export interface RegistrySide {
  readonly registry: Registry;
  /** Ties the registry to the slices that it asks; before that it knows its own files only. */
  connect(house: RegistryHouse): void;
  routes(): Route[];
  /** A market's figures with the managers' corrections applied. */
  corrected<F extends Figures>(figures: F): Promise<F>;
  /** How many corrections are in force. */
  inForce(): Promise<number>;
  close(): Promise<void>;
}

/** The house's slices in the registry's words. */
export function registryHouse(deps: {
  readonly org: Parameters<typeof readableAccounts>[0];
  readonly book: Pick<Book, 'all'>;
  readonly claims: Pick<RegistryHouse, 'performedAt' | 'volumeBySite'> & {
    marketId(): Promise<string | null>;
    figures(): Promise<Pick<Figures, 'volumes'>>;
  };
  readonly visibleUnits: RegistryHouse['visibleUnits'];
}): RegistryHouse {
  const { org, book, claims } = deps;
  return {
    accounts: async () => (await book.all()).map(asRegistryAccount),
    readable: (user, ids) => readableAccounts(org, user, ids as AccountId[]),
    performedAt: claims.performedAt,
    volumeBySite: claims.volumeBySite,
    volumes: async () => ((await claims.marketId()) === null ? new Map() : (await claims.figures()).volumes),
    visibleUnits: deps.visibleUnits,
  };
}

function asRegistryAccount({ id, name, npi, ccn, street, city, state, zip }: KnownAccount): RegistryAccount {
  const five = /^\s*(\d{5})/.exec(zip ?? '')?.[1] ?? null;
  return { id, name, npi, ccn, street, city, state: state?.trim().toUpperCase() ?? null, zip: five };
}

const NOT_YET: RegistryHouse = {
  accounts: async () => [],
  readable: async () => new Set<string>(),
  visibleUnits: async () => new Set<number>(),
  performedAt: async () => [],
  volumeBySite: async () => [],
  volumes: async () => new Map(),
};

/** The registry slice in the words of the house. */
export async function openRegistrySide(options: {
  readonly dataDir: string;
  readonly store: Store;
  readonly geography: Geography;
}): Promise<RegistrySide> {
  const units = unitIndex(options.geography);
  let house = NOT_YET;
  const ports: RegistryPorts = {
    zipPoints: () => zipPlaces(STATE_CODES),
    accounts: () => house.accounts(),
    readable: (user, ids) => house.readable(user, ids),
    performedAt: (keys) => house.performedAt(keys),
    volumeBySite: (keys) => house.volumeBySite(keys),
    volumes: () => house.volumes(),
    visibleZips: async (user) => {
      const visible = await house.visibleUnits(user);
      if (visible === 'all') return 'all';
      return new Set([...units].filter(([, unit]) => visible.has(unit)).map(([zip]) => zip));
    },
  };
  const registry = await createRegistry({ dataDir: options.dataDir, store: options.store, ports });

  return {
    registry,
    connect: (given) => void (house = given),
    routes: () => registryRoutes(registry, ports),
    inForce: async () => correctionCount(await registry.corrections.revision()),
    corrected: corrector(registry, ports, units),
    close: () => registry.close(),
  };
}

/** The revision names every correction in force. */
const correctionCount = (revision: string) => (revision === '' ? 0 : revision.split(',').length);

/** Applies the corrections in force to a market's figures; done once for each change of either. */
function corrector(
  registry: Registry,
  ports: Pick<RegistryPorts, 'volumeBySite'>,
  units: ReadonlyMap<string, number>,
): RegistrySide['corrected'] {
  let kept: { revision: string; changed: Promise<Pick<Figures, 'demand' | 'volumes'>> } | null = null;

  async function apply(figures: Figures): Promise<Pick<Figures, 'demand' | 'volumes'>> {
    const { volumes, effects } = await registry.corrected(figures.volumes);
    const shares = new Map<CorrectionEffect, UnitShares>();
    for (const effect of effects) shares.set(effect, unitShares(await ports.volumeBySite(effect.keys), units));
    return { volumes, demand: correctedDemand(figures.demand, effects, (effect) => shares.get(effect) ?? new Map()) };
  }

  return async (figures) => {
    const inForce = await registry.corrections.revision();
    if (inForce === '') return figures;
    const revision = `${figures.revision}+${inForce}+${await registry.revision()}`;
    if (kept?.revision !== revision) {
      const made = { revision, changed: apply(figures) };
      kept = made;
      made.changed.catch(() => (kept = null));
    }
    const count = correctionCount(inForce);
    const told = ` ${count} ${count === 1 ? 'correction' : 'corrections'} by managers applied (see the list of corrections).`;
    const source = { ...figures.source, formula: figures.source.formula + told };
    return { ...figures, ...(await kept.changed), revision, source };
  };
}

/** Where the counted volume of a record lies, as shares of its market potential, else of its procedures. */
function unitShares(rows: readonly SiteVolume[], units: ReadonlyMap<string, number>): UnitShares {
  const counted = rows.filter(({ counts }) => counts);
  const sum = (of: (row: SiteVolume) => number) => counted.reduce((all, row) => all + of(row), 0);
  const of = sum((row) => row.opportunityUsd) > 0 ? 'opportunityUsd' : 'procedures';
  const all = sum((row) => row[of]);
  const shares = new Map<number, number>();
  for (const row of counted) {
    const unit = units.get(row.zip ?? '');
    if (unit !== undefined && all > 0) shares.set(unit, (shares.get(unit) ?? 0) + row[of] / all);
  }
  return shares;
}

/** ZIP and name of hospitals by CCN, for claims that only number them. */
export function hospitalPlaces(registry: Pick<Registry, 'zipsByCcn'>) {
  return async (ccns: readonly string[]) =>
    [...(await registry.zipsByCcn(ccns))].map(([ccn, { zip, name }]) => ({ ccn, zip, name }));
}
