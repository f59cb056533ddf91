import { count, percent } from 'c/bailiwick';

interface Reason {
  reason: string;
  rows: number;
}

/** What an import says of itself. */
export interface ImportReport {
  id: string;
  file: string;
  layoutName: string;
  period: string;
  rowsRead: number;
  rowsKept: number;
  rowsSetAside: number;
  setAside: Reason[];
  repaired: Reason[];
  cells: number;
  guarded: { cells: number; below: number };
  warnings: string[];
  alreadyThere: boolean;
}

/** The report in short sentences: what it is, where its rows went, what was repaired or guarded. */
export function importLines(report: ImportReport): string[] {
  const { guarded, cells } = report;
  return [
    `${report.layoutName}, ${report.period}`,
    ...(report.alreadyThere ? ['This very file was loaded before; nothing was done.'] : []),
    `${count(report.rowsRead)} rows read, ${count(report.rowsKept)} kept, ${count(report.rowsSetAside)} set aside`,
    ...report.setAside.map(({ reason, rows }) => `${count(rows)} set aside: ${reason}`),
    ...report.repaired.map(({ reason, rows }) => `${count(rows)} repaired: ${reason}`),
    ...(guarded.cells > 0
      ? [`${percent(guarded.cells / cells)} of counts under ${guarded.below}, kept as estimates`]
      : []),
    ...report.warnings,
  ];
}
