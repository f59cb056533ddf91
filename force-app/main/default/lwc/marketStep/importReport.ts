import { count } from 'c/bailiwick';

/** What an import says of itself; names of the counts may grow, so anything numeric is shown. */
export interface ImportReport {
  read?: number;
  kept?: number;
  setAside?: number;
  reasons?: { reason: string; rows: number }[];
  [name: string]: unknown;
}

/** The report in short sentences, the sum first, then where the other rows went. */
export function importLines({ read, kept, setAside, reasons = [] }: ImportReport): string[] {
  const lines: string[] = [];
  if (read !== undefined) lines.push(`${count(read)} rows read`);
  if (kept !== undefined) lines.push(`${count(kept)} rows kept`);
  if (setAside !== undefined) lines.push(`${count(setAside)} rows set aside`);
  return [...lines, ...reasons.map(({ reason, rows }) => `${count(rows)}: ${reason}`)];
}
