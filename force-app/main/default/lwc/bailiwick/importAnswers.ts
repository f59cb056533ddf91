interface Reason {
  reason: string;
  rows: number;
  lines?: number[];
}

/** What an import says of itself, whatever kind of file it was. */
export interface ImportReport {
  id: string;
  file: string;
  layoutName?: string;
  period?: string;
  importedAt: string;
  rowsRead: number;
  rowsKept: number;
  rowsSetAside: number;
  setAside: Reason[];
  repaired: Reason[];
  cells?: number;
  guarded?: { cells: number; below: number };
  columns?: { field: string; column: string }[];
  unusedColumns?: string[];
  notes?: string[];
  warnings: string[];
  alreadyThere: boolean;
}

export interface ListedImport extends ImportReport {
  countedBy: string[];
}

/** What the service asks of a file whose columns it does not know. */
export interface MappingQuestion {
  columns: { column: string; samples: string[] }[];
  fields: { field: string; label: string }[];
  guess: { field: string; column: string; confidence: number }[];
  /** Of each list one field is needed. */
  needed: string[][];
}

/** What somebody says of a file beside its bytes. */
export interface ImportWishes {
  columns?: Record<string, string>;
  constants?: Record<string, string>;
  saveAs?: string;
  period?: string;
  /** Counts from 1 to below this one are kept as `imputed` only. */
  below?: number;
  imputed?: number;
}

export interface FileKind {
  kind: string;
  label: string;
  about: string;
}

/** A file on its way: sent in parts, then imported. */
export interface ImportJob {
  id: string;
  kind: string;
  name: string;
  bytes: number;
  received: number;
  state: 'receiving' | 'importing' | 'done' | 'refused' | 'cancelled';
  doing: { phase: string; share: number } | null;
  report: ImportReport | null;
  error: { code: string; message: string; action: string | null; details: unknown } | null;
}
