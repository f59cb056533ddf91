import { filled, plural } from 'c/bailiwick';
import type { PublishOptions } from 'c/bailiwick';
import { texts } from './texts';

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
  if (part === null) return texts.theWholePlan;
  const names = territories.filter(({ value }) => part.territoryIds.includes(value)).map(({ label }) => label);
  const shown = names.length > 3 ? [plural(names.length, texts.territory)] : names;
  return filled(texts.only, [...shown, ...part.states].join(', '));
}

/** The chosen ways in one sentence. */
export function waysText({ associations, owners, teamRole, stampField, structure }: PublishOptions): string {
  const parts = [
    associations ? texts.eachAccountsTerritory : '',
    owners ? texts.itsOwner : '',
    teamRole === null ? '' : filled(texts.itsAccountTeam, teamRole),
    stampField === null ? '' : filled(texts.theCodeIn, stampField),
    structure ? texts.newAndRenamedTerritoriesWithTheir : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return texts.writesNothingChooseAtLeastOneWay;
  const last = parts.pop() ?? '';
  return filled(texts.writes, parts.length > 0 ? filled(texts.and, parts.join(', '), last) : last);
}
