import { csvRow } from '../core/csv.ts';
import type { FieldTotals } from '../core/fieldState.ts';
import { hireVerdict, roiBand, type Giver, type HireMoney } from '../core/hireVerdict.ts';
import { headVerdict, oneMoreRep } from '../core/oneMoreRep.ts';
import { bordering, DEFAULT_SIZE_LIMITS, headCount, sizeVerdicts, type Sized } from '../core/sizing.ts';
import type { Geography } from '../core/geography.ts';
import { FileAnswer } from '../http/routes.ts';
import { hundredths, ratio } from './flags.ts';
import { foundOf } from './planField.ts';
import type { InsightMarket, InsightPlan } from './ports.ts';
import type { SizeQuery } from './schemas.ts';

interface Ground {
  readonly plan: InsightPlan;
  readonly market: InsightMarket;
  readonly geography: Pick<Geography, 'neighbors'>;
}

/** Heads against work by region and in total, and what to do with each territory. */
export function sizeView({ plan, market, geography }: Ground, query: SizeQuery) {
  const found = foundOf(plan, market);
  const money = moneyOf(query);
  const around = bordering(plan.owners, geography.neighbors, plan.territories.length);
  const limits = { ...DEFAULT_SIZE_LIMITS, mergeBelow: query.mergeBelow, overloaded: query.overloaded };
  const seated = found.sums.map(({ workloadHours }, j) => ({ ...found.seats[j]!, workloadHours }));
  const name = (j: number) => plan.territories[j]!.name;
  const territories = sizeVerdicts(seated, around, limits).map((sized, index) => ({
    index,
    id: plan.territories[index]!.id as string,
    name: name(index),
    region: plan.territories[index]!.parentName,
    verdict: sized.verdict,
    capacityShare: ratio(sized.capacityShare),
    mergeWith: sized.mergeWith,
    mergeWithName: sized.mergeWith === null ? null : name(sized.mergeWith),
    leftOverHours: hundredths(sized.leftOverHours),
    donors: sized.donors.map(({ territory, hours }) => ({
      index: territory,
      name: name(territory),
      hours: hundredths(hours),
    })),
    roi: roiOf(sized.donors, found, money),
  }));
  return {
    limits: { mergeBelow: query.mergeBelow, overloaded: query.overloaded },
    hasMoney: money !== null,
    regions: regionsOf(plan).map((region) => regionRow(region, { plan, market, found, money })),
    territories,
  };
}

/** Regions in the order of the alphabet, then all together. */
function regionsOf({ territories }: InsightPlan): (string | null)[] {
  const names = new Set(territories.flatMap(({ parentName }) => parentName ?? []));
  return names.size > 1 ? [...[...names].sort(), null] : [null];
}

interface Counted {
  readonly plan: InsightPlan;
  readonly market: InsightMarket;
  readonly found: FieldTotals;
  readonly money: HireMoney | null;
}

function regionRow(region: string | null, { plan, market, found, money }: Counted) {
  const inside = plan.territories.flatMap(({ parentName }, j) => (region === null || parentName === region ? [j] : []));
  const sum = (of: (j: number) => number) => inside.reduce((all, j) => all + of(j), 0);
  const { workingHours: capacityHours, administrationHours } = market.callPlan;
  const seat = { capacityHours, administrationHours };
  const fieldHours = sum((j) => found.sums[j]!.workloadHours - found.sums[j]!.administrationHours);
  const { heads, low, high } = headCount(fieldHours, seat);
  const seats = sum((j) => found.seats[j]!.capacityHours) / capacityHours;
  const vacant = inside.filter((j) => plan.territories[j]!.repId === null).length;
  const more = oneMoreRep(inside, found, seat);
  return {
    region,
    territories: inside.length,
    reps: hundredths(seats),
    vacant,
    fieldHours: hundredths(fieldHours),
    heads: hundredths(heads),
    low: hundredths(low),
    high: hundredths(high),
    verdict: headVerdict(seats, { low, high }, more.hours),
    oneMore: {
      hours: hundredths(more.hours),
      fte: hundredths(more.fte),
      givers: more.givers.map(({ territory, hours }) => ({
        index: territory,
        name: plan.territories[territory]!.name,
        hours: hundredths(hours),
      })),
      roi: roiOf(more.givers, found, money, seat),
    },
  };
}

function roiOf(
  donors: Sized['donors'],
  { sums, seats }: FieldTotals,
  money: HireMoney | null,
  seat: { readonly capacityHours: number; readonly administrationHours: number } | undefined = seats[
    donors[0]?.territory ?? -1
  ],
) {
  if (money === null || donors.length === 0 || !seat) return null;
  const givers = donors.map(({ territory, hours }): Giver => ({
    salesUsd: sums[territory]!.salesUsd,
    workloadHours: sums[territory]!.workloadHours,
    capacityHours: seats[territory]!.capacityHours,
    givenHours: hours,
  }));
  const { low, high } = roiBand(givers, seat, money);
  return { low: ratio(low), high: ratio(high), verdict: hireVerdict(low, high) };
}

/** What a hire is worth needs margin, cost and response together; the schema refuses a part of them. */
function moneyOf({ margin, cost, responseLow, responseHigh, second, third }: SizeQuery): HireMoney | null {
  if (margin === undefined || cost === undefined || responseLow === undefined || responseHigh === undefined)
    return null;
  return {
    margin,
    costUsd: cost,
    response: { low: responseLow, high: responseHigh },
    carryOver: { second, third },
  };
}

/** In the columns of the command line. */
export function sizeCsv(ground: Ground, query: SizeQuery): FileAnswer {
  const head = csvRow(['territory', 'verdict', 'capacity_share', 'roi_low', 'roi_high', 'donors']);
  const rows = sizeView(ground, query).territories.map(({ name, verdict, capacityShare, roi, mergeWithName, donors }) =>
    csvRow([
      ...[name, verdict, capacityShare, roi?.low ?? null, roi?.high ?? null],
      mergeWithName ?? donors.map((donor) => `${donor.name}:${Math.round(donor.hours)} h`).join('; '),
    ]),
  );
  return new FileAnswer(`${ground.plan.name} size.csv`, 'text/csv; charset=utf-8', head + rows.join(''));
}
