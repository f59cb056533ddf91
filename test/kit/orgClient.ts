import { Connection } from 'jsforce';
import type { LocalOrg } from '../../service/local/org/org.ts';

/** An unmodified jsforce client of the stand-in org; with a user id, in a session of that user. */
export function connect(org: LocalOrg, userId?: string): Connection {
  const accessToken = userId ?? 'secret';
  if (userId !== undefined) org.addToken(userId, userId);
  return new Connection({ instanceUrl: org.url, accessToken, version: '66.0' });
}

export interface OrgFailure {
  errorCode?: string;
  message: string;
}

/** What the work was refused with; message "none" when it was done. */
export const failure = (work: PromiseLike<unknown>): Promise<OrgFailure> =>
  Promise.resolve(work).then(
    () => ({ message: 'none' }),
    (error: OrgFailure) => error,
  );

/** "CODE: message" of a refused work, "none" when it was done. */
export const refusal = async (work: PromiseLike<unknown>): Promise<string> => {
  const { errorCode, message } = await failure(work);
  return errorCode ? `${errorCode}: ${message.replace(`${errorCode}: `, '')}` : message;
};

/** Rows of a query without their attributes. */
export async function rows(conn: Connection, soql: string): Promise<Record<string, unknown>[]> {
  const { records } = await conn.query<Record<string, unknown>>(soql);
  return records.map(({ attributes: _attributes, ...row }) => row);
}

/** One query's first column as texts, in the order of the rows. */
export async function column(conn: Connection, soql: string): Promise<string[]> {
  return (await rows(conn, soql)).map((row) => String(Object.values(row)[0]));
}
