import { count, filled, percent } from 'c/bailiwick';
import type { ImportReport } from 'c/bailiwick';
import { texts } from './texts';

/** The report in short sentences: what it is, where its rows went, what was done to the file, what is guarded. */
export function importLines(report: ImportReport): string[] {
  const { guarded, cells = 0, layoutName, period } = report;
  return [
    ...(layoutName === undefined ? [] : [period === undefined ? layoutName : `${layoutName}, ${period}`]),
    ...(report.alreadyThere ? [texts.thisVeryFileWasLoadedBeforeNothing] : []),
    filled(texts.rowsReadKeptSetAside, count(report.rowsRead), count(report.rowsKept), count(report.rowsSetAside)),
    ...(report.notes ?? []),
    ...(guarded && guarded.cells > 0
      ? [filled(texts.ofCountsUnderKeptAsEstimates, percent(guarded.cells / cells), guarded.below)]
      : []),
    ...((report.unusedColumns ?? []).length > 0
      ? [filled(texts.columnsNotUsed, (report.unusedColumns ?? []).join(', '))]
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
  return [...report.setAside.map(row(texts.setAside)), ...report.repaired.map(row(texts.putRight))];
}
