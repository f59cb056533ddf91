import { percent } from '../core/findings.ts';
import type { Geography } from '../core/geography.ts';
import type { LivePlan, PlanStep } from './ports.ts';

const MEASURES: Readonly<Record<string, string>> = {
  workloadHours: 'hours of work',
  potentialUsd: 'market potential',
  salesUsd: 'sales',
  headroomUsd: 'headroom',
  providers: 'providers',
  accounts: 'accounts',
  procedures: 'procedures',
};

const PRESETS: Readonly<Record<string, string>> = {
  fewestChanges: 'from today’s map with as few changes as possible',
  balanced: 'from today’s map, with balance before keeping it as it is',
  cleanSlate: 'anew, without looking at today’s map',
};

interface Built {
  readonly index: number;
  readonly plan: LivePlan;
  readonly geography: Pick<Geography, 'counties'>;
}

/** How a territory came to be as it is, a sentence each. */
export function builtSentences(steps: readonly PlanStep[], { index, plan, geography }: Built): string[] {
  const [first] = steps;
  if (!first) return [];
  const units = plan.owners.flatMap((owner, unit) => (owner === index ? [unit] : []));
  const counties = new Set(units.map((unit) => geography.counties[unit])).size;
  const held = plan.overrides.filter(({ territory }) => territory === index).length;
  return [
    `It is made of ${plural(units.length, 'ZIP')} in ${plural(counties, 'county', 'counties')}; an account belongs to the territory of its address.`,
    ...(held > 0
      ? [`${plural(held, 'account')} ${held === 1 ? 'is' : 'are'} in it by name, whatever the address.`]
      : []),
    ...steps.flatMap((step) => computedSentences(step)),
    ...handSentences(steps),
    ...(steps.some(({ published }) => published === null)
      ? ['It began as the map that Salesforce had: where its accounts were assigned on the first day.']
      : []),
  ];
}

function computedSentences({ computed, createdBy, name }: PlanStep): string[] {
  return computed.map(({ preset, measures }) => {
    const balanced = measures.map((each) => `${MEASURES[each.name] ?? each.name} within ±${percent(each.tolerance)}`);
    const how = PRESETS[preset] ?? preset;
    return `Plan “${name}” by ${createdBy} was computed ${how}; it balances ${balanced.join(' and ')} of each territory’s target.`;
  });
}

function handSentences(steps: readonly PlanStep[]): string[] {
  const by = new Map<string, number>();
  for (const { edits, computed } of steps)
    if (computed.length === 0) for (const { byName } of edits) by.set(byName, (by.get(byName) ?? 0) + 1);
  return [...by].map(([name, edits]) => `${plural(edits, 'change')} by hand by ${name}.`);
}

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
