import { BailiwickError } from '../core/errors.ts';
import type { AccountId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Book, KnownAccount } from './book.ts';
import type { AccountPorts, AccountsOrg, LivePlan, ProcedureRow } from './ports.ts';
import type { Scope } from './scope.ts';

/** Sites of care that a page always shows, by CMS place-of-service code. */
const SITES: readonly (readonly [string, string])[] = [
  ['11', 'Office'],
  ['19', 'Off-campus outpatient hospital'],
  ['21', 'Inpatient hospital'],
  ['22', 'On-campus outpatient hospital'],
  ['24', 'Ambulatory surgery center'],
];

export interface PageDeps {
  readonly org: AccountsOrg;
  readonly ports: AccountPorts;
  readonly book: Book;
  readonly scope: Scope;
}

/** What an account page shows, for a user who may read the account. */
export function createAccountPage({ org, ports, book, scope }: PageDeps) {
  /** @throws BailiwickError not_found for an account that does not exist or that the user may not see: the same answer */
  async function visible(user: RequestUser, id: AccountId): Promise<KnownAccount> {
    const account = await book.find(id);
    if (account && (await mayRead(user, id))) return account;
    throw new BailiwickError('not_found', 'There is no such account, or it is not shared with you.', {
      action: 'Open one of your own accounts.',
    });
  }

  async function mayRead(user: RequestUser, id: AccountId): Promise<boolean> {
    return (await org.access(user.userId, [id])).get(id)?.read ?? false;
  }

  async function show(user: RequestUser, id: AccountId) {
    const account = await visible(user, id);
    const [first] = await scope.teams();
    if (!first)
      throw new BailiwickError('not_ready', 'The org has no territories yet.', { action: 'Set up a territory model.' });
    const figures = await ports.figuresIfAny(first.id);
    const [measured, rows, teams, history] = await Promise.all([
      figures && book.measured(figures),
      figures ? ports.procedures(account) : [],
      presentTeams(user, account),
      ports.history(account.id),
    ]);
    const part = measured?.parts.get(account.id);
    const parent =
      account.parentId && (await mayRead(user, account.parentId)) ? await book.find(account.parentId) : null;
    return {
      account: { ...presentAccount(account), parentName: parent?.name ?? null, tier: part?.tier ?? null },
      teams,
      potentialUsd: part?.potentialUsd ?? 0,
      involvedUsd: rows.reduce((sum, row) => sum + row.opportunityUsd, 0),
      salesUsd: account.salesUsd,
      headroomUsd: part?.headroomUsd ?? 0,
      source: figures?.source ?? null,
      ...presentProcedures(rows),
      siblings: await countReadable(user, await siblings(account)),
      zipAccounts: await countReadable(user, await neighborsOf(account)),
      history,
    };
  }

  /** A count tells as much as a list: it holds only what the user may see. */
  async function countReadable(user: RequestUser, accounts: readonly KnownAccount[]): Promise<number> {
    const ids = accounts.map((account) => account.id);
    const access = ids.length > 0 ? await org.access(user.userId, ids) : new Map<string, { read: boolean }>();
    return ids.filter((id) => access.get(id)?.read).length;
  }

  /** Other accounts in the same ZIP. */
  async function neighborsOf(account: KnownAccount): Promise<KnownAccount[]> {
    if (account.unit < 0) return [];
    return (await book.inUnit(account.unit)).filter(({ id }) => id !== account.id);
  }

  /** Other accounts of the same health system. */
  async function siblings(account: KnownAccount): Promise<KnownAccount[]> {
    const root = account.parentId ?? account.id;
    return (await book.all()).filter(({ id, parentId }) => id !== account.id && (parentId === root || id === root));
  }

  async function presentTeams(user: RequestUser, account: KnownAccount) {
    const own = user.role === 'rep' ? await scope.own(user) : null;
    const shown = [];
    for (const team of await scope.teams()) {
      const plan = await ports.livePlan(team.id);
      if (!plan) continue;
      const { index, why } = await withFamily(user, { plan, account, ...placed(plan, account) });
      const territory = plan.territories[index] ?? null;
      const writable = await scope.writable(user, team.id);
      const mayWrite = (id: string) => writable === 'all' || writable.has(id as never);
      const canReassign =
        user.permissions.has('reassign') &&
        (territory ? mayWrite(territory.id) : writable === 'all' || writable.size > 0);
      const mine = !own || (territory !== null && own.has(territory.id));
      shown.push({
        teamId: team.id,
        teamName: team.name,
        alignmentId: plan.alignmentId,
        version: plan.version,
        territory: territory && {
          id: territory.id,
          name: territory.name,
          index,
          repId: territory.repId,
          repName: territory.repName,
        },
        why,
        canReassign,
        choices: canReassign
          ? plan.territories
              .filter(({ id }) => mayWrite(id) && id !== territory?.id)
              .map(({ id, name, repName }) => ({ id, name, repName }))
          : [],
        unitIndexes: mine && index >= 0 ? plan.owners.flatMap((owner, unit) => (owner === index ? [unit] : [])) : [],
      });
    }
    return shown;
  }

  /** An account that is held by name together with others of its family follows the family. */
  async function withFamily(
    user: RequestUser,
    at: { plan: LivePlan; account: KnownAccount } & Placed,
  ): Promise<Placed> {
    const { plan, account, index, why } = at;
    const territory = plan.territories[index];
    if (why.kind !== 'override' || !territory) return { index, why };
    const held = new Set(plan.overrides.filter((each) => each.territory === index).map((each) => each.accountId));
    const family = (await siblings(account)).filter(({ id }) => held.has(id));
    const together = await countReadable(user, family);
    if (together === 0) return { index, why };
    const parent =
      account.parentId && (await mayRead(user, account.parentId)) ? await book.find(account.parentId) : null;
    const text = `It follows its family${parent ? ` ${parent.name}` : ''}: ${together} other ${together === 1 ? 'account' : 'accounts'} of it are assigned by name to ${territory.name}, too.`;
    return {
      index,
      why: { kind: 'family', text: together === 1 ? text.replace(' are assigned', ' is assigned') : text },
    };
  }

  return { visible, show, siblings };
}

