import { boundaryChange, changeSentence } from '../core/boundaryChange.ts';
import { BailiwickError } from '../core/errors.ts';
import type { Geography } from '../core/geography.ts';
import { buildGeography } from './build.ts';
import { loadedFor, marketStates } from './loaded.ts';
import { statesInUse, withActive, type LoadedIndex, type LoadedVersion, type UnitChoice } from './loadedIndex.ts';
import type { LoadedStore } from './loadedStore.ts';
import { fipsOf } from './states.ts';
import { inUnits } from './unitChoice.ts';

/** A live plan, as far as a change of boundaries concerns it. */
export interface OwnedPlan {
  readonly id: string;
  readonly name: string;
  readonly territories: readonly { readonly id: string; readonly name: string }[];
  readonly owners: readonly number[];
}

export interface BoundariesDeps {
  readonly store: LoadedStore;
  /** What the service runs on. */
  readonly geography: Geography;
  readonly livePlans: () => Promise<readonly OwnedPlan[]>;
  /** Puts what is chosen to use now; without it that waits for the next start. */
  readonly apply?: (() => void) | undefined;
}

/** Units named in an answer for each list; all are counted. */
const NAMED = 200;

/** Loaded boundaries, what using others would change, and the switch. */
export function createBoundaries({ store, geography, livePlans, apply: begin }: BoundariesDeps) {
  const chosen = ({ active, units, states }: LoadedIndex) => JSON.stringify([active, units, states]);
  const atStart = chosen(store.index);
  const built = new Map<string, Geography>();

  /** The geography as another index would make it; about a second the first time. */
  function geographyOf(index: LoadedIndex): Geography {
    const name = JSON.stringify([index.active, index.units, index.states]);
    const known = built.get(name) ?? freshGeography(store, index);
    built.set(name, known);
    return known;
  }

  async function changeTo(index: LoadedIndex) {
    const after = geographyOf(index);
    if (after.key === geography.key) return null;
    const units = boundaryChange(geography, after, []);
    const plans = (await livePlans()).map((plan) => planChange(geography, after, plan));
    return {
      units: after.ids.length,
      added: shown(units.added),
      gone: shown(units.gone),
      merged: shown(units.merged),
      sentence: changeSentence(units),
      plans,
    };
  }

  async function row(version: LoadedVersion) {
    const { id, kind, file, vintage, importedAt, report } = version;
    const inUse = statesInUse(store.index, version);
    const isWhole = kind !== 'shapes' || inUse.length === Object.keys(version.contents).length;
    const change = isWhole ? null : await changeTo(withActive(store.index, version));
    return { id, kind, file, vintage, importedAt, states: report.states, inUse, change };
  }

  async function list() {
    const versions = [];
    for (const version of store.index.versions) versions.push(await row(version));
    return {
      geographyKey: geography.key,
      units: geography.ids.length,
      /** What the next start will change, where something else was put to use since this one. */
      atNextStart: chosen(store.index) === atStart ? null : await changeTo(store.index),
      canApply: begin !== undefined,
      unitChoice: store.index.units,
      versions,
    };
  }

  /** Puts a version to use from the next start on. @throws BailiwickError not_found */
  async function activate(id: string) {
    const version = store.version(id);
    const index = withActive(store.index, version);
    const change = await changeTo(index);
    store.save(index);
    const message = change
      ? 'The new boundaries are used from the next start of the service on; plans are carried over then as new versions.'
      : 'Nothing changes: the service runs on these boundaries.';
    return { id, takesEffect: change ? ('next_start' as const) : ('now' as const), message, change };
  }

  /** Chooses the units of the map. @throws BailiwickError geography_unknown for a state that is none */
  async function choose(units: UnitChoice) {
    if (typeof units !== 'string') units.countyStates.forEach(fipsOf);
    store.save({ ...store.index, units });
    return list();
  }

  /** Begins to put to use what is chosen. @throws BailiwickError conflict where this service cannot, or nothing would change */
  async function apply() {
    const change = await changeTo(store.index);
    if (!begin || !change)
      throw new BailiwickError('conflict', begin ? 'The map stands on these boundaries.' : 'This service cannot.', {
        action: begin ? 'Choose other boundaries or units first.' : 'Start the service again.',
      });
    begin();
    return { geographyKey: geography.key, change };
  }

  return { list, activate, choose, apply };
}

export type Boundaries = ReturnType<typeof createBoundaries>;

/** The geography that an index stands for. */
export function freshGeography(store: LoadedStore, index: LoadedIndex = store.index): Geography {
  const states = marketStates(index);
  return inUnits(buildGeography(states, loadedFor(store, states, index)), index.units).geography;
}

function planChange(before: Geography, after: Geography, { id, name, territories, owners }: OwnedPlan) {
  const change = boundaryChange(before, after, owners);
  const nameOf = (index: number) => territories[index]?.name ?? null;
  return {
    id,
    name,
    territories: change.territories.map(({ territory, gained, lost }) => ({
      id: territories[territory]?.id ?? '',
      name: nameOf(territory) ?? '',
      gained: shown(gained),
      lost: shown(lost),
    })),
    zips: shown(change.moved.map(({ zip, from, to }) => ({ zip, from: nameOf(from), to: nameOf(to) }))),
  };
}

function shown<T>(list: readonly T[]): { count: number; first: T[] } {
  return { count: list.length, first: list.slice(0, NAMED) };
}
