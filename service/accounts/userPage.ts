import { csvRow } from '../core/csv.ts';
import { band } from '../core/workload.ts';
import { deviations, targets, travelShare, utilization } from '../core/balance.ts';
import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TerritoryId, UserId } from '../core/ids.ts';
import { totals } from '../core/measures.ts';
import type { AccountPart } from '../core/unitInputs.ts';
import type { RequestUser } from '../http/identity.ts';
import { placed, type PageDeps } from './accountPage.ts';
import type { KnownAccount } from './book.ts';
import { fairness } from './fairness.ts';
import { pockets } from './pockets.ts';
import type { LivePlan, MarketFigures } from './ports.ts';
import type { Sight } from './sight.ts';

const TOP_ACCOUNTS = 10;

/**
 * What a user page shows: the user's territories with their figures against target and the accounts in them, for herself,
 * for managers above them and for Sales Ops; for everybody else what they are called and where they lie.
 */
export function createUserPage(
  { org, ports, book, scope }: PageDeps,
  { sight, now }: { sight: Sight; now: () => Date },
) {
  async function show(user: RequestUser, id: UserId) {
    const person = (await org.users()).find((candidate) => candidate.id === id);
    if (!person) throw notFound('user');
    const isOpen = await sight.mayOpen(user);
    const [territories, outlines] = [[], []] as [
      ({ teamId: string } & Awaited<ReturnType<typeof figures>>)[],
      Outline[],
    ];
    let hasNoClaims = false;
    for (const team of await scope.teams()) {
      const plan = await ports.livePlan(team.id);
      if (!plan) continue;
      const market = await ports.figuresIfAny(team.id);
      hasNoClaims = market === null;
      for (const [index, territory] of plan.territories.entries()) {
        if (territory.repId !== id) continue;
        const inTeam = { teamId: team.id, teamName: team.name };
        if (market && isOpen(territory.id))
          territories.push({ ...inTeam, ...(await figures(user, { plan, index, market })) });
        else outlines.push({ ...inTeam, ...outline(plan, index) });
      }
    }
    return { user: { id, name: person.name }, isSelf: user.userId === id, hasNoClaims, territories, outlines };
  }

  async function figures(user: RequestUser, { plan, index, market }: Measured) {
    const { inputs, parts } = await book.measured(market);
    const sums = totals(plan.owners, {
      inputs,
      seats: plan.territories,
      travel: market.travel,
      overrides: plan.overrides,
    });
    const territory = plan.territories[index]!;
    const sum = sums[index]!;
    const accounts = await sight.readable(user, await accountsIn(plan, index));
    const used = utilization(sum, territory);
    const share = (measure: 'workloadHours' | 'potentialUsd') => ({
      target: targets(sums, plan.territories, measure)[index] ?? 0,
      deviation: deviations(sums, plan.territories, measure)[index] ?? 0,
    });
    const [hours, potential] = [share('workloadHours'), share('potentialUsd')];
    return {
      alignmentId: plan.alignmentId,
      version: plan.version,
      index,
      id: territory.id,
      name: territory.name,
      parentName: territory.parentName,
      repName: territory.repName,
      ...sum,
      capacityHours: territory.capacityHours,
      utilization: used,
      band: band(used),
      travelShare: travelShare(sum),
      target: { workloadHours: hours.target, potentialUsd: potential.target },
      deviation: { workloadHours: hours.deviation, potentialUsd: potential.deviation },
      fairness: fairness(sums, plan.territories, index),
      unitIndexes: unitsOf(plan, index),
      topAccounts: accounts
        .map((account) => row(account, parts.get(account.id)))
        .sort((a, b) => b.headroomUsd - a.headroomUsd)
        .slice(0, TOP_ACCOUNTS),
      pockets: pockets(unitsOf(plan, index), {
        accounts: await accountsIn(plan, index),
        potentialUsd: market.demand.potentialUsd,
        geography: ports.geography,
        at: now(),
      }),
      source: market.source,
      suppressedShare: market.suppressedShare,
    };
  }

  async function accountsIn(plan: LivePlan, index: number): Promise<KnownAccount[]> {
    return (await book.all()).filter((account) => placed(plan, account).index === index);
  }

  /** The accounts of one territory that the user may see, as CSV; what the page shows is the sum of this list. */
  async function exported(user: RequestUser, territory: TerritoryId): Promise<{ name: string; csv: string }> {
    const { plan, index } = await sight.territory(user, territory);
    const { parts } = await book.measured(await ports.figures(plan.teamId));
    const rows = (await sight.readable(user, await accountsIn(plan, index))).map((account) => ({
      account,
      ...row(account, parts.get(account.id)),
    }));
    const head = [
      'account_id',
      'name',
      'kind',
      'npi',
      'ccn',
      'city',
      'state',
      'zip',
      'tier',
      'procedures',
      'market_potential_usd',
      'current_sales_usd',
      'headroom_usd',
      'call_hours',
      'case_hours',
    ];
    const lines = rows.map(({ account, ...figure }) =>
      csvRow([
        account.id,
        account.name,
        account.kind,
        account.npi,
        account.ccn,
        account.city,
        account.state,
        account.zip,
        figure.tier,
        figure.procedures,
        figure.potentialUsd,
        figure.salesUsd,
        figure.headroomUsd,
        figure.callHours,
        figure.caseHours,
      ]),
    );
    return { name: plan.territories[index]!.name, csv: csvRow(head) + lines.join('') };
  }

  /** Accounts by words of their name, city or ZIP, only those that the user may see. */
  async function search(user: RequestUser, { q, limit }: { q: string; limit: number }) {
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const found = (await book.all()).filter((account) => {
      const text =
        `${account.name} ${account.city ?? ''} ${account.zip ?? ''} ${account.npi ?? ''} ${account.ccn ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const shown: KnownAccount[] = [];
    for (let at = 0; at < found.length && shown.length < limit; at += 200)
      shown.push(...(await sight.readable(user, found.slice(at, at + 200))));
    const [team] = await scope.teams();
    const plan = team ? await ports.livePlan(team.id) : null;
    return shown.slice(0, limit).map((account) => {
      const index = plan ? placed(plan, account).index : -1;
      return {
        id: account.id,
        name: account.name,
        city: account.city,
        zip: account.zip,
        kind: account.kind,
        unit: account.unit,
        territoryName: plan?.territories[index]?.name ?? null,
      };
    });
  }

  return { show, exported, search };
}

export type UserPage = ReturnType<typeof createUserPage>;

function row(account: KnownAccount, part: AccountPart | undefined) {
  return {
    id: account.id as AccountId,
    name: account.name,
    city: account.city,
    kind: account.kind,
    tier: part?.tier ?? null,
    procedures: part?.procedures ?? 0,
    potentialUsd: part?.potentialUsd ?? 0,
    salesUsd: account.salesUsd,
    headroomUsd: part?.headroomUsd ?? 0,
    callHours: part?.callHours ?? 0,
    caseHours: part?.caseHours ?? 0,
  };
}

interface Measured {
  readonly plan: LivePlan;
  readonly index: number;
  readonly market: MarketFigures;
}

interface Outline {
  readonly teamId: string;
  readonly teamName: string;
  readonly alignmentId: string;
  readonly version: number;
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly unitIndexes: readonly number[];
}

/** All that others may know of a territory: what it is called and where it lies. */
function outline(plan: LivePlan, index: number): Omit<Outline, 'teamId' | 'teamName'> {
  const { id, name } = plan.territories[index]!;
  const { alignmentId, version } = plan;
  return { alignmentId, version, index, id, name, unitIndexes: unitsOf(plan, index) };
}

const unitsOf = (plan: LivePlan, index: number): number[] =>
  plan.owners.flatMap((owner, unit) => (owner === index ? [unit] : []));

const notFound = (what: string) =>
  new BailiwickError('not_found', `There is no such ${what}, or it is not shared with you.`, {
    action: 'Open your own territory from the home page.',
  });
