import { count, hours, percent, usd } from 'c/bailiwick';
import type { BalanceRow } from 'c/bailiwick';

/** Parts of the hours in the order of the bar. */
const PARTS = [
  { part: 'callHours', label: 'calls', look: 'call' },
  { part: 'caseHours', label: 'cases', look: 'case' },
  { part: 'travelHours', label: 'travel', look: 'travel' },
  { part: 'administrationHours', label: 'administration', look: 'admin' },
] as const;
export const KEY = PARTS.map(({ label, look }) => ({ label, look: `dot ${look}` }));
/** The bar ends here, so that an overload is in sight. */
const FULL = 1.5;

const FLAGS = { burnout: 'burns out', underUse: 'under-used' } as const;
const ofTarget = (share: number | null | undefined): string =>
  share === null || share === undefined ? '—' : percent(share);

/** One territory: its bar in parts, and its figures where it is picked. */
export function rowOf(row: BalanceRow, isOpen: boolean) {
  const capacity = row.capacityHours || 1;
  const width = (value: number) => `width:${Math.min(100, (100 * value) / capacity / FULL).toFixed(2)}%`;
  return {
    key: String(row.index),
    index: row.index,
    name: row.name,
    rep: row.isVacant ? 'vacant' : (row.repName ?? ''),
    used: percent(row.utilization),
    flag: row.flag ? FLAGS[row.flag] : '',
    flagLook: row.flag === 'burnout' ? 'flag burnout' : 'flag idle',
    full: `left:${(100 / FULL).toFixed(2)}%`,
    segments: PARTS.map(({ part, look }) => ({ key: part, look: `segment ${look}`, style: width(row[part]) })),
    isOpen,
    expanded: String(isOpen),
    text: PARTS.map(({ part, label }) => `${label} ${hours(row[part])}`).join(', '),
    figures: isOpen ? figuresOf(row) : [],
  };
}

function figuresOf(row: BalanceRow) {
  const { potentialRange, isNoise, ofTarget: of } = row;
  const between = potentialRange ? `, ${percent(potentialRange.low)} to ${percent(potentialRange.high)}` : '';
  return [
    ...PARTS.map(({ part, label }) => ({ label: `Hours: ${label}`, value: hours(row[part]) })),
    {
      label: 'All together, of the hours there are',
      value: `${hours(row.workloadHours)} of ${hours(row.capacityHours)}`,
    },
    { label: 'On the road', value: percent(row.travelShare) },
    {
      label: 'Market potential, of target',
      value: `${usd(row.potentialUsd)}, ${ofTarget(of.potentialUsd)}${between}${isNoise ? ' ≈ too close to call' : ''}`,
    },
    { label: 'Sales, of target', value: `${usd(row.salesUsd)}, ${ofTarget(of.salesUsd)}` },
    { label: 'Headroom, of target', value: `${usd(row.headroomUsd)}, ${ofTarget(of.headroomUsd)}` },
    { label: 'Providers, of target', value: `${count(row.providers)}, ${ofTarget(of.providers)}` },
    { label: 'Procedures, of target', value: `${count(row.procedures)}, ${ofTarget(of.procedures)}` },
    {
      label: 'Potential for a dollar of quota, against all',
      value: row.quotaFairness === null ? 'no quota entered' : percent(row.quotaFairness),
    },
  ];
}
