import { deviations, travelShare, utilization } from './balance.ts';
import { pieces } from './contiguity.ts';
import type { Neighbors } from './geography.ts';
import type { Territory } from './alignment.ts';
import type { TerritoryTotals } from './measures.ts';
import { bordering, DEFAULT_SIZE_LIMITS, mergedShare } from './sizing.ts';

export type FindingKind = 'onTarget' | 'overloaded' | 'travel' | 'uncovered' | 'vacancy' | 'merge';

/** One thing worth telling about a plan; `value` is a ratio, dollars or a count as its kind says. */
export interface Finding {
  readonly kind: FindingKind;
  readonly text: string;
  readonly value: number;
  readonly territoryIndex?: number;
  readonly otherIndex?: number;
  readonly units?: readonly number[];
}

export interface FindingsInput {
  readonly territories: readonly Territory[];
  readonly totals: readonly TerritoryTotals[];
  readonly owners: readonly number[];
  readonly neighbors: Neighbors;
  readonly potentialUsd: readonly number[];
  readonly cities: readonly string[];
  readonly tolerance: number;
}

/** Above the one a territory is overloaded; two that fill at most the other could be one. */
const { overloaded: OVERLOADED, mergeBelow: MERGE_BELOW } = DEFAULT_SIZE_LIMITS;
/** Above this share of the hours, driving is the finding. */
const TOO_MUCH_TRAVEL = 1 / 3;
/** An uncovered pocket is worth a sentence from this share of the mean territory's potential on. */
const POCKET_SHARE = 0.05;

/** What stands out in a plan, most important first: who is on target, overloaded, on the road, uncovered, vacant, mergeable. */
export function findings(input: FindingsInput): Finding[] {
  const { territories, totals } = input;
  const off = deviations(totals, territories, 'workloadHours');
  const onTarget = off.filter((deviation) => Math.abs(deviation) <= input.tolerance).length;
  return [
    { kind: 'onTarget', value: onTarget, text: `${onTarget} of ${territories.length} territories are on target.` },
    ...overloaded(input),
    ...driving(input),
    ...pockets(input),
    ...vacancies(input),
    ...mergeable(input),
  ];
}

/** The findings in one sentence, for the first screen. */
export function findingsSentence(found: readonly Finding[]): string {
  const first = (kind: FindingKind) => found.find((finding) => finding.kind === kind)?.text.replace(/\.$/, '');
  const parts = (['onTarget', 'overloaded', 'travel', 'uncovered'] as const).flatMap((kind) => first(kind) ?? []);
  return `${parts.join('; ')}.`;
}

function overloaded({ territories, totals }: FindingsInput): Finding[] {
  return territories
    .map((territory, territoryIndex): Finding => {
      const value = utilization(totals[territoryIndex]!, territory);
      return {
        kind: 'overloaded',
        territoryIndex,
        value,
        text: `${territory.name} is at ${percent(value)} of its hours.`,
      };
    })
    .filter(({ value }) => value > OVERLOADED)
    .sort((a, b) => b.value - a.value);
}

function driving({ territories, totals }: FindingsInput): Finding[] {
  return territories
    .map((territory, territoryIndex): Finding => {
      const value = travelShare(totals[territoryIndex]!);
      return {
        kind: 'travel',
        territoryIndex,
        value,
        text: `${territory.name} spends ${percent(value)} of its hours driving.`,
      };
    })
    .filter(({ value }) => value > TOO_MUCH_TRAVEL)
    .sort((a, b) => b.value - a.value);
}

function pockets({ owners, neighbors, potentialUsd, cities, territories, totals }: FindingsInput): Finding[] {
  const held = totals.reduce((sum, total) => sum + total.potentialUsd, 0);
  const worthTelling = (POCKET_SHARE * held) / Math.max(1, territories.length);
  const free = owners.flatMap((owner, unit) => (owner < 0 ? [unit] : []));
  return pieces(free, neighbors)
    .map((units): Finding => {
      const value = units.reduce((sum, unit) => sum + (potentialUsd[unit] ?? 0), 0);
      const where = placeOfUnits(units, cities, potentialUsd);
      return { kind: 'uncovered', value, units, text: `${dollars(value)} of market potential in ${where} has no rep.` };
    })
    .filter(({ value }) => value > 0 && value >= worthTelling)
    .sort((a, b) => b.value - a.value);
}

function vacancies({ territories, totals }: FindingsInput): Finding[] {
  return territories.flatMap((territory, territoryIndex): Finding[] =>
    territory.repId
      ? []
      : [
          {
            kind: 'vacancy',
            territoryIndex,
            value: totals[territoryIndex]!.potentialUsd,
            text: `${territory.name} is vacant: ${dollars(totals[territoryIndex]!.potentialUsd)} of market potential waits for a rep.`,
          },
        ],
  );
}

function mergeable({ territories, totals, owners, neighbors }: FindingsInput): Finding[] {
  const sized = territories.map(({ administrationHours, capacityHours }, j) => ({
    workloadHours: totals[j]!.workloadHours,
    administrationHours,
    capacityHours,
  }));
  return bordering(owners, neighbors, territories.length)
    .flatMap((list, a) => list.flatMap((b) => (b > a ? [[a, b] as const] : [])))
    .map(([a, b]): Finding => {
      const value = mergedShare(sized[a]!, sized[b]!);
      const text = `${territories[a]!.name} and ${territories[b]!.name} together fill ${percent(value)} of one rep's hours: they could be one.`;
      return { kind: 'merge', territoryIndex: a, otherIndex: b, value, text };
    })
    .filter(({ value }) => value <= MERGE_BELOW)
    .sort((x, y) => x.value - y.value);
}

/** "32 ZIPs around Lancaster": the city that most of the units are named after, ties by weight. */
export function placeOfUnits(units: readonly number[], cities: readonly string[], weight: readonly number[]): string {
  const byCity = new Map<string, { units: number; weight: number }>();
  for (const unit of units) {
    const city = byCity.get(cities[unit] ?? '') ?? { units: 0, weight: 0 };
    byCity.set(cities[unit] ?? '', { units: city.units + 1, weight: city.weight + (weight[unit] ?? 0) });
  }
  const [name] = [...byCity].sort(([, a], [, b]) => b.units - a.units || b.weight - a.weight)[0] ?? [];
  return `${units.length} ZIP${units.length === 1 ? '' : 's'} around ${name || 'an unnamed place'}`;
}

/** 1.376 → "138 %". */
export function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

/** 3240000 → "$3.2 M". */
export function dollars(usd: number): string {
  if (Math.abs(usd) >= 999_500) return `$${(usd / 1e6).toFixed(1)} M`;
  if (Math.abs(usd) >= 1000) return `$${Math.round(usd / 1000)} k`;
  return `$${Math.round(usd)}`;
}
