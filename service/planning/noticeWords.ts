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

interface RepChange {
  readonly repId: string;
  readonly planName: string;
  readonly effectiveOn: string | null;
  readonly changes: readonly AccountChange[];
  /** Accounts that the rep may see; others are counted and not named. */
  readonly readable: ReadonlySet<string>;
  readonly managers: readonly string[];
}

/** What a plan changes for one rep, in one message. */
export function changeMessage({ repId, planName, effectiveOn, changes, readable, managers }: RepChange): string {
  const lost = changes.filter(({ from, to }) => from?.repId === repId && to?.repId !== repId);
  const gained = changes.filter(({ from, to }) => to?.repId === repId && from?.repId !== repId);
  const when = effectiveOn === null ? 'Its date is not set yet.' : `It is live from ${dayWords(effectiveOn)} on.`;
  const who = managers.length === 0 ? 'Sales Ops' : managers.join(' or ');
  return [
    `The territory plan "${planName}" changes what you work. ${when} Nothing has changed in Salesforce yet.`,
    ...side(gained, readable, 'get', 'from'),
    ...side(lost, readable, 'hand over', 'to'),
    `Your page says why. If something is wrong, say so there; it goes to ${who}.`,
  ].join('\n');
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
