import type { RecordId, UserId } from '../core/ids.ts';
import { chunked } from './among.ts';
import type { CrmRecord, OrgConnection } from './connection.ts';
import { requiredId, text } from './read.ts';
import { soql } from './soql.ts';
import { writeRecords, type RowOutcome } from './writes.ts';

/** Something that a user should look at. The subject is its own, so that a repeat meets itself. */
export interface NewTask {
  ownerId: UserId;
  subject: string;
  description: string;
  /** ISO date. */
  day: string;
  /** The record that it is about. */
  whatId?: RecordId;
}

/** A subject has up to 255 signs of up to nine bytes in an address, which holds 16 KB. */
const SUBJECTS_PER_QUERY = 6;

/** Ids of 18 characters in an address of 16 KB. */
const TASKS_PER_QUERY = 200;

export class OrgTasks {
  readonly #connection: OrgConnection;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** Which of these tasks are done; one that is gone is not among the answers. */
  async tasksDone(ids: readonly RecordId[]): Promise<Map<RecordId, boolean>> {
    const done = new Map<RecordId, boolean>();
    for (const some of chunked([...ids], TASKS_PER_QUERY))
      for (const row of await this.#connection.query(soql`SELECT Id, IsClosed FROM Task WHERE Id IN ${some}`))
        done.set(requiredId(row), row['IsClosed'] === true);
    return done;
  }

  /** Creates the tasks that are not there yet; a task with the same subject and owner counts as done. At most 200. */
  async createTasks(tasks: readonly NewTask[]): Promise<RowOutcome[]> {
    if (tasks.length === 0) return [];
    const there: CrmRecord[] = [];
    for (const some of chunked(
      tasks.map(({ subject }) => subject),
      SUBJECTS_PER_QUERY,
    ))
      there.push(
        ...(await this.#connection.query(soql`SELECT Id, OwnerId, Subject FROM Task WHERE Subject IN ${some}`)),
      );
    const known = new Map(there.map((row) => [`${text(row, 'OwnerId')} ${text(row, 'Subject')}`, text(row, 'Id')]));
    const missing = tasks.filter(({ ownerId, subject }) => !known.has(`${ownerId} ${subject}`));
    const made = await writeRecords(this.#connection, {
      kind: 'create',
      records: missing.map(({ ownerId, subject, description, day, whatId }) => ({
        attributes: { type: 'Task' },
        OwnerId: ownerId,
        Subject: subject,
        Description: description,
        ActivityDate: day,
        ...(whatId === undefined ? {} : { WhatId: whatId }),
      })),
    });
    return tasks.map((task) => {
      const at = missing.indexOf(task);
      if (at >= 0) return made[at]!;
      return { ok: true, id: known.get(`${task.ownerId} ${task.subject}`) ?? null, already: true };
    });
  }
}
