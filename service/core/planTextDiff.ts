import type { PlanText } from './planText.ts';
import { byText } from './planTextWords.ts';

export interface TextChange {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/** In what two plans differ; territories by the names that each plan has for them. */
export interface PlanTextDiff {
  readonly header: readonly TextChange[];
  readonly territories: readonly TextChange[];
  readonly units: readonly TextChange[];
  readonly accounts: readonly TextChange[];
  readonly locks: readonly TextChange[];
}

const NONE = 'nobody';

/** Compares by ids: a territory that is only called otherwise moves no ZIP. */
export function diffPlanTexts(before: PlanText, after: PlanText): PlanTextDiff {
  const [was, is] = [namesOf(before), namesOf(after)];
  const ofSide = (names: ReadonlyMap<string, string>, id: string | null | undefined) =>
    id === null || id === undefined ? NONE : (names.get(id) ?? id);
  const units = union(before.units.keys(), after.units.keys()).flatMap((unit) => {
    const [from, to] = [before.units.get(unit) ?? null, after.units.get(unit) ?? null];
    return from === to ? [] : [{ what: unit, from: ofSide(was, from), to: ofSide(is, to) }];
  });
  const accounts = union(before.accounts.keys(), after.accounts.keys()).flatMap((id) => {
    const [from, to] = [before.accounts.get(id), after.accounts.get(id)];
    if (from?.territory === to?.territory) return [];
    const name = to?.name || from?.name;
    const held = (side: typeof from, names: ReadonlyMap<string, string>) =>
      side ? ofSide(names, side.territory) : 'its ZIP';
    return [{ what: name ? `${name} (${id})` : id, from: held(from, was), to: held(to, is) }];
  });
  return {
    ...{ units, accounts },
    header: headerChanges(before, after),
    territories: territoryChanges(before, after),
    locks: lockChanges(before, after),
  };
}

const namesOf = ({ territories }: PlanText) => new Map(territories.map(({ id, name }) => [id, name]));
const union = (a: Iterable<string>, b: Iterable<string>): string[] => [...new Set([...a, ...b])].sort(byText);
const changes = (what: string, from: string, to: string): TextChange[] => (from === to ? [] : [{ what, from, to }]);

function headerChanges(before: PlanText, after: PlanText): TextChange[] {
  return [
    ...changes('plan', before.name, after.name),
    ...changes('team', before.team.id, after.team.id),
    ...changes('geography', before.geography, after.geography),
    ...changes('market', before.market ?? 'none', after.market ?? 'none'),
  ];
}

function territoryChanges(before: PlanText, after: PlanText): TextChange[] {
  const [was, is] = [before, after].map(({ territories }) => new Map(territories.map((one) => [one.id, one])));
  return union(was!.keys(), is!.keys()).flatMap((id) => {
    const [from, to] = [was!.get(id), is!.get(id)];
    const name = from?.name ?? to?.name ?? id;
    if (!from || !to) return changes(name, from ? 'is there' : 'is not there', to ? 'is there' : 'is not there');
    return [
      ...changes(`${name}: name`, from.name, to.name),
      ...changes(`${name}: rep`, from.rep?.id ?? NONE, to.rep?.id ?? NONE).map((change) => ({
        ...change,
        from: from.rep?.name || change.from,
        to: to.rep?.name || change.to,
      })),
      ...changes(`${name}: target`, `${from.targetShare}`, `${to.targetShare}`),
    ];
  });
}

function lockChanges(before: PlanText, after: PlanText): TextChange[] {
  const locked = ({ territories, lockedUnits }: PlanText) =>
    new Set([...territories.flatMap(({ isLocked, name }) => (isLocked ? [name] : [])), ...lockedUnits]);
  const [was, is] = [locked(before), locked(after)];
  const word = (has: boolean) => (has ? 'locked' : 'open');
  return union(was, is).flatMap((one) => changes(one, word(was.has(one)), word(is.has(one))));
}

/** The difference to be read: counts first, then a line for each change. */
export function diffLines(diff: PlanTextDiff): string[] {
  const { header, territories, units, accounts, locks } = diff;
  const all = [...header, ...territories, ...units, ...accounts, ...locks];
  if (all.length === 0) return ['The plans are the same.'];
  const counted = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`;
  const [zips, held] = [counted(units.length, 'ZIP'), counted(accounts.length, 'account')];
  const rest = counted(header.length + territories.length + locks.length, 'other line');
  return [`${zips}, ${held} and ${rest} differ.`, ...all.map(({ what, from, to }) => `${what}: ${from} → ${to}`)];
}
