import { fieldTotals } from '../../../service/core/fieldState.ts';
import { seeded } from '../../../service/core/random.ts';
import { whiteSpace } from '../../../service/core/whiteSpace.ts';
import type { Asked } from '../../../service/alignments/askedProblem.ts';
import { compute } from '../../../service/alignments/compute.ts';
import { createEngineThread } from '../../../service/alignments/engineThread.ts';
import { proposalBody } from '../../../service/alignments/proposalSchemas.ts';
import { auditOf } from '../../../service/insights/auditCommand.ts';
import { balanceRows } from '../../../service/insights/balanceTable.ts';
import { fieldOf, type Field } from '../../../service/insights/field.ts';
import { DEFAULT_PARAMETERS } from '../../../service/insights/parameters.ts';
import { planCoverage } from '../../../service/insights/planField.ts';
import type { InsightMarket, InsightPlan } from '../../../service/insights/ports.ts';
import { print, timed } from '../timing.ts';
import { market, type Market } from './market.ts';
import { labels } from './plans.ts';
import { DEFAULTS } from './pockets.ts';

const NATIONAL = { units: 33_000, providers: 400_000, pockets: 40 };
const ACCOUNTS = 250_000;
const TERRITORIES = 300;

/** White space, audit, balance and what-if at 33,000 ZIPs, 300 territories and 250,000 accounts. */
export async function national(runs: number): Promise<void> {
  const made = market(1, NATIONAL);
  const field = fieldOfMarket(made);
  const times = {
    space: [] as number[],
    coverage: [] as number[],
    audit: [] as number[],
    balance: [] as number[],
    whatIf: [] as number[],
  };
  let notes = { space: '', audit: '', whatIf: '' };
  const house = houseOf(field);
  for (let run = 0; run < runs; run++) {
    const space = await timed(() => whiteSpace(made.coverage, made, DEFAULTS));
    const audit = await timed(() => auditOf(field, 1));
    const coverage = await timed(() => planCoverage(house.plan, house.world, undefined));
    const balance = await timed(() => balanceRows(house.plan, house.market));
    const whatIf = await timed(() => house.oneMore());
    times.coverage.push(coverage.ms);
    times.balance.push(balance.ms);
    times.whatIf.push(whatIf.ms);
    times.space.push(space.ms);
    times.audit.push(audit.ms);
    const today = audit.result.today.fairness[0]!.onTarget;
    const best = audit.result.best;
    notes = {
      whatIf: toldAfter(whatIf.result.view),
      space: `${space.result.length} pockets`,
      audit: `${today} → ${best?.figures.fairness[0]!.onTarget ?? audit.result.impossible} of ${TERRITORIES} on target (${best?.preset})`,
    };
  }
  process.stdout.write(`\n33,000 ZIPs, ${TERRITORIES} territories, ${ACCOUNTS} accounts\n`);
  print({ name: 'balance view (goal 300 ms)', milliseconds: times.balance, note: `${TERRITORIES} rows` });
  print({ name: 'who is worked by nobody', milliseconds: times.coverage, note: 'part of white space' });
  print({ name: 'what-if: one more rep (goal 15 s)', milliseconds: times.whatIf, note: notes.whatIf });
  print({ name: 'white space (goal 5 s)', milliseconds: times.space, note: notes.space });
  print({ name: 'audit with white space and a plan (goal 60 s)', milliseconds: times.audit, note: notes.audit });
}

const zip = (unit: number) => String(unit).padStart(5, '0');

/** The market as files would tell it: accounts of the first providers, territories grown around homes. */
export function fieldOfMarket(made: Market): Field {
  const names = Array.from({ length: TERRITORIES }, (_, j) => `T${String(j).padStart(3, '0')}`);
  const { owners, homes } = labels(made, TERRITORIES, seeded(7));
  const geography = {
    ...made,
    ids: made.lat.map((_, u) => zip(u)),
    key: '',
    names: [],
    states: [],
    counties: [],
    bridges: [],
    parents: {},
  };
  const key = (i: number) => String(1_000_000_000 + i);
  return fieldOf(
    {
      providers: made.providers.map(({ unit, procedures, potentialUsd }, i) => ({
        key: key(i),
        name: null,
        zip: zip(unit),
        procedures,
        potentialUsd,
      })),
      accounts: made.providers.slice(0, ACCOUNTS).map(({ unit, potentialUsd }, i) => ({
        account: `A${i}`,
        zip: zip(unit),
        npi: key(i),
        owner: 'U',
        salesUsd: potentialUsd / 5,
        lastActivity: null,
      })),
      reps: names.map((territory, j) => ({ rep: territory, territory, region: '', home: homes[j]!, fte: 1 })),
      plan: new Map(owners.map((owner, unit) => [zip(unit), names[owner]!])),
      parameters: DEFAULT_PARAMETERS,
    },
    geography as never,
    names,
  );
}

const toldAfter = (view: unknown) => {
  const { onTargetBefore, onTargetAfter } = view as { onTargetBefore: number; onTargetAfter: number };
  return `${onTargetBefore} → ${onTargetAfter} of ${TERRITORIES + 1} in both ranges`;
};

/** The same as the service holds it: a plan with territories, the market's vectors, providers and accounts. */
export function houseOf(field: Field) {
  const { inputs, seats } = fieldTotals(field.state, field);
  const { geography, state } = field;
  const id = (j: number) => `0MI${String(j).padStart(15, '0')}`;
  const plan = {
    ...{ id: '11111111-1111-4111-8111-111111111111', name: 'National', state: 'live', version: 1, parameters: null },
    teamId: id(999),
    territories: field.territories.map((name, j) => ({
      ...seats[j]!,
      ...{ id: id(j), name, parentId: null, parentName: null, repId: 'R', repName: 'R', homeZip: null },
    })),
    owners: state.reps.owners,
    ...{ overrides: [], lockedUnits: [], lockedTerritories: [] },
  };
  const { callPlan, travel } = state.parameters;
  const houseMarket = {
    ...{ inputs, travel, callPlan, accounts: [], suppressedShare: 0 },
    uncertainty: { varianceUsd2: inputs.potentialUsd.map((usd) => usd * usd), unplacedShare: 0 },
  };
  const world = {
    ...{ units: geography.ids.length, callPlan },
    providers: field.demand.map(({ key, ...rest }) => ({
      ...{ ...rest, keys: [key], name: null, kind: 'physician' as const, zip: null, suppressed: false },
    })),
    accounts: state.accounts.map(({ id: account, keys, unit }) => ({
      ...{ id: account, keys, unit, isOwned: true, ownerId: 'R', lastActivity: null },
    })),
  };
  return {
    plan: plan as unknown as InsightPlan,
    market: houseMarket as unknown as InsightMarket,
    world,
    oneMore: () => {
      const request = proposalBody.parse({
        ...{ alignmentId: plan.id, version: 1, preset: 'fewestChanges', task: { kind: 'addRep' } },
      });
      const asked = {
        plan,
        request,
        writable: null,
        market: houseMarket,
        geography,
        pipelineUsd: null,
        unitOf: () => 0,
      };
      return compute(asked as unknown as Asked, createEngineThread(field.territories.length));
    },
  };
}
