import { BETWEEN, byText, NOBODY, written, writtenRecord } from './planTextWords.ts';

/** The format that this version writes and reads. */
export const PLAN_TEXT_FORMAT = 1;
export const FIRST_LINE = 'Bailiwick territory plan, format';
export const SECTIONS = ['territories', 'ZIPs', 'accounts', 'locked ZIPs'] as const;
export type Section = (typeof SECTIONS)[number];

export interface TextRecord {
  readonly id: string;
  readonly name: string;
}

export interface TextTerritory extends TextRecord {
  /** What ZIP and account lines call it: its name in Salesforce, which a rename inside a draft does not change. */
  readonly key: string;
  readonly parent: TextRecord | null;
  readonly rep: TextRecord | null;
  readonly targetShare: number;
  readonly isLocked: boolean;
}

/** How a computed plan was made, and how good it is proved to be. */
export interface TextComputed {
  /** Hash of everything that the computation read. */
  readonly inputs: string;
  readonly seed: number;
  readonly engine: string;
  readonly effort: number;
  /** (objective − bound) ÷ bound, 0.03 for at most 3 % above the best possible; null where none is proved. */
  readonly gap: number | null;
}

/** A plan in the terms of its text; ZIPs and counties are units. */
export interface PlanText {
  readonly name: string;
  readonly team: TextRecord;
  readonly geography: string;
  readonly market: string | null;
  readonly basedOn: TextRecord | null;
  readonly computed: TextComputed | null;
  /** Accounts held by name that the writer could not see. */
  readonly leftOut: number;
  readonly territories: readonly TextTerritory[];
  /** Id of the territory of each unit; null is nobody. */
  readonly units: ReadonlyMap<string, string | null>;
  /** Accounts held against geography, by id. */
  readonly accounts: ReadonlyMap<string, { readonly name: string; readonly territory: string }>;
  readonly lockedUnits: readonly string[];
}

/**
 * Keys of territories by id: the name that Salesforce has, or their own where it has none; the id beside it where two are
 * called the same, letter case aside.
 */
export function territoryKeys(
  territories: readonly TextRecord[],
  namedToday: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const nameOf = ({ id, name }: TextRecord) => namedToday.get(id) ?? name;
  const times = Map.groupBy(territories, (territory) => nameOf(territory).toLowerCase());
  return new Map(
    territories.map((territory) => {
      const name = nameOf(territory);
      const isAlone = times.get(name.toLowerCase())?.length === 1;
      return [territory.id, isAlone ? name : `${name} (${territory.id})`];
    }),
  );
}

/** Bytes of an equal plan are equal: a fixed order, LF, and neither dates nor versions. */
export function writePlanText(plan: PlanText): string {
  const keys = new Map(plan.territories.map(({ id, key }) => [id, key]));
  const keyOf = (id: string | null) => (id === null ? NOBODY : written(keys.get(id) ?? id));
  const sections: Record<Section, string[]> = {
    territories: [...plan.territories].sort((a, b) => byText(a.key, b.key)).map(territoryLine),
    ZIPs: sorted(plan.units).map(([unit, territory]) => `${unit} ${keyOf(territory)}`),
    accounts: sorted(plan.accounts).map(([id, { name, territory }]) =>
      [`${id} ${keyOf(territory)}`, ...(name === '' ? [] : [written(name)])].join(BETWEEN),
    ),
    'locked ZIPs': [...plan.lockedUnits].sort(byText),
  };
  const lines = SECTIONS.flatMap((section) => ['', `[${section}]`, ...sections[section]]);
  return `${[...header(plan), ...lines].join('\n')}\n`;
}

const sorted = <V>(map: ReadonlyMap<string, V>): [string, V][] => [...map].sort(([a], [b]) => byText(a, b));

function header({ name, team, geography, market, basedOn, computed, leftOut }: PlanText): string[] {
  return [
    `${FIRST_LINE} ${PLAN_TEXT_FORMAT}`,
    `plan: ${written(name)}`,
    `team: ${writtenRecord(team)}`,
    `geography: ${geography}`,
    `market: ${market ?? NOBODY}`,
    `based on: ${writtenRecord(basedOn)}`,
    `computed: ${computedText(computed)}`,
    ...(leftOut > 0 ? [`accounts left out: ${leftOut}`] : []),
  ];
}

function computedText(computed: TextComputed | null): string {
  if (computed === null) return NOBODY;
  const { inputs, seed, engine, effort, gap } = computed;
  const fields = [`inputs ${inputs}`, `seed ${seed}`, `engine ${engine}`, `effort ${effort}`];
  return [...fields, `gap ${gap ?? NOBODY}`].join(BETWEEN);
}

function territoryLine({ key, id, name, parent, rep, targetShare, isLocked }: TextTerritory): string {
  return [
    written(key),
    id,
    ...(name === key ? [] : [`name ${written(name)}`]),
    `parent ${writtenRecord(parent)}`,
    `rep ${writtenRecord(rep)}`,
    `target ${targetShare}`,
    ...(isLocked ? ['locked'] : []),
  ].join(BETWEEN);
}
