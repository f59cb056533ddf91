import { seeded } from '../../../core/random.ts';

/** What goes wrong with one job, and after how many rows. */
export interface JobTrouble {
  /** fail, abort: the job ends so. stall: it stays InProgress. revoke: all sessions end. lock: rows cannot be locked. */
  act: 'fail' | 'abort' | 'stall' | 'revoke' | 'lock';
  /** Rows that are done before it happens; 0 when absent. */
  afterRows?: number;
  /** Of the rows, for `lock`; 1 when absent. */
  rowShare?: number;
  seed?: number;
  message?: string;
}

export const TROUBLE_TEXT = 'InternalServerError : An unexpected error occurred while the job was processed.';

/** The trouble of one run of a job; happens once. */
export class Trouble {
  #order: JobTrouble | undefined;
  /** Whether the next row is held by another transaction. */
  readonly isLocked: () => boolean;

  constructor(order: JobTrouble | undefined) {
    this.#order = order?.act === 'lock' ? undefined : order;
    const random = seeded(order?.seed ?? 1);
    const share = order?.act === 'lock' ? (order.rowShare ?? 1) : 0;
    this.isLocked = () => share > 0 && random() < share;
  }

  /** What happens now that so many rows are done; undefined = nothing. */
  at(rows: number): JobTrouble | undefined {
    const order = this.#order;
    if (!order || rows < (order.afterRows ?? 0)) return undefined;
    this.#order = undefined;
    return order;
  }

  /** How many more rows may be done before something happens. */
  rowsUntil(rows: number): number {
    return this.#order ? Math.max(0, (this.#order.afterRows ?? 0) - rows) : Number.POSITIVE_INFINITY;
  }
}
