import { disruption } from '../core/disruption.ts';
import { BailiwickError } from '../core/errors.ts';
import { percent } from '../core/findings.ts';
import type { Geography } from '../core/geography.ts';
import type { TerritoryId } from '../core/ids.ts';
import { unitsOfTopAccounts, type PlanRules } from '../core/planRules.ts';
import { DEFAULT_LIMITS, proposalProblem, type PlanProblem, type ProposalRequest } from '../core/proposal.ts';
import { replan, type Change, type Replan } from '../core/replan.ts';
import { indexOf } from './editRules.ts';
import type { TeamMarket } from './ports.ts';
import type { ProposalBody } from './proposalSchemas.ts';
import type { StoredAlignment } from './store.ts';

/** What a computation is asked of: the plan, the request and who may change what. */
export interface Asked {
  readonly plan: StoredAlignment;
  readonly request: ProposalBody;
  /** Territories that the asker may change; null for all. */
  readonly writable: readonly string[] | null;
  readonly market: TeamMarket;
  readonly geography: Geography;
  /** Open opportunities of each unit in US dollars; null where the CRM does not tell. */
  readonly pipelineUsd: readonly number[] | null;
  readonly unitOf: (zip: string) => number;
}

/** The engine's problem, and how its territories stand for those of the plan. */
export interface AskedProblem extends PlanProblem {
  readonly start: Pick<Replan, 'territories' | 'owners' | 'indexOf' | 'added'>;
}

/** @throws BailiwickError infeasible, bad_request, geography_unknown: what contradicts what, and what to do */
export function askedProblem(asked: Asked): AskedProblem {
  const { plan, market, geography, pipelineUsd, request } = asked;
  const known = { ...market, geography, pipelineUsd };
  const held = heldFixed(asked);
  const wanted: ProposalRequest = {
    preset: request.task.kind === 'demand' ? 'fewestChanges' : request.preset,
    measures: request.measures,
    limits: limitsOf(asked),
    ...held,
    rules: rulesOf(asked),
  };
  const change = changeOf(asked);
  if (!change) {
    const indexes = plan.territories.map((_, j) => j);
    const start = { territories: plan.territories, owners: plan.owners, indexOf: indexes, added: null };
    return { ...proposalProblem(plan, known, wanted), start };
  }
  const base = proposalProblem(plan, known, { ...wanted, preset: 'fewestChanges' }).byUnit;
  const start = replan({ ...plan, geography, problem: base }, change);
  const at = (old: number) => start.indexOf.indexOf(old);
  const problem = proposalProblem(
    { ...start, overrides: plan.overrides.map((part) => ({ ...part, territory: at(part.territory) })) },
    known,
    {
      ...wanted,
      preset: 'fewestChanges',
      limits: request.limits && leftOf(asked, limitsOf(asked), start),
      locked: start.locked.map((isLocked, u) => isLocked || (held.locked[u]! && start.owners[u]! >= 0)),
      frozen: start.frozen.map((isFrozen, j) => isFrozen || (held.frozen[start.indexOf[j]!] ?? false)),
      rules: reindexed(wanted.rules, at),
    },
  );
  return { ...problem, start };
}

function limitsOf({ request, pipelineUsd }: Asked): ProposalRequest['limits'] {
  const { limits } = request;
  if (!limits) return request.preset === 'fewestChanges' ? DEFAULT_LIMITS : null;
  const { accountsShare, salesShare, pipelineShare } = limits;
  if (pipelineShare === undefined) return { accountsShare, salesShare };
  if (!pipelineUsd)
    throw new BailiwickError('bad_request', 'The CRM does not show open opportunities to this service.', {
      action: 'Leave the limit on open pipeline out, or let the integration user read Opportunity.',
    });
  return { accountsShare, salesShare, pipelineShare };
}

