import type { AccountOverride, Territory } from '../core/alignment.ts';
import type { AccountId } from '../core/ids.ts';
import type { PlanText, TextTerritory } from '../core/planText.ts';
import type { TextFault } from '../core/planTextFaults.ts';
import type { ReadPlan } from '../core/readPlanText.ts';
import type { RequestUser } from '../http/identity.ts';
import { outOfScope } from './editRules.ts';
import type { AlignmentPorts, Rep } from './ports.ts';
import { seatOf } from './planEdits.ts';
import type { StoredAlignment } from './store.ts';

interface Opening {
  readonly user: RequestUser;
  /** All plans of the team, the newest first. */
  readonly plans: readonly StoredAlignment[];
  readonly live: StoredAlignment;
  readonly read: ReadPlan;
  readonly text: PlanText;
}

type Draft = Pick<
  StoredAlignment,
  'territories' | 'owners' | 'overrides' | 'lockedUnits' | 'lockedTerritories' | 'parameters' | 'basedOn'
>;

export interface MadeDraft {
  readonly draft: Draft;
  readonly faults: readonly TextFault[];
  /** What a reader should know, such as an account that was not in the text. */
  readonly notes: readonly string[];
  /** What the plan's history says of its beginning. */
  readonly note: string;
}

/**
 * A read text as a draft: homes, hours and names come from the plans of the team, only what the text says from the text.
 * @throws BailiwickError forbidden where it changes what lies beyond the user's branch, or an account that is not hers
 */
export async function draftOfText(ports: AlignmentPorts, opening: Opening): Promise<MadeDraft> {
  const { plans, live, text, read } = opening;
  const named = plans.find(({ id }) => id === text.basedOn?.id) ?? null;
  const base = named ?? live;
  const faults: TextFault[] = [];
  const territories = await territoriesOf(ports, opening, { base, faults });
  const index = new Map(territories.map(({ id }, i) => [id as string, i]));
  const at = (id: string | null) => (id === null ? -1 : (index.get(id) ?? -1));
  const overrides = await overridesOf(ports, opening, { base, faults, at });
  const locked = new Set(text.lockedUnits);
  const draft: Draft = {
    territories,
    owners: ports.geography.ids.map((unit) => at(text.units.get(unit) ?? null)),
    overrides,
    lockedUnits: ports.geography.ids.flatMap((unit, i) => (locked.has(unit) ? [i] : [])),
    lockedTerritories: text.territories.filter(({ isLocked }) => isLocked).map(({ id }) => at(id)),
    parameters: base.parameters,
    basedOn: named?.id ?? null,
  };
  const touched = faults.length > 0 ? { units: 0, accounts: 0, ids: [] } : differences(base, draft);
  await requireBranch(ports, opening, touched.ids);
  const market = faults.length > 0 ? null : (await ports.market(live)).marketId;
  const notes = [
    ...(read.unlisted > 0 ? [`${read.unlisted} ZIPs are not in the text: they have no territory.`] : []),
    ...(text.leftOut > 0
      ? [`${text.leftOut} accounts held by name were hidden from whoever saved it: they follow their ZIP.`]
      : []),
    ...(text.basedOn && !named ? ['The plan that it was based on is not here.'] : []),
    ...(text.market !== null && text.market !== market ? ['It was made with another market than the one in use.'] : []),
  ];
  const note = `Opened from a plan text: ${touched.units} ZIPs and ${touched.accounts} accounts differ from "${base.name}".`;
  return { draft, faults, notes, note };
}

interface Against {
  readonly base: StoredAlignment;
  readonly faults: TextFault[];
}

/** In the order of the base, so that the same plan keeps the same order; then what only other drafts know. */
async function territoriesOf(
  ports: AlignmentPorts,
  { plans, live, text, read }: Opening,
  { base, faults }: Against,
): Promise<Territory[]> {
  const known = new Map<string, Territory>();
  for (const plan of [base, live, ...plans])
    for (const territory of plan.territories) if (!known.has(territory.id)) known.set(territory.id, territory);
  const order = new Map(base.territories.map(({ id }, i) => [id as string, i]));
  const rank = ({ id }: TextTerritory) => order.get(id) ?? order.size;
  const wanted = [...text.territories].sort((a, b) => rank(a) - rank(b));
  const isNewRep = ({ id, rep }: TextTerritory) => rep !== null && rep.id !== known.get(id)?.repId;
  const reps = wanted.some(isNewRep) ? await ports.reps(live.teamId) : [];
  const byId = new Map(reps.map((rep) => [rep.id as string, rep]));
  const names = Map.groupBy(text.territories, ({ name }) => name.toLowerCase());
  return wanted.flatMap((territory) => {
    const record = known.get(territory.id);
    if (!record) return [];
    const line = read.lines.get(territory.id) ?? null;
    const isNamedTwice = names.get(territory.name.toLowerCase())!.length > 1;
    if (territory.name !== record.name && isNamedTwice) {
      const what = `Two territories would be called "${territory.name}".`;
      faults.push({ kind: 'territoryTwice', line, what, fix: 'Give one of them another name.' });
    }
    if (isNewRep(territory) && !byId.has(territory.rep!.id)) {
      const what = `User ${territory.rep!.id} cannot be the rep of ${territory.name}: not active, or not known.`;
      faults.push({ kind: 'rep', line, what, fix: 'Write the id of an active user, or - for nobody.' });
      return [];
    }
    return [seated(record, territory, byId)];
  });
}

