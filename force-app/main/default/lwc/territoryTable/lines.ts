import { count, filled, percent, usd } from 'c/bailiwick';
import type { TerritoryRow } from 'c/bailiwick';
import { texts } from './texts';

const [WORK_RANGE, POTENTIAL_RANGE] = [0.1, 0.15];

export type Filter = 'all' | 'off' | 'over' | 'vacant' | 'locked';
export const FILTERS: readonly { value: Filter; label: string }[] = [
  { value: 'all', label: texts.all },
  { value: 'off', label: texts.offTarget },
  { value: 'over', label: texts.over115OfHours },
  { value: 'vacant', label: texts.withoutARep },
  { value: 'locked', label: texts.locked },
];

const PASSES: Readonly<Record<Filter, (row: TerritoryRow) => boolean>> = {
  all: () => true,
  off: (row) => Math.abs(row.workloadDeviation) > WORK_RANGE || Math.abs(row.potentialDeviation) > POTENTIAL_RANGE,
  over: (row) => row.utilization > 1.15,
  vacant: (row) => row.rep === '',
  locked: (row) => row.isLocked,
};

export const COLUMNS: readonly { key: keyof TerritoryRow; label: string; isNumber: boolean }[] = [
  { key: 'name', label: texts.territory, isNumber: false },
  { key: 'region', label: texts.region, isNumber: false },
  { key: 'rep', label: texts.rep, isNumber: false },
  { key: 'targetShare', label: texts.target, isNumber: true },
  { key: 'units', label: texts.zips, isNumber: true },
  { key: 'accounts', label: texts.accounts, isNumber: true },
  { key: 'potentialUsd', label: texts.potential, isNumber: true },
  { key: 'potentialDeviation', label: texts.potential2, isNumber: true },
  { key: 'workloadHours', label: texts.hours, isNumber: true },
  { key: 'workloadDeviation', label: texts.hours2, isNumber: true },
  { key: 'utilization', label: texts.used, isNumber: true },
];

export function filtered(rows: readonly TerritoryRow[], filter: Filter, words: string): TerritoryRow[] {
  const wanted = words.trim().toLowerCase();
  return rows.filter(
    (row) => PASSES[filter](row) && `${row.name} ${row.rep} ${row.region}`.toLowerCase().includes(wanted),
  );
}

/** Figures of one row, or of a region, as they are read. */
export function figures(row: Omit<TerritoryRow, 'index' | 'repId' | 'isLocked' | 'canEdit'>) {
  const isOff = (deviation: number, range: number) => (Math.abs(deviation) > range ? 'number off' : 'number');
  return {
    units: count(row.units),
    accounts: count(row.accounts),
    potential: usd(row.potentialUsd),
    potentialOf: percent(1 + row.potentialDeviation),
    potentialLook: isOff(row.potentialDeviation, POTENTIAL_RANGE),
    hours: count(row.workloadHours),
    workOf: percent(1 + row.workloadDeviation),
    workLook: isOff(row.workloadDeviation, WORK_RANGE),
    used: percent(row.utilization),
    target: percent(row.targetShare),
  };
}

/** The sum of a region: what it holds against what its territories together should hold. */
export function rollUp(region: string, rows: readonly TerritoryRow[]) {
  const sum = (value: (row: TerritoryRow) => number) => rows.reduce((total, row) => total + value(row), 0);
  const ofTarget = (value: (row: TerritoryRow) => number, deviation: (row: TerritoryRow) => number) => {
    const target = sum((row) => value(row) / (1 + deviation(row) || 1));
    return target > 0 ? sum(value) / target - 1 : 0;
  };
  const hours = (row: TerritoryRow) => row.workloadHours;
  const capacity = sum((row) => (row.utilization > 0 ? row.workloadHours / row.utilization : 0));
  return {
    name: region || texts.noRegion,
    region: '',
    rep: filled(texts.territories, rows.length),
    units: sum((row) => row.units),
    accounts: sum((row) => row.accounts),
    potentialUsd: sum((row) => row.potentialUsd),
    salesUsd: sum((row) => row.salesUsd),
    workloadHours: sum(hours),
    travelHours: sum((row) => row.travelHours),
    utilization: capacity > 0 ? sum(hours) / capacity : 0,
    workloadDeviation: ofTarget(hours, (row) => row.workloadDeviation),
    potentialDeviation: ofTarget(
      (row) => row.potentialUsd,
      (row) => row.potentialDeviation,
    ),
    targetShare: sum((row) => row.targetShare),
  };
}
