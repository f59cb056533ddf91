import { count, filled, hours, percent, usd } from 'c/bailiwick';
import type { BalanceRow } from 'c/bailiwick';
import { texts } from './texts';

/** Parts of the hours in the order of the bar. */
const PARTS = [
  { part: 'callHours', label: texts.calls, look: 'call' },
  { part: 'caseHours', label: texts.cases, look: 'case' },
  { part: 'travelHours', label: texts.travel, look: 'travel' },
  { part: 'administrationHours', label: texts.administration, look: 'admin' },
] as const;
export const KEY = PARTS.map(({ label, look }) => ({ label, look: `dot ${look}` }));
/** The bar ends here, so that an overload is in sight. */
const FULL = 1.5;

const FLAGS = { burnout: texts.burnsOut, underUse: 'under-used' } as const;
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
    rep: row.isVacant ? texts.vacant : (row.repName ?? ''),
    used: percent(row.utilization),
    flag: row.flag ? FLAGS[row.flag] : '',
    flagLook: row.flag === 'burnout' ? 'flag burnout' : 'flag idle',
    full: `left:${(100 / FULL).toFixed(2)}%`,
    segments: PARTS.map(({ part, look }) => ({
      key: part,
      look: `segment ${look}`,
      style: width(row[part]),
    })),
    isOpen,
    expanded: String(isOpen),
    text: PARTS.map(({ part, label }) => `${label} ${hours(row[part])}`).join(', '),
    figures: isOpen ? figuresOf(row) : [],
  };
}

function figuresOf(row: BalanceRow) {
  const { potentialRange, isNoise, ofTarget: of } = row;
  const between = potentialRange ? filled(texts.to, percent(potentialRange.low), percent(potentialRange.high)) : '';
  return [
    ...PARTS.map(({ part, label }) => ({ label: filled(texts.hours, label), value: hours(row[part]) })),
    {
      label: texts.allTogetherOfTheHoursThereAre,
      value: filled(texts.of, hours(row.workloadHours), hours(row.capacityHours)),
    },
    { label: texts.onTheRoad, value: percent(row.travelShare) },
    {
      label: texts.marketPotentialOfTarget,
      value: `${usd(row.potentialUsd)}, ${ofTarget(of.potentialUsd)}${between}${isNoise ? ` ${texts.tooCloseToCall}` : ''}`,
    },
    { label: texts.salesOfTarget, value: `${usd(row.salesUsd)}, ${ofTarget(of.salesUsd)}` },
    { label: texts.headroomOfTarget, value: `${usd(row.headroomUsd)}, ${ofTarget(of.headroomUsd)}` },
    { label: texts.providersOfTarget, value: `${count(row.providers)}, ${ofTarget(of.providers)}` },
    { label: texts.proceduresOfTarget, value: `${count(row.procedures)}, ${ofTarget(of.procedures)}` },
    {
      label: texts.potentialForADollarOfQuotaAgainst,
      value: row.quotaFairness === null ? texts.noQuotaEntered : percent(row.quotaFairness),
    },
  ];
}
