import { difference } from '../core/alignment.ts';
import { reasonOf } from '../core/reasonNote.ts';
import type { AccountId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { PageDeps } from './accountPage.ts';
import type { PlanStep } from './ports.ts';
import { builtSentences } from './storyWords.ts';
import type { SeenTerritory, Sight } from './sight.ts';

/** Reasons of one change; more are for the history. */
const MOST_REASONS = 5;
const MOST_NAMES = 20;

interface Gone {
  /** The other territory; null for none. */
  readonly with: string | null;
  readonly zips: readonly string[];
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  /** Accounts that are not shared with the reader. */
  readonly unnamed: number;
}

export interface Change {
  readonly at: string;
  readonly byName: string;
  readonly gained: readonly Gone[];
  readonly lost: readonly Gone[];
  readonly reasons: readonly string[];
}

/** What changed in a territory, why, how it was built and since when it is live: from the plans themselves. */
export function createStory({ org, ports, book, scope }: PageDeps, sight: Sight) {
  async function tell(user: RequestUser, id: TerritoryId) {
    const seen = await sight.territory(user, id);
    const steps = await ports.planSteps(seen.plan.alignmentId);
    const [first] = steps;
    const since = first?.published ?? null;
    return {
      territoryId: id,
      territoryName: seen.territory.name,
      planVersion: seen.plan.version,
      liveSince: since?.at ?? first?.createdAt ?? null,
      liveBy: since?.byName ?? null,
      /** The next plan that changes this territory; null where none is announced. */
      announced: await announced(user, seen, first),
      changes: await changes(user, seen, steps),
      built: builtSentences(steps, { index: seen.index, plan: seen.plan, geography: ports.geography }),
      managers: await managers(seen.territory),
    };
  }

  async function announced(user: RequestUser, { plan, territory }: SeenTerritory, live: PlanStep | undefined) {
    for (const coming of live ? await ports.coming(plan.teamId) : []) {
      if (coming.geographyKey !== live!.geographyKey) continue;
      const change = await changeOf(user, territory.id, { before: live!, step: coming });
      const { name, effectiveOn, backOn, stage, approvedBy } = coming;
      if (change) return { name, effectiveOn, backOn, stage, approvedBy, ...change };
    }
    return null;
  }

  /** Only steps that touched this territory, newest first. */
  async function changes(
    user: RequestUser,
    { territory }: SeenTerritory,
    steps: readonly PlanStep[],
  ): Promise<Change[]> {
    const told: Change[] = [];
    for (const [i, step] of steps.entries()) {
      const before = steps[i + 1];
      if (!before || before.geographyKey !== step.geographyKey) continue;
      const change = await changeOf(user, territory.id, { before, step });
      if (change) told.push(change);
    }
    return told;
  }

  async function changeOf(
    user: RequestUser,
    id: TerritoryId,
    { before, step }: { before: PlanStep; step: PlanStep },
  ): Promise<Change | null> {
    const at = (plan: PlanStep, index: number) => plan.territories[index]?.id ?? null;
    const zips = difference(before.owners, step.owners).map(({ unit, from, to }) => ({
      unit,
      from: at(before, from),
      to: at(step, to),
    }));
    const held = await heldMoves(before, step);
    const names = new Map([...before.territories, ...step.territories].map((each) => [each.id as string, each.name]));
    const inAccounts = await accountsIn(zips.map(({ unit }) => unit));
    const side = (own: 'from' | 'to') => {
      const other = own === 'from' ? 'to' : 'from';
      const groups = new Map<string | null, { units: number[]; accounts: AccountId[] }>();
      const group = (key: string | null) => groups.get(key) ?? groups.set(key, { units: [], accounts: [] }).get(key)!;
      for (const move of zips) {
        if (move[own] !== id) continue;
        group(move[other]).units.push(move.unit);
        group(move[other]).accounts.push(...(inAccounts.get(move.unit) ?? []));
      }
      for (const move of held) if (move[own] === id) group(move[other]).accounts.push(move.accountId);
      return groups;
    };
    const [lost, gained] = [side('from'), side('to')];
    if (lost.size + gained.size === 0) return null;
    const moved = [...lost.values(), ...gained.values()];
    const mine = new Set<string>(held.filter(({ from, to }) => from === id || to === id).map((each) => each.accountId));
    const shown = async (groups: ReturnType<typeof side>) =>
      Promise.all([...groups].map(([key, group]) => named(user, (key && names.get(key)) || null, group)));
    return {
      at: step.published?.at ?? step.createdAt,
      byName: step.published?.byName ?? step.createdBy,
      gained: await shown(gained),
      lost: await shown(lost),
      reasons: reasons(step, id, { units: moved.flatMap(({ units }) => units), held: mine }),
    };
  }

  /** Accounts held by name that this step moved, by territory id. */
  async function heldMoves(before: PlanStep, step: PlanStep) {
    const place = async (plan: PlanStep, id: AccountId) => {
      const held = plan.overrides.find(({ accountId }) => accountId === id);
      const index = held ? held.territory : (plan.owners[(await book.find(id))?.unit ?? -1] ?? -1);
      return plan.territories[index]?.id ?? null;
    };
    const ids = new Set([...before.overrides, ...step.overrides].map(({ accountId }) => accountId));
    const moves = [];
    for (const accountId of ids) {
      const [from, to] = [await place(before, accountId), await place(step, accountId)];
      if (from !== to) moves.push({ accountId, from, to });
    }
    return moves;
  }

  async function accountsIn(units: readonly number[]): Promise<Map<number, AccountId[]>> {
    const found = new Map<number, AccountId[]>();
    for (const unit of units) found.set(unit, (await book.inUnit(unit)).map((account) => account.id)); // prettier-ignore
    return found;
  }

  async function named(
    user: RequestUser,
    name: string | null,
    { units, accounts }: { units: readonly number[]; accounts: readonly AccountId[] },
  ): Promise<Gone> {
    const ids = [...new Set(accounts)];
    const known = (await Promise.all(ids.map((id) => book.find(id)))).flatMap((account) => account ?? []);
    const readable = await sight.readable(user, known);
    return {
      with: name,
      zips: units.map((unit) => ports.geography.ids[unit] ?? ''),
      accounts: readable.slice(0, MOST_NAMES).map(({ id, name: label }) => ({ id, name: label })),
      unnamed: ids.length - Math.min(readable.length, MOST_NAMES),
    };
  }

  /** What the computation said of the moved ZIPs, and what people wrote for the reps. */
  function reasons(
    step: PlanStep,
    id: TerritoryId,
    { units, held }: { units: readonly number[]; held: ReadonlySet<string> },
  ): string[] {
    const mine = new Set(units.map((unit) => ports.geography.ids[unit] as string));
    const computed = step.computed.flatMap(({ moves }) =>
      moves.filter((move) => move.units.some((zip) => mine.has(zip))).map(({ sentence }) => sentence),
    );
    const index = step.territories.findIndex((each) => each.id === id);
    const isMine = (territory: number) => territory === index;
    const touches = ({ moves, overrides }: PlanStep['edits'][number]) =>
      moves.some(({ from, to }) => isMine(from) || isMine(to)) || overrides.some((each) => held.has(each.accountId));
    const written = step.edits.filter(touches).flatMap(({ note }) => reasonOf(note) ?? []);
    return [...new Set([...written, ...computed])].slice(0, MOST_REASONS);
  }

  /** Members of the nodes above the territory, the nearest that has any. */
  async function managers(territory: { readonly parentId: TerritoryId | null }): Promise<string[]> {
    const users = new Map((await org.users()).map((user) => [user.id, user]));
    for (let at = territory.parentId; at;) {
      const names = (await scope.membersOf(at)).flatMap((id) => users.get(id)?.name ?? []);
      if (names.length > 0) return names;
      at = (await scope.node(at)).parentId;
    }
    return [];
  }

  return { tell, managers, reasons };
}

export type Story = ReturnType<typeof createStory>;