export type AccountPage = ReturnType<typeof createAccountPage>;

interface Placed {
  readonly index: number;
  readonly why: { readonly kind: string; readonly text: string };
}

/** Territory of an account in a plan, and the reason in words. */
export function placed(plan: Pick<LivePlan, 'territories' | 'owners' | 'overrides'>, account: KnownAccount): Placed {
  const override = plan.overrides.find(({ accountId }) => accountId === account.id);
  if (override) {
    const name = plan.territories[override.territory]?.name ?? 'no territory';
    return {
      index: override.territory,
      why: { kind: 'override', text: `Assigned by name to ${name}, whatever its address.` },
    };
  }
  if (account.unit < 0) {
    const text = account.zip
      ? `Its ZIP ${account.zip} (${account.state ?? 'no state'}) is not a place on this map.`
      : 'Its address has no ZIP.';
    return { index: -1, why: { kind: 'unplaced', text: `${text} Correct the address in Salesforce to place it.` } };
  }
  const index = plan.owners[account.unit] ?? -1;
  const territory = plan.territories[index];
  return territory
    ? {
        index,
        why: { kind: 'zip', text: `Its address lies in ZIP ${account.zip}, which belongs to ${territory.name}.` },
      }
    : { index: -1, why: { kind: 'uncovered', text: `ZIP ${account.zip} belongs to no territory of this team.` } };
}

function presentAccount(account: KnownAccount) {
  const { id, name, kind, npi, ccn, specialty, zip, city, state, unit, latitude, longitude } = account;
  return { id, name, kind, npi, ccn, specialty, zip, city, state, unit, lat: latitude, lon: longitude };
}

function presentProcedures(rows: readonly ProcedureRow[]) {
  const sites = new Map(SITES.map(([code, name]) => [code, { code, name, procedures: 0, suppressed: false }]));
  const codes = new Map<
    string,
    { family: string; code: string; name: string; bySite: Record<string, number>; total: number; suppressed: boolean }
  >();
  const places = new Map<string, { zip: string; procedures: number }>();
  for (const row of rows) {
    const site = sites.get(row.site) ?? { code: row.site, name: `Site ${row.site}`, procedures: 0, suppressed: false };
    site.procedures += row.procedures;
    site.suppressed ||= row.suppressed;
    sites.set(row.site, site);
    const code = codes.get(row.code) ?? {
      family: row.family,
      code: row.code,
      name: row.name,
      bySite: {},
      total: 0,
      suppressed: false,
    };
    code.bySite[row.site] = (code.bySite[row.site] ?? 0) + row.procedures;
    code.total += row.procedures;
    code.suppressed ||= row.suppressed;
    codes.set(row.code, code);
    const place = places.get(row.zip ?? '') ?? { zip: row.zip ?? '', procedures: 0 };
    place.procedures += row.procedures;
    places.set(place.zip, place);
  }
  return {
    sites: [...sites.values()],
    procedures: [...codes.values()].sort((a, b) => a.family.localeCompare(b.family) || b.total - a.total),
    places: [...places.values()].filter(({ zip }) => zip !== '').sort((a, b) => b.procedures - a.procedures),
    suppressed: rows.some((row) => row.suppressed),
  };
}
