import { parseArgs } from 'node:util';
import { DEFAULT_TOLERANCE } from '../core/balance.ts';
import { BailiwickError } from '../core/errors.ts';
import { fieldTotals, type FieldTotals } from '../core/fieldState.ts';
import { dollars, percent } from '../core/findings.ts';
import { AUDIT_EFFORT, bestPlan, mapFigures, type BestPlan, type MapFigures, type Ranges } from '../core/mapAudit.ts';
import type { TravelReport } from '../core/travelCheck.ts';
import { travelOfState } from '../core/travelOfState.ts';
import { DEFAULT_FALSE_DISCOVERY } from '../core/whiteSpace.ts';
import type { Field, InsightPorts } from './field.ts';
import { FIELD_FLAGS, FIELD_HELP, fieldFrom, seedOf, unplacedLines, type InsightAnswer } from './flags.ts';
import { presentPockets, whiteSpaceOf } from './whiteSpaceCommand.ts';

export const MAP_AUDIT_HELP = `bailiwick audit --data DIR --accounts FILE --reps FILE --plan FILE [--json]

How fair a map is, what it leaves uncovered, and what a good plan with the same seats would gain over it.
Chosen where --accounts is given; "audit --account ID" tells who moved an account and why.

${FIELD_HELP}`;

const RANGES: Ranges = (['workloadHours', 'potentialUsd'] as const).map((measure) => ({
  measure,
  tolerance: DEFAULT_TOLERANCE[measure],
}));

/** `audit --data DIR --accounts FILE --reps FILE --plan FILE …` */
export async function mapAuditCommand(args: string[], ports: InsightPorts): Promise<InsightAnswer> {
  const { values } = parseArgs({ args, options: FIELD_FLAGS });
  if (values.out !== undefined)
    throw new BailiwickError('bad_request', 'The audit writes no file.', {
      action: 'Leave out --out; --json has all.',
    });
  const field = await fieldFrom(values, ports, ['reps', 'plan']);
  const audit = auditOf(field, seedOf(values.seed));
  return { text: `${toldAudit(field, audit).join('\n')}\n`, json: presentAudit(field, audit) };
}

export interface Audit {
  readonly today: MapFigures;
  readonly withoutOwner: { readonly units: number; readonly potentialUsd: number };
  readonly whiteSpace: ReturnType<typeof whiteSpaceOf>;
  readonly best: BestPlan | null;
  /** Why there is no best plan; null where there is one. */
  readonly impossible: string | null;
  readonly travel: TravelReport;
}

export function auditOf(field: Field, seed: number): Audit {
  const found = fieldTotals(field.state, field);
  const { owners } = field.state.reps;
  const free = owners.flatMap((owner, unit) => (owner < 0 && found.inputs.potentialUsd[unit]! > 0 ? [unit] : []));
  return {
    today: mapFigures(found, RANGES),
    withoutOwner: {
      units: free.length,
      potentialUsd: free.reduce((sum, unit) => sum + found.inputs.potentialUsd[unit]!, 0),
    },
    whiteSpace: whiteSpaceOf(field, { seed, since: undefined, falseDiscovery: DEFAULT_FALSE_DISCOVERY }),
    ...bestOf(field, found, seed),
    travel: travelOfState(field.state, field),
  };
}

function bestOf(field: Field, found: FieldTotals, seed: number): Pick<Audit, 'best' | 'impossible'> {
  const { geography, territories, state } = field;
  const ground = { geography, territories, owners: state.reps.owners, ranges: RANGES, travel: state.parameters.travel };
  try {
    return { best: bestPlan(found, ground, { seed, effort: AUDIT_EFFORT }), impossible: null };
  } catch (error) {
    if (!(error instanceof BailiwickError)) throw error;
    return { best: null, impossible: error.message };
  }
}

function toldAudit(field: Field, { today, withoutOwner, whiteSpace, best, impossible, travel }: Audit): string[] {
  const then = (k: number) => best && best.figures.fairness[k]!;
  return [
    ...today.fairness.map(({ measure, onTarget, worst, variation }, k) => {
      const gain = then(k) ? `; a good plan has ${then(k)!.onTarget}` : '';
      const name = measure === 'workloadHours' ? 'Workload' : 'Market potential';
      return `${name}: ${onTarget} of ${today.territories} territories on target, the worst at ${percent(1 + worst)}, variation ${percent(variation)}${gain}.`;
    }),
    `${today.bands.overloaded} overloaded, ${today.bands['under-used']} under-used.`,
    `Without a territory: ${dollars(withoutOwner.potentialUsd)} in ${withoutOwner.units} ZIPs. Worked by nobody: ${dollars(whiteSpace.uncoveredUsd)}, ${whiteSpace.pockets.length} pockets.`,
    best
      ? `A good plan moves ${percent(best.accountsShare)} of accounts and ${percent(best.salesShare)} of sales; hours on the road ${Math.round(today.travelHours)} → ${Math.round(best.figures.travelHours)} a year.`
      : `No plan was computed: ${impossible}`,
    ...(travel.checked.length > 0
      ? [
          `Travel is estimated: against day tours in ${travel.checked.length} territories it is off by ${percent(travel.median)} (median), ${percent(travel.p90)} (9 of 10).`,
        ]
      : []),
    ...unplacedLines(field),
  ];
}

function presentAudit(field: Field, { today, withoutOwner, whiteSpace, best, impossible, travel }: Audit) {
  const { geography, territories, state } = field;
  const moves = best?.owners.flatMap((to, unit) =>
    to === state.reps.owners[unit] ? [] : [{ zip: geography.ids[unit], to: territories[to] ?? null }],
  );
  return {
    today,
    withoutOwner,
    whiteSpace: presentPockets(field, whiteSpace),
    best: best && { ...best, owners: undefined, moves },
    impossible,
    travel,
    unplaced: field.unplaced,
  };
}
