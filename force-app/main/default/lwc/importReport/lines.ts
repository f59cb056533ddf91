import { count, percent } from 'c/bailiwick';
import type { ImportReport } from 'c/bailiwick';

/** The report in short sentences: what it is, where its rows went, what was done to the file, what is guarded. */
export function importLines(report: ImportReport): string[] {
  const { guarded, cells = 0, layoutName, period } = report;
  return [
    ...(layoutName === undefined ? [] : [period === undefined ? layoutName : `${layoutName}, ${period}`]),
    ...(report.alreadyThere ? ['This very file was loaded before; nothing was done.'] : []),
    `${count(report.rowsRead)} rows read, ${count(report.rowsKept)} kept, ${count(report.rowsSetAside)} set aside`,
    ...(report.notes ?? []),
    ...(guarded && guarded.cells > 0
      ? [`${percent(guarded.cells / cells)} of counts under ${guarded.below}, kept as estimates`]
      : []),
    ...((report.unusedColumns ?? []).length > 0
      ? [`Columns not used: ${(report.unusedColumns ?? []).join(', ')}`]
      : []),
  ];
}

/** Reasons as rows of a table, with the first lines of the file where each is found. */
export function reasonRows(
  report: ImportReport,
): { key: string; what: string; reason: string; rows: string; lines: string }[] {
  const row = (what: string) => (one: ImportReport['setAside'][number]) => ({
    key: `${what} ${one.reason}`,
    what,
    reason: one.reason,
    rows: count(one.rows),
    lines: (one.lines ?? []).slice(0, 5).map(String).join(', ') + (one.rows > 5 && one.lines ? ', …' : ''),
  });
  return [...report.setAside.map(row('Set aside')), ...report.repaired.map(row('Put right'))];
}
