import { filled, get, moment, plural, ServiceError } from 'c/bailiwick';
import type { Plan, PlanEdit, PlanMove } from 'c/bailiwick';
import { draftOf, save, type Ground, type WorkingPlan } from './workingPlan';
import { texts } from './texts';

/** A unit that two people moved: what each wants, and who was faster. */
export interface Conflict {
  readonly unit: number;
  /** Territory indices; -1 is nobody. */
  readonly mine: number;
  readonly theirs: number;
  readonly by: string;
  readonly at: string;
  readonly isLocked: boolean;
}

/** What others did meanwhile, in words, with the units to look at. */
export interface Others {
  readonly text: string;
  readonly units: readonly number[];
}

export interface Merging extends Ground {
  /** The plan under the user's hands is this one from now on. */
  replace(working: WorkingPlan): void;
}

export interface Merged {
  readonly conflicts: readonly Conflict[];
  readonly others: Others | null;
}

/** So many times others may be faster before the user is told. */
const MAX_TURNS = 5;

/**
 * Saves what is unsaved. What others edited meanwhile is merged: their units become theirs here, moves of other units
 * are kept and sent again, and units that both moved are answered, one by one, with what each wants.
 */
export async function saveMerging(merging: Merging, working: WorkingPlan): Promise<Merged> {
  const first = working.plan.version;
  const conflicts: Conflict[] = [];
  let [current, mine] = [working, 0];
  for (let turn = 1; ; turn++) {
    const before = current.plan.version;
    try {
      await save(current, merging.geography.units.ids);
      mine = current.plan.version;
      if (mine <= before + 1) break;
    } catch (error) {
      if (!(error instanceof ServiceError) || error.status !== 409 || turn >= MAX_TURNS) throw error;
      // a plan that is frozen or no draft any more stays so
      if (error.code === 'conflict' && !isLock(error)) throw error;
    }
    const newer = await newest(merging, current);
    conflicts.push(...(newer?.conflicts ?? []));
    current = newer?.working ?? current;
    if (mine > 0) break;
  }
  if (current === working) return { conflicts, others: null };
  return {
    conflicts,
    others: othersIn(merging, current, (await editsSince(current.plan.id, first)).filter(notOf(mine))),
  };
}

/** Asks the service for an edit that moves no unit, against the newest version, and takes over what it made of the plan. */
export async function editPlan(
  merging: Merging,
  working: WorkingPlan,
  { turns, send }: { turns: number; send: (plan: Plan) => Promise<unknown> },
): Promise<readonly Conflict[]> {
  const conflicts: Conflict[] = [];
  let current = working;
  for (let turn = 1; ; turn++) {
    const failed = await send(current.plan).then(
      () => null,
      (error: unknown) => error,
    );
    const isStale = failed instanceof ServiceError && failed.code === 'alignment_stale';
    if (failed !== null && !isStale) throw failed;
    const newer = await newest(merging, current);
    conflicts.push(...(newer?.conflicts ?? []));
    current = newer?.working ?? current;
    if (failed === null) return conflicts;
    if (turn >= turns) throw failed;
  }
}

/** What others did since, taken over while `isFree` still holds; null where nobody did anything. */
export async function takeIn(merging: Merging, working: WorkingPlan, isFree: () => boolean): Promise<Merged | null> {
  const { id, version } = working.plan;
  const edits = await editsSince(id, version);
  if (edits.length === 0) return null;
  const newer = await newest(merging, working, isFree);
  return newer && { conflicts: newer.conflicts, others: othersIn(merging, newer.working, edits) };
}

/**
 * The plan as the service has it now, with the unsaved moves made again where nobody was faster. It takes the place of the
 * former one in the same turn, so that nothing that is drawn meanwhile is lost; null where it may not any more.
 */
async function newest(
  merging: Merging,
  { plan: { id, version }, inputs, draft: former }: WorkingPlan,
  isFree: () => boolean = () => true,
): Promise<{ working: WorkingPlan; conflicts: Conflict[] } | null> {
  const plan = await get<Plan>(`/alignments/${id}`);
  if (!isFree()) return null;
  const draft = draftOf(merging, plan, inputs);
  const late = draft.restore(former.memory());
  const working = { plan, inputs, draft };
  merging.replace(working);
  const conflicts = late.length > 0 ? await conflictsOf(merging, working, { late, since: version }) : [];
  return { working, conflicts };
}

/** Who moved these units meanwhile and where to. */
export async function conflictsOf(
  { geography }: Ground,
  { plan, draft }: WorkingPlan,
  { late, since }: { late: readonly { unit: number; to: number }[]; since: number },
): Promise<Conflict[]> {
  const edits = await editsSince(plan.id, since);
  return late.map(({ unit, to }) => {
    const zip = geography.units.ids[unit];
    const last = edits.filter(({ moves }) => moves.some((move) => move.unit === zip)).at(-1);
    const theirs = draft.owners[unit] ?? -1;
    const isLocked = [theirs, to].some((one) => plan.lockedTerritories.includes(one)) || draft.isLocked(unit);
    return {
      unit,
      mine: to,
      theirs,
      by: last?.byName ?? texts.somebodyElse,
      at: last ? moment(last.at) : '',
      isLocked,
    };
  });
}

async function editsSince(planId: string, version: number): Promise<PlanEdit[]> {
  return (await get<{ edits: PlanEdit[] }>(`/alignments/${planId}/edits?since=${version}`)).edits;
}

const notOf =
  (mine: number) =>
  ({ version }: PlanEdit): boolean =>
    version !== mine;

const isLock = ({ details }: ServiceError): boolean =>
  typeof (details as { locked?: object } | null)?.locked === 'object';

function othersIn({ geography }: Ground, { plan }: WorkingPlan, edits: readonly PlanEdit[]): Others | null {
  if (edits.length === 0) return null;
  const moved = new Set(edits.flatMap(({ moves }) => moves.map(({ unit }) => unit)));
  const units = geography.units.ids.flatMap((zip, unit) => (moved.has(zip) ? [unit] : []));
  return { text: filled(texts.merged, edits.map((edit) => sentenceOf(edit, plan)).join(' ')), units };
}

function sentenceOf({ byName, at, moves, overrides, note }: PlanEdit, { territories }: Plan): string {
  const name = (id: string | null) => territories.find((one) => one?.id === id)?.name ?? 'nobody';
  const targets = [...new Set(moves.map(({ to }: PlanMove) => name(to)))];
  const given =
    moves.length > 0 ? filled(texts.gaveTo, plural(moves.length, texts.zip), targets.slice(0, 3).join(', ')) : '';
  const held = overrides.length > 0 ? filled(texts.changedHeldByName, plural(overrides.length, texts.account)) : '';
  const what = [given, held].filter(Boolean).join(' and ') || note || texts.editedThePlan;
  return `${byName} ${what} (${moment(at)}).`;
}
