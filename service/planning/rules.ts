import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TeamId, UserId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import type { Decisions } from './decisions.ts';
import type { PlanningPorts } from './ports.ts';
import type { RulesBody } from './schemas.ts';
import * as db from './store.ts';

/** A manager has five working days, which is a week. */
const DUE_DAYS = 7;

interface RuleDeps {
  readonly store: Store;
  readonly ports: Pick<PlanningPorts, 'teams' | 'places' | 'salesUsd'>;
  readonly now: () => Date;
  readonly log: (message: string) => void;
}

/** What of a team's feedback needs no person, and until when the rest is due. By default people decide everything. */
export function createRulebook({ store, ports, now, log }: RuleDeps) {
  async function of(teamId: string) {
    const rules = await db.findRules(store, teamId);
    const people = { acceptUnderUsd: null, toOpsFromUsd: null, dueDays: DUE_DAYS };
    return rules ?? { ...people, version: 0, byId: null, byName: null, at: null };
  }

  async function read(teamId: string) {
    await requireTeam(teamId);
    return presented(await of(teamId));
  }

  async function save(user: RequestUser, teamId: string, { version, ...rules }: RulesBody) {
    await requireTeam(teamId);
    if (rules.acceptUnderUsd !== null && rules.toOpsFromUsd !== null && rules.acceptUnderUsd > rules.toOpsFromUsd)
      throw new BailiwickError('bad_request', 'What Sales Ops decides cannot be accepted by itself at the same time.', {
        action: 'Accept by itself below the amount from which Sales Ops decides.',
      });
    const row = { ...rules, teamId, version: version + 1, byId: user.userId, byName: user.name, at: now() };
    const saved = await db.saveRules(store, row);
    if (saved) return presented(saved);
    throw new BailiwickError('conflict', 'Somebody else has changed these rules meanwhile.', {
      action: 'Load them again and change what you wanted.',
    });
  }

  async function requireTeam(teamId: string): Promise<void> {
    if ((await ports.teams()).some(({ id }) => id === teamId)) return;
    throw new BailiwickError('not_found', 'There is no such team.', { action: 'Choose another team.' });
  }

  /** Routes or accepts what was just said; null where people decide. A rule that cannot do it leaves it to people. */
  async function apply(said: db.Feedback, decisions: Decisions): Promise<db.Feedback | null> {
    if (said.accountId === null || said.kind === 'request') return null;
    const { acceptUnderUsd, toOpsFromUsd, byId, byName } = await of(said.teamId);
    if (byId === null) return null;
    const rule = { userId: byId as UserId, name: `Rule of ${byName}` };
    const sales = await ports.salesUsd(said.accountId as AccountId);
    if (toOpsFromUsd !== null && sales >= toOpsFromUsd) {
      const note = `Accounts with sales from $${Math.round(toOpsFromUsd).toLocaleString('en-US')} are decided by Sales Ops.`;
      const step = {
        ...decisions.by(rule),
        what: 'routed' as const,
        territoryId: null,
        territoryName: 'Sales Ops',
        note,
      };
      return decisions.route(said, { change: { askedId: null, askedName: null }, steps: [step] });
    }
    if (acceptUnderUsd === null || sales >= acceptUnderUsd) return null;
    const to = await sameRegion(said);
    if (!to) return null;
    const text = `Accepted at once: sales below $${Math.round(acceptUnderUsd).toLocaleString('en-US')}, within one region.`;
    const user = ruleUser(rule);
    try {
      return await decisions.agree(rule, said, { goal: { to, draftId: null }, text, isHers: () => true, user });
    } catch (error) {
      log(`Feedback ${said.id} could not be accepted by rule: ${(error as Error).message}`);
      return db.findFeedback(store, said.id);
    }
  }

  async function sameRegion({ teamId, territoryId, toTerritoryId }: db.Feedback) {
    const places = await ports.places(teamId as TeamId);
    const [from, to] = [territoryId, toTerritoryId].map((id) => places.find((each) => each.id === id));
    return from && to && from.parentId !== null && from.parentId === to.parentId ? to : null;
  }

  return { of, read, save, apply };
}

export type Rulebook = ReturnType<typeof createRulebook>;

/** Only Sales Ops set rules: a rule acts in the name, and with the record access, of whoever did. */
function ruleUser({ userId, name }: { userId: UserId; name: string }): RequestUser {
  return { userId, name, orgId: '', role: 'salesOps', permissions: new Set(['view', 'reassign', 'operate']) };
}

type Shown = Pick<db.Rules, 'version' | 'acceptUnderUsd' | 'toOpsFromUsd' | 'dueDays'> & {
  readonly byName: string | null;
  readonly at: Date | null;
};

const presented = ({ version, acceptUnderUsd, toOpsFromUsd, dueDays, byName, at }: Shown) => ({
  ...{ version, acceptUnderUsd, toOpsFromUsd, dueDays, byName },
  at: at?.toISOString() ?? null,
});
