import { createHash } from 'node:crypto';
import { countyUnit } from '../core/ids.ts';
import { mergeUnits, type UnitGroup } from '../core/mergeUnits.ts';
import type { BuiltGeography } from './build.ts';
import type { UnitChoice } from './loadedIndex.ts';

/** The geography in the chosen units: ZIPs, counties, or both mixed. ZIPs alone are the geography itself. */
export function inUnits(built: BuiltGeography, choice: UnitChoice): BuiltGeography {
  const groups = countyGroups(built, choice);
  if (groups.length === 0) return built;
  const { key: before, ...ground } = built.geography;
  const { ground: content, borders } = mergeUnits(ground, built.borders, groups);
  const key = createHash('sha256')
    .update(JSON.stringify([before, content, groups.map(({ id }) => id)]))
    .digest('hex')
    .slice(0, 16);
  return { ...built, geography: { key, ...content }, borders };
}

/** Counties that become units. A county whose ZIPs lie in two states counts to the state of most of them. */
function countyGroups({ geography, countyNames }: BuiltGeography, choice: UnitChoice): UnitGroup[] {
  if (choice === 'zip') return [];
  const { counties, states } = geography;
  const chosen = (unit: number) =>
    choice === 'county' ||
    choice.countyStates.includes(states[unit] ?? '') ||
    choice.counties.includes(counties[unit] ?? '');
  const groups = Map.groupBy([...geography.ids.keys()].filter(chosen), (unit) => counties[unit] ?? '');
  return [...groups].map(([county, units]) => {
    const byState = Map.groupBy(units, (unit) => states[unit] ?? '');
    const [state = ''] = [...byState].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))[0] ?? [];
    return { id: countyUnit(county), name: countyNames[county] ?? county, state, county, units };
  });
}

/** What the units are: one kind, or both. */
export function unitKind(choice: UnitChoice): 'zip' | 'county' | 'mixed' {
  return typeof choice === 'string' ? choice : 'mixed';
}
