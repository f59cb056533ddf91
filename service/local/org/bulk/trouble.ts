import { SalesforceError } from '../errors.ts';
import { seeded, type JobFault } from '../faults.ts';

/** What a job does next when trouble was ordered for it. */
export type Turn = 'goOn' | 'fail' | 'abort' | 'stall' | 'revoke';

/** Ordered trouble of one job, looked at before every 200 rows. */
export class JobTrouble {
  readonly #fault: JobFault | undefined;
  readonly #chance: () => number;
  #isDone = false;

  constructor(fault: JobFault | undefined) {
    this.#fault = fault;
    this.#chance = seeded(fault?.seed ?? 1);
  }

  get message(): string {
    return this.#fault?.message ?? 'InternalServerError : Too many attempts';
  }

  /** Sessions end once; everything else ends the work. */
  turn(rowsDone: number): Turn {
    const fault = this.#fault;
    if (!fault || fault.act === 'lock' || this.#isDone || rowsDone < (fault.afterRows ?? 0)) return 'goOn';
    this.#isDone = true;
    return fault.act;
  }

  /** @throws UNABLE_TO_LOCK_ROW for the ordered share of the rows */
  requireRow(): void {
    if (this.#fault?.act !== 'lock' || this.#chance() >= (this.#fault.rowShare ?? 1)) return;
    throw new SalesforceError(
      'UNABLE_TO_LOCK_ROW',
      this.#fault.message ?? 'unable to obtain exclusive access to this record',
    );
  }
}
