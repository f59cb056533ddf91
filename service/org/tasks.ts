import type { UserId } from '../core/ids.ts';
import type { OrgConnection } from './connection.ts';
import { text } from './read.ts';
import { soql } from './soql.ts';
import { writeRecords, type RowOutcome } from './writes.ts';

/** Something that a user should look at. The subject is its own, so that a repeat meets itself. */
export interface NewTask {
  ownerId: UserId;
  subject: string;
  description: string;
  /** ISO date. */
  day: string;
}

export class OrgTasks {
  readonly #connection: OrgConnection;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** Creates the tasks that are not there yet; a task with the same subject and owner counts as done. At most 200. */
  async createTasks(tasks: readonly NewTask[]): Promise<RowOutcome[]> {
    if (tasks.length === 0) return [];
    const there = await this.#connection.query(
      soql`SELECT Id, OwnerId, Subject FROM Task WHERE Subject IN ${tasks.map(({ subject }) => subject)}`,
    );
    const known = new Map(there.map((row) => [`${text(row, 'OwnerId')} ${text(row, 'Subject')}`, text(row, 'Id')]));
    const missing = tasks.filter(({ ownerId, subject }) => !known.has(`${ownerId} ${subject}`));
    const made = await writeRecords(this.#connection, {
      kind: 'create',
      records: missing.map(({ ownerId, subject, description, day }) => ({
        attributes: { type: 'Task' },
        OwnerId: ownerId,
        Subject: subject,
        Description: description,
        ActivityDate: day,
      })),
    });
    return tasks.map((task) => {
      const at = missing.indexOf(task);
      if (at >= 0) return made[at]!;
      return { ok: true, id: known.get(`${task.ownerId} ${task.subject}`) ?? null, already: true };
    });
  }
}