function seated(
  record: Territory,
  { name, rep, targetShare }: TextTerritory,
  reps: ReadonlyMap<string, Rep>,
): Territory {
  const repId = rep?.id ?? null;
  const seat = repId === record.repId ? {} : seatOf(record, repId, reps);
  return { ...record, ...seat, name, targetShare };
}

/** What the base holds alike is taken over; for the rest the user must be allowed to change the account. */
async function overridesOf(
  ports: AlignmentPorts,
  { user, live, text, read }: Opening,
  { base, faults, at }: Against & { at: (id: string | null) => number },
): Promise<AccountOverride[]> {
  const ids = [...text.accounts.keys()] as AccountId[];
  const seen = await ports.readable(user, ids);
  for (const id of ids.filter((one) => !seen.has(one)))
    faults.push({
      ...{ kind: 'account', line: read.lines.get(id) ?? null },
      what: `There is no account ${id}, or it is not shared with you.`,
      fix: 'Take the line out, or ask its owner to share it.',
    });
  if (faults.length > 0) return [];
  const before = new Map(base.overrides.map((one) => [one.accountId, one]));
  const isAsBefore = (id: AccountId) =>
    base.territories[before.get(id)?.territory ?? -1]?.id === text.accounts.get(id)?.territory;
  const changed = await ports.editable(
    user,
    ids.filter((id) => !isAsBefore(id)),
    live.teamId,
  );
  return ids.flatMap((accountId) => {
    const territory = at(text.accounts.get(accountId)?.territory ?? null);
    const [old, fresh] = [before.get(accountId), changed.get(accountId)];
    if (!fresh) return old ? [{ ...old, territory }] : [];
    return [{ accountId, accountName: fresh.name, unit: fresh.unit, part: fresh.part, territory }];
  });
}

/** How much of the base the draft changes, and the territories that give or take anything. */
function differences(base: StoredAlignment, draft: Draft) {
  const ids: (string | undefined)[] = [];
  const [was, is] = [sideOf(base), sideOf(draft)];
  const units = draft.owners.filter((owner, unit) => {
    const [from, to] = [was.byZip(unit), is.id(owner)];
    if (from === to) return false;
    ids.push(from, to);
    return true;
  }).length;
  const all = new Map([...base.overrides, ...draft.overrides].map(({ accountId, unit }) => [accountId, unit]));
  const accounts = [...all].filter(([account, unit]) => {
    const [from, to] = [was.held.get(account), is.held.get(account)];
    if (from === to) return false;
    // an account that is not held by name is with the territory of its ZIP
    ids.push(from ?? was.byZip(unit), to ?? is.byZip(unit));
    return true;
  }).length;
  ids.push(...settingsChanged(base, draft));
  return { units, accounts, ids: ids.flatMap((id) => id ?? []) };
}

/** Who has what in a plan, by the ids of territories: two plans may hold them in another order. */
function sideOf(plan: Draft) {
  const id = (index: number | undefined) => plan.territories[index ?? -1]?.id;
  const byZip = (unit: number) => id(plan.owners[unit]);
  return { id, byZip, held: new Map(plan.overrides.map((one) => [one.accountId, id(one.territory)])) };
}

/** Territories with another name, rep, target or lock, and those of ZIPs with another lock. */
function settingsChanged(base: StoredAlignment, draft: Draft): (string | undefined)[] {
  const settings = (plan: Draft) =>
    plan.territories.map(({ id, name, repId, targetShare }, index) => {
      const units = plan.lockedUnits.filter((unit) => plan.owners[unit] === index);
      return [id, JSON.stringify([name, repId, targetShare, plan.lockedTerritories.includes(index), units])] as const;
    });
  const before = new Map(settings(base));
  return settings(draft).flatMap(([id, text]) => (before.has(id) && before.get(id) !== text ? [id] : []));
}

/** A territory that Salesforce does not have yet is in nobody's branch. @throws BailiwickError forbidden */
async function requireBranch(ports: AlignmentPorts, { user, live, text }: Opening, ids: readonly string[]) {
  const writable = await ports.writable(user, live.teamId);
  if (writable === 'all') return;
  const real = new Set<string>(live.territories.map(({ id }) => id));
  const own = new Set<string>(writable);
  if (ids.some((id) => real.has(id) && !own.has(id))) throw outOfScope(text.name);
}
