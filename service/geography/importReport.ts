import { createHash } from 'node:crypto';

/** Shapes or rows that share a reason. */
export interface Reason {
  reason: string;
  rows: number;
  /** Numbers of the first of them in the file, from 1 (a table's header is line 1). */
  lines: number[];
  /** Their ZIPs, where they have one. */
  zips: string[];
}

/** What became of every shape or row of a file; the same form as a claims import. */
export interface GeographyReport {
  readonly id: string;
  readonly file: string;
  readonly layout: 'shapes' | 'gazetteer' | 'zip_to_zcta' | 'zip_to_county';
  readonly layoutName: string;
  readonly sha256: string;
  readonly importedAt: string;
  /** Year of the Census boundaries, by the names of the columns; null where they do not tell. */
  readonly vintage: string | null;
  /** Shapes or data rows = kept + set aside. */
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsSetAside: number;
  readonly setAside: Reason[];
  readonly repaired: Reason[];
  /** ZIPs by state. */
  readonly states: Record<string, number>;
  /** Where the ZIPs were read from. */
  readonly zipProperty: string;
  /** ZIPs that several counties share; null for other files. */
  readonly ambiguous: number | null;
  readonly warnings: string[];
  /** True where the very same file was imported before: it is in use again. */
  readonly alreadyThere: boolean;
}

/** Shapes or lines named in a report for each reason. */
const SHOWN = 20;

/** Counts by reason in the order of first appearance. */
export class Tally {
  private readonly found = new Map<string, { rows: number; lines: number[]; zips: string[] }>();

  add(reason: string, line: number, zip?: string): void {
    const entry = this.found.get(reason) ?? { rows: 0, lines: [], zips: [] };
    entry.rows++;
    if (entry.lines.length < SHOWN) entry.lines.push(line);
    if (zip !== undefined && entry.zips.length < SHOWN) entry.zips.push(zip);
    this.found.set(reason, entry);
  }

  get rows(): number {
    return [...this.found.values()].reduce((sum, { rows }) => sum + rows, 0);
  }

  reasons(): Reason[] {
    return [...this.found].map(([reason, entry]) => ({ reason, ...entry }));
  }
}

/** The report as lines for people. */
export function toldReport(report: GeographyReport): string {
  const of = ({ rows, reason, lines, zips }: Reason) => {
    const which = zips.length > 0 ? zips.slice(0, 5).join(', ') : `line ${lines.slice(0, 5).join(', ')}`;
    return `${rows}: ${reason} (${which}${rows > 5 ? ', …' : ''})\n`;
  };
  const what = report.layout === 'shapes' ? 'shapes' : 'rows';
  const states = Object.entries(report.states).map(([state, zips]) => `${state} ${zips}`);
  return [
    `${report.file}: ${report.layoutName}, ${report.rowsRead} ${what} read = ${report.rowsKept} kept + ${report.rowsSetAside} set aside`,
    report.alreadyThere ? ' (imported before; it is in use again)\n' : '\n',
    ...report.setAside.map((reason) => `  set aside ${of(reason)}`),
    ...report.repaired.map((reason) => `  put right ${of(reason)}`),
    `  ZIPs by state: ${states.join(', ') || 'none'}. Read from "${report.zipProperty}"; boundaries of ${report.vintage ?? 'a year that is not stated'}.\n`,
    ...(report.ambiguous === null ? [] : [`  ${report.ambiguous} ZIPs lie in several counties.\n`]),
    ...report.warnings.map((warning) => `  note: ${warning}\n`),
  ].join('');
}

/** Which file was read when; its id is the same for the same bytes read in the same way. */
export type ImportSource = Pick<GeographyReport, 'id' | 'file' | 'sha256' | 'importedAt'>;

/** @param options.more - what else decides how the bytes are read */
export function sourceOf(
  bytes: Buffer,
  { kind, name, more, now }: { kind: string; name: string; more: string; now: Date },
): ImportSource {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const id = createHash('sha256').update(`${kind} ${sha256} ${more}`).digest('hex').slice(0, 16);
  return { id, file: name, sha256, importedAt: now.toISOString() };
}
