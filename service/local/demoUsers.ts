import { randomBytes } from 'node:crypto';
import type { HostRecord, HostUser } from './host/startHost.ts';
import type { LocalOrg } from './org/org.ts';
import type { WrittenSample } from './sample/writeSample.ts';

export type DemoUser = HostUser;

/** Whom the page can be shown as: a Territory Admin first, then Sales Ops, a rep and her neighbour, a regional manager. */
export function demoUsers(sample: WrittenSample): HostUser[] {
  const rows = new Map((sample.records()['User'] ?? []).map((row) => [String(row['Id']), row]));
  const { users } = sample.planted;
  const user = (id: string, role: HostUser['role']): HostUser => {
    const row = rows.get(id) ?? {};
    return { id, role, name: `${row['FirstName']} ${row['LastName']}`, title: String(row['Title'] ?? '') };
  };
  return [
    user(users.admin, 'admin'),
    user(users.salesOps, 'salesOps'),
    user(users.rep, 'rep'),
    user(users.neighborRep, 'rep'),
    user(users.manager, 'admin'),
  ];
}

const OBJECTS: Readonly<Record<string, string>> = {
  '001': 'Account',
  '003': 'Contact',
  '005': 'User',
  '006': 'Opportunity',
};
const sessions = new WeakMap<LocalOrg, Map<string, string>>();

/** A record as this user may see it, read from the org in the user's own session, as Lightning Data Service does. */
export async function userRecord(org: LocalOrg, userId: string, id: string): Promise<HostRecord | null> {
  const apiName = OBJECTS[id.slice(0, 3)];
  if (!apiName || !/^\w{15,18}$/.test(id)) return null;
  const response = await fetch(`${org.url}/services/data/v66.0/sobjects/${apiName}/${id}`, {
    headers: { authorization: `Bearer ${sessionOf(org, userId)}` },
  });
  if (!response.ok) return null;
  const { attributes: _, ...fields } = (await response.json()) as Record<string, unknown>;
  return { apiName, fields };
}

function sessionOf(org: LocalOrg, userId: string): string {
  const known = sessions.get(org) ?? new Map<string, string>();
  sessions.set(org, known);
  const token = known.get(userId) ?? randomBytes(18).toString('base64url');
  if (!known.has(userId)) {
    org.addToken(token, userId);
    known.set(userId, token);
  }
  return token;
}
