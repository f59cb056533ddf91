import type { AccountChange } from './lifePorts.ts';

/** Names in one message; the rest is counted. */
const MOST_NAMES = 12;
/** A subject in Salesforce has at most 255 characters. */
const MOST_SUBJECT = 255;

const accountsWord = (n: number): string => (n === 1 ? '1 account' : `${n} accounts`);

/** A day as people read it. */
export function dayWords(iso: string): string {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number);
  const names = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']; // prettier-ignore
  return `${day} ${names[month - 1] ?? ''} ${year}`;
}

/** The tag makes it a subject of its own, so that a repeat after a crash meets itself. */
export const subjectOf = (text: string, id: string): string => {
  const tag = ` [${id.slice(0, 8)}]`;
  return `${text.slice(0, MOST_SUBJECT - tag.length)}${tag}`;
};

function side(changes: readonly AccountChange[], known: ReadonlySet<string>, verb: string, other: 'from' | 'to') {
  if (changes.length === 0) return [];
  const groups = Map.groupBy(changes, (change) => {
    const end = change[other];
    return end === null ? 'no territory' : `${end.name}${end.repName === null ? '' : ` (${end.repName})`}`;
  });
  return [...groups].map(([name, list]) => {
    const names = list.filter(({ accountId }) => known.has(accountId)).map(({ accountName }) => accountName);
    const shown = names.slice(0, MOST_NAMES).join(', ');
    const more = list.length - Math.min(names.length, MOST_NAMES);
    const told = shown === '' ? '' : `: ${shown}${more > 0 ? ` and ${more} more` : ''}`;
    return `You ${verb} ${accountsWord(list.length)} ${other} ${name}${told}.`;
  });
}

/** Whether Salesforce has it already, by whom and since which day, or from when it will. */
export type Told = { readonly effectiveOn: string | null } | { readonly publishedBy: string; readonly on: string };

interface RepChange {
  readonly repId: string;
  readonly planName: string;
  readonly told: Told;
  readonly changes: readonly AccountChange[];
  /** Accounts that the rep may see; others are counted and not named. */
  readonly readable: ReadonlySet<string>;
  readonly managers: readonly string[];
}

/** What a plan changes for one rep, in one message. */
export function changeMessage({ repId, planName, told, changes, readable, managers }: RepChange): string {
  const lost = changes.filter(({ from, to }) => from?.repId === repId && to?.repId !== repId);
  const gained = changes.filter(({ from, to }) => to?.repId === repId && from?.repId !== repId);
  const who = managers.length === 0 ? 'Sales Ops' : managers.join(' or ');
  return [
    opening(told, planOf(planName, changes, readable)),
    ...side(gained, readable, 'get', 'from'),
    ...side(lost, readable, 'hand over', 'to'),
    `Your page says why. If something is wrong, say so there; it goes to ${who}.`,
  ].join('\n');
}

function opening(told: Told, plan: string): string {
  if ('on' in told)
    return `${plan} has changed what you work. ${told.publishedBy} published it on ${dayWords(told.on)}: Salesforce has it already.`;
  const { effectiveOn } = told;
  const when = effectiveOn === null ? 'Its date is not set yet.' : `It is live from ${dayWords(effectiveOn)} on.`;
  return `${plan} changes what you work. ${when} Nothing has changed in Salesforce yet.`;
}

/** What one message says it is about. A reassignment is called after its account, which not everybody may see. */
const planOf = (name: string, changes: readonly AccountChange[], readable: ReadonlySet<string>): string =>
  namesUnseen(name, changes, readable) ? 'A reassignment' : `The territory plan "${name}"`;

const namesUnseen = (name: string, changes: readonly AccountChange[], readable: ReadonlySet<string>): boolean =>
  changes.some(({ accountId, accountName }) => !readable.has(accountId) && name.includes(accountName));

/** The line that she reads in her list. */
export function changeSubject({ planName, told, changes, readable }: Omit<RepChange, 'repId' | 'managers'>): string {
  const plan = namesUnseen(planName, changes, readable) ? 'a reassignment' : `"${planName}"`;
  if ('on' in told) return `Bailiwick: your accounts have changed with ${plan}`;
  return `Bailiwick: your accounts change with ${plan}${told.effectiveOn === null ? '' : ` on ${dayWords(told.effectiveOn)}`}`;
}

/** Reps whose accounts change, each with her changes. */
export function changesByRep(
  changes: readonly AccountChange[],
): Map<string, { name: string; changes: AccountChange[] }> {
  // prettier-ignore
  const reps = new Map<string, { name: string; changes: AccountChange[] }>();
  for (const change of changes)
    for (const end of [change.from, change.to])
      if (end?.repId != null && change.from?.repId !== change.to?.repId) {
        const rep = reps.get(end.repId) ?? { name: end.repName ?? end.repId, changes: [] };
        rep.changes.push(change);
        reps.set(end.repId, rep);
      }
  return reps;
}
