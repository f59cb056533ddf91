import type { ZipSheet, SheetRow } from '../core/zipSheet.ts';
import type { SmallTable } from './smallTable.ts';
import type { Source } from './source.ts';

interface Reason {
  readonly reason: string;
  readonly rows: number;
  readonly lines: readonly number[];
}

/** Where every row of a ZIP sheet went, in the shape of every import's report. */
export interface SheetReport {
  readonly id: string;
  readonly file: string;
  readonly layoutName: string;
  readonly sha256: string;
  readonly importedAt: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsSetAside: number;
  readonly setAside: readonly Reason[];
  readonly repaired: readonly Reason[];
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly alreadyThere: false;
}

/** Lines named for each reason. */
const LINES_SHOWN = 20;
export const MAX_SHEET_ROWS = 250_000;

export function sheetReport(
  sheet: ZipSheet,
  { source, table, now, warnings }: { source: Source; table: SmallTable; now: Date; warnings: readonly string[] },
): SheetReport {
  const setAside = [...sheet.setAside, ...table.broken];
  const rowsRead = sheet.rowsRead + table.broken.length;
  return {
    id: source.sha256,
    file: source.name,
    layoutName: 'ZIP-to-territory sheet',
    sha256: source.sha256,
    importedAt: now.toISOString(),
    rowsRead,
    rowsKept: rowsRead - setAside.length,
    rowsSetAside: setAside.length,
    setAside: reasons(setAside),
    repaired: reasons(sheet.repaired),
    notes: source.notes,
    warnings,
    alreadyThere: false,
  };
}

function reasons(rows: readonly SheetRow[]): Reason[] {
  return [...Map.groupBy(rows, ({ reason }) => reason)].map(([reason, group]) => ({
    reason,
    rows: group.length,
    lines: group.map(({ line }) => line).sort((a, b) => a - b).slice(0, LINES_SHOWN), // prettier-ignore
  }));
}
