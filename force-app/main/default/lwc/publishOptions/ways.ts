import { plural } from 'c/bailiwick';
import type { PublishOptions } from 'c/bailiwick';

/** What people expect: territory and owner together, deals stay. 200 is what one request of Salesforce takes. */
export const DEFAULTS: PublishOptions = {
  associations: true,
  owners: true,
  teamRole: null,
  stampField: null,
  runRules: true,
  structure: true,
  deals: 'stay',
  dealStage: null,
  batchSize: 200,
  part: null,
};

export function partOf(territoryIds: readonly string[], states: readonly string[]): PublishOptions['part'] {
  return territoryIds.length + states.length > 0 ? { territoryIds: [...territoryIds], states: [...states] } : null;
}

export function partText(
  part: PublishOptions['part'],
  territories: readonly { label: string; value: string }[],
): string {
  if (part === null) return 'The whole plan';
  const names = territories.filter(({ value }) => part.territoryIds.includes(value)).map(({ label }) => label);
  const shown = names.length > 3 ? [plural(names.length, 'territory', 'territories')] : names;
  return `Only ${[...shown, ...part.states].join(', ')}`;
}

/** The chosen ways in one sentence. */
export function waysText({ associations, owners, teamRole, stampField, structure }: PublishOptions): string {
  const parts = [
    associations ? 'each account’s territory' : '',
    owners ? 'its owner' : '',
    teamRole === null ? '' : `its account team (${teamRole})`,
    stampField === null ? '' : `the code in ${stampField}`,
    structure ? 'new and renamed territories with their reps' : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return 'Writes nothing: choose at least one way.';
  const last = parts.pop() ?? '';
  return `Writes ${parts.length > 0 ? `${parts.join(', ')} and ${last}` : last}.`;
}
