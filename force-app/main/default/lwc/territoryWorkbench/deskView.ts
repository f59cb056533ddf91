import { filled, percent, plural } from 'c/bailiwick';
import type { GeographyData, HeldRow, PlanTerritory, Problem } from 'c/bailiwick';
import type { Conflict, Others } from './merging';
import { texts } from './texts';

/** What can be asked of the draft from panels and tables. */
export type DeskAction =
  | { do: 'repair' | 'discardKept' | 'showOthers' | 'hideNote' | 'request' }
  | { do: 'find'; what: FindKind }
  | { do: 'mode'; value: 'give' | 'swap' }
  | { do: 'choose'; units: number[]; take: 'mine' | 'theirs' }
  | { do: 'move'; units: number[]; to: number }
  | { do: 'takeMoves'; moves: { zips: string[]; toId: string }[] }
  | { do: 'show'; units: number[] }
  | { do: 'lock'; units?: number[]; territories?: number[]; isOn: boolean }
  | { do: 'hold'; accountId: string; accountName: string; to: number | null }
  | { do: 'territory'; index: number; name?: string; repId?: string | null; targetShare?: number };

export type FindKind = 'unassigned' | 'stray' | 'mismatch';

/** What the design step shows of the draft. */
export interface DeskView {
  mode: 'give' | 'swap';
  /** What the last action did or could not do. */
  note: string;
  /** What the last stroke could not take because it is another manager's. */
  wish: string;
  /** Moves of an earlier visit that are on the map again. */
  kept: string;
  others: string;
  hasOthersToShow: boolean;
  conflicts: ConflictRow[];
  strays: { text: string; units: number[]; canRepair: boolean } | null;
  finders: { what: FindKind; label: string; isDisabled: boolean }[];
  locks: string;
  held: HeldRow[];
}

export interface ConflictRow {
  unit: number;
  place: string;
  mine: string;
  theirs: string;
  by: string;
  isLocked: boolean;
}

type Territories = readonly (PlanTerritory | null)[];
const nameOf = (territories: Territories, index: number): string => territories[index]?.name ?? texts.nobody;

export function conflictRows(
  conflicts: readonly Conflict[],
  territories: Territories,
  { units }: GeographyData,
): ConflictRow[] {
  return conflicts.map(({ unit, mine, theirs, by, at, isLocked }) => ({
    unit,
    place: `${units.ids[unit]} ${units.names[unit]}`,
    mine: nameOf(territories, mine),
    theirs: nameOf(territories, theirs),
    by: at ? `${by}, ${at}` : by,
    isLocked,
  }));
}

export function strayView(
  parts: readonly { territory: number; units: number[] }[],
  territories: Territories,
  canRepair: boolean,
): DeskView['strays'] {
  const [first] = parts;
  if (!first) return null;
  const name = nameOf(territories, first.territory);
  const more = parts.length > 1 ? filled(texts.andOfOthers, plural(parts.length - 1, texts.morePart)) : '';
  const verb = first.units.length === 1 ? 'lies' : 'lie';
  const text = filled(texts.ofApartFromTheRest, plural(first.units.length, texts.zip), name, verb, more);
  return { text, units: first.units, canRepair };
}

/** What a lock kept where it is, in words; empty where nothing was kept. */
export function heldText(
  { units, territories: closed }: { units: readonly number[]; territories: readonly number[] },
  territories: Territories,
): string {
  if (units.length === 0) return '';
  const who = closed.map((index) => nameOf(territories, index)).join(', ');
  const why = who ? filled(texts.lockedOrNotYours, who, closed.length === 1 ? texts.is : texts.are) : texts.lockedWord;
  return filled(texts.stayed, plural(units.length, texts.zip), why);
}

interface Load {
  readonly utilization: number;
}
/** So many territories are named; the bars show all. */
const MOST_NAMED = 3;

/** What a step did to hours, the biggest change first: read aloud, and there for who does not see the bars move. */
export function effectText(
  zips: number,
  before: readonly Load[],
  after: readonly Load[],
  territories: Territories,
): string {
  if (zips === 0) return '';
  const changes = after
    .map(({ utilization }, index) => ({ index, from: before[index]?.utilization ?? 0, to: utilization }))
    .filter(({ from, to }) => Math.abs(to - from) > 0.0005)
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
  const named = changes
    .slice(0, MOST_NAMED)
    .map(({ index, from, to }) => `${nameOf(territories, index)} ${percent(from)} → ${percent(to)}`);
  const more = changes.length > MOST_NAMED ? filled(texts.andMore, changes.length - MOST_NAMED) : '';
  return named.length === 0
    ? filled(texts.moved, plural(zips, texts.zip))
    : filled(texts.movedHoursUsed, plural(zips, texts.zip), named.join(', '), more);
}

export function locksText(units: number, territories: number, accounts: number): string {
  const parts = [
    ...(territories > 0 ? [plural(territories, texts.territory)] : []),
    ...(units > 0 ? [plural(units, texts.zip)] : []),
  ];
  const locked = parts.length > 0 ? filled(texts.locked, parts.join(' and ')) : '';
  const held = accounts > 0 ? filled(texts.heldByName, plural(accounts, texts.account)) : '';
  return [locked, held].filter(Boolean).join(' ');
}

export const othersView = (others: Others | null) => ({
  others: others?.text ?? '',
  hasOthersToShow: (others?.units.length ?? 0) > 0,
});

/** Where the service was not reached the user learns that nothing is lost. */
export function keptProblem(problem: Problem, unsaved: number): Problem {
  const safe = filled(texts.whatIsNotSavedIsKeptInThisBrowser, plural(unsaved, texts.movedZip));
  return unsaved > 0 ? { ...problem, action: `${problem.action} ${safe}` } : problem;
}
