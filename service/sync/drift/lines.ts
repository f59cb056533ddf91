import type { AccountDrift, TerritoryDrift } from '../../core/crmDrift.ts';
import type { AccountId, RecordId, TerritoryId } from '../../core/ids.ts';
import { KINDS, type DriftAction, type DriftKind } from './kinds.ts';
import type { Beside } from './read.ts';

/** One difference, as a screen shows it and as an action needs it. */
export interface DriftLine {
  readonly key: string;
  readonly kind: DriftKind;
  readonly accountId: AccountId | null;
  readonly accountName: string | null;
  readonly zip: string | null;
  readonly plan: string | null;
  readonly crm: string | null;
  readonly sentence: string;
  readonly byName: string | null;
  readonly at: string | null;
  readonly actions: DriftAction[];
  /** For the actions only; no screen gets it. */
  readonly record: { readonly rowId: RecordId | null; readonly territoryId: TerritoryId | null };
}

type Territories = Beside['territories'];

const nameIn = (territories: Territories, id: TerritoryId | null): string | null =>
  id === null ? null : (territories.get(id)?.name ?? id);

export function lineOfAccount(found: AccountDrift, beside: Beside): DriftLine {
  const { kind, accountId, rowId } = found;
  const wish = beside.wishes.get(accountId);
  const row = rowId === null ? undefined : (beside.rows.get(rowId) ?? beside.deleted.get(rowId));
  const plan = nameIn(beside.territories, found.planned);
  const owner = kind === 'owner' ? (beside.owners.get(accountId)?.name ?? 'somebody else') : null;
  const crm = owner ?? nameIn(beside.territories, found.found);
  const name = wish?.accountName ?? accountId;
  const isOurs = rowId !== null && beside.ours.has(rowId);
  return {
    key: [kind, accountId, found.found ?? '-'].join(' '),
    kind,
    accountId,
    accountName: name,
    zip: wish?.zip ?? null,
    plan: kind === 'owner' ? repOf(beside.territories, found.planned) : plan,
    crm,
    sentence: sentence(found, { name, plan, crm, zip: wish?.zip ?? null }),
    byName: row?.lastModifiedById ? (beside.names.get(row.lastModifiedById)?.name ?? null) : null,
    at: row?.lastModified ?? null,
    actions: KINDS[kind].actions.filter(
      (action) => !(action === 'adopt' && isOurs) && !(action === 'putBack' && kind === 'foreignRow' && !isOurs),
    ),
    record: { rowId, territoryId: found.found },
  };
}

const repOf = (territories: Territories, id: TerritoryId | null): string | null =>
  id === null ? null : (territories.get(id)?.repName ?? null);

function sentence(
  { kind }: AccountDrift,
  { name, plan, crm, zip }: { name: string; plan: string | null; crm: string | null; zip: string | null },
): string {
  const wanted = plan ?? 'no territory';
  switch (kind) {
    case 'moved':
      return `${name} is in ${crm}; the plan says ${wanted}.`;
    case 'removed':
      return `${name} was taken out of ${wanted}.`;
    case 'ruleRow':
      return `A rule keeps ${name} in ${crm}; the plan says ${wanted}.`;
    case 'foreignRow':
      return `${name} is in ${wanted} as planned, and in ${crm} as well.`;
    case 'missing':
      return `${name} is in no territory; the plan says ${wanted}.`;
    case 'owner':
      return `${name} belongs to ${crm}, who is not the rep of ${wanted}.`;
    case 'noZip':
      return `${name} has no ZIP.`;
    case 'unknownZip':
      return `${name} has the ZIP ${zip}, which is on no map of this market.`;
  }
}

export function lineOfTerritory(found: TerritoryDrift, territories: Territories): DriftLine {
  const { kind, territoryId, plan, crm } = found;
  return {
    key: [kind, territoryId, found.userId ?? '-'].join(' '),
    kind,
    accountId: null,
    accountName: null,
    zip: null,
    plan,
    crm,
    sentence: territorySentence(found, nameIn(territories, territoryId) ?? crm ?? territoryId),
    byName: null,
    at: null,
    actions: [...KINDS[kind].actions],
    record: { rowId: null, territoryId },
  };
}

function territorySentence({ kind, plan, crm }: TerritoryDrift, name: string): string {
  switch (kind) {
    case 'member':
      if (crm === null) return `${plan} is not in ${name}, as the plan says.`;
      return `${crm} is in ${name}; the plan ${plan === null ? 'names nobody' : `says ${plan}`}.`;
    case 'inactiveMember':
      return `${crm} is inactive and still in ${name}.`;
    case 'territoryRenamed':
      return `${plan} is called ${crm} in Salesforce.`;
    case 'territoryDeleted':
      return `${plan} is not in Salesforce any more.`;
    case 'territoryAdded':
      return `${crm} is in Salesforce and not in the plan.`;
  }
}