/** What of the limits is left after what the change itself hands over. @throws BailiwickError infeasible where that is more */
function leftOf(
  { plan, market, pipelineUsd }: Asked,
  limits: ProposalRequest['limits'],
  { owners, indexOf: indexes }: Pick<Replan, 'owners' | 'indexOf'>,
): ProposalRequest['limits'] {
  if (!limits) return null;
  const after = owners.map((owner) => indexes[owner] ?? -1);
  const { accountsShare, salesShare } = disruption(plan.owners, after, market.inputs);
  const pipeline = pipelineUsd ?? market.inputs.salesUsd.map(() => 0);
  const pipelineShare = disruption(plan.owners, after, { accounts: pipeline, salesUsd: pipeline }).accountsShare;
  const needs: [string, number, number | undefined][] = [
    ['accounts', accountsShare, limits.accountsShare],
    ['sales', salesShare, limits.salesShare],
    ['open pipeline', pipelineShare, limits.pipelineShare],
  ];
  const over = needs.find(([, needed, most]) => most !== undefined && needed > most);
  if (over) {
    const [what, needed, most = 0] = over;
    const message = `This change hands over ${percent(needed)} of ${what} in any case, more than the ${percent(most)} allowed.`;
    throw new BailiwickError('infeasible', message, { action: 'Raise the limit, or leave it out.' });
  }
  return {
    accountsShare: limits.accountsShare - accountsShare,
    salesShare: limits.salesShare - salesShare,
    ...(limits.pipelineShare === undefined ? {} : { pipelineShare: limits.pipelineShare - pipelineShare }),
  };
}

/** Units and territories that this run may not touch: locks, foreign branches, top accounts, rejected moves. */
function heldFixed({ plan, request, writable, market, unitOf }: Asked): { locked: boolean[]; frozen: boolean[] } {
  const only = request.rules.onlyTerritories?.map((id) => indexOf(plan, id));
  const frozen = plan.territories.map(
    ({ id }, index) =>
      plan.lockedTerritories.includes(index) || !(writable?.includes(id) ?? true) || !(only?.includes(index) ?? true),
  );
  const units = new Set([
    ...plan.lockedUnits,
    ...request.keepUnits.map(unitOf),
    ...unitsOfTopAccounts(market.accounts, plan.owners, request.rules.topAccounts),
  ]);
  const locked = plan.owners.map((owner, unit) => units.has(unit) || (owner >= 0 && frozen[owner]!));
  return { locked, frozen };
}

function rulesOf({ plan, request, unitOf }: Asked): PlanRules {
  const { rules } = request;
  const territory = (id: string | null) => (id === null ? null : indexOf(plan, id));
  return {
    wholeCounties: rules.wholeCounties,
    maxKm: rules.maxKm.map(({ territory: id, km }) => ({ territory: territory(id), km })),
    bounds: rules.bounds.map(({ territory: id, ...bound }) => ({ ...bound, territory: territory(id) })),
    together: rules.together.map((zips) => zips.map(unitOf)),
    apart: rules.apart.map(([a, b]) => [unitOf(a), unitOf(b)] as const),
    forbidden: rules.forbidden.map(({ unit, territory: id }) => ({ unit: unitOf(unit), territory: indexOf(plan, id) })),
  };
}

/** Rules on a territory that is gone fall away with it. */
function reindexed(rules: PlanRules, at: (old: number) => number): PlanRules {
  const fresh = <Rule extends { readonly territory: number | null }>(list: readonly Rule[]): Rule[] =>
    list.flatMap((rule) => {
      const territory = rule.territory === null ? null : at(rule.territory);
      return territory === -1 ? [] : [{ ...rule, territory }];
    });
  return { ...rules, maxKm: fresh(rules.maxKm), bounds: fresh(rules.bounds), forbidden: fresh(rules.forbidden) };
}

/** What has changed in the plan; null for a computation on the plan as it is. */
function changeOf({ plan, request, writable, unitOf }: Asked): Change | null {
  const { task } = request;
  if (task.kind === 'balance' || task.kind === 'repair' || task.kind === 'tradeOff' || task.kind === 'demand')
    return null;
  const own = (id: string) => {
    const index = indexOf(plan, id);
    if (!writable || writable.includes(id as TerritoryId)) return index;
    throw new BailiwickError('forbidden', `${plan.territories[index]!.name} is not in your branch.`, {
      action: 'Pick one of your own territories.',
    });
  };
  if (task.kind === 'addRep') return { kind: task.kind };
  if (task.kind === 'moveRep')
    return { kind: task.kind, territory: own(task.territory), unit: unitOf(task.zip), homeZip: task.zip };
  if (task.kind === 'merge') return { kind: task.kind, territory: own(task.territory), other: own(task.other) };
  return { kind: task.kind, territory: own(task.territory) };
}
