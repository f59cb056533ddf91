import type { AccountId, RecordId, TerritoryId, UserId } from '../core/ids.ts';
import type { CrmRecord, OrgConnection } from './connection.ts';
import {
  accountFields,
  classOf,
  firstValue,
  nameBehind,
  valueAt,
  type AccountClass,
  type CrmMapping,
} from './mapping.ts';
import type { OrgMapping } from './orgMapping.ts';
import { number, parent, reference, requiredId, text } from './read.ts';
import { names, soql, type Soql } from './soql.ts';
import { IDS_PER_QUERY } from './territories.ts';
import { chunked, writeRecords, type RowOutcome } from './writes.ts';

export interface OrgAccount {
  id: AccountId;
  name: string;
  ownerId: UserId;
  ownerName: string | null;
  /** False for a user who has left: the CRM gives nothing back to her. */
  ownerIsActive: boolean;
  parentId: AccountId | null;
  parentName: string | null;
  npi: string | null;
  ccn: string | null;
  specialty: string | null;
  kind: string | null;
  /** What the mapping's rules make of the record; null when none holds. */
  recordClass: AccountClass | null;
  salesUsd: number | null;
  street: string | null;
  city: string | null;
  state: string | null;
  /** As it stands in the CRM; `zip` is its five digits, null when it is no ZIP. */
  postalCode: string | null;
  zip: string | null;
  latitude: number | null;
  longitude: number | null;
  lastActivity: string | null;
}

export interface OpenOpportunity {
  id: RecordId;
  name: string;
  accountId: AccountId;
  ownerId: UserId;
  ownerName: string;
  stage: string;
  amountUsd: number | null;
  territoryId: TerritoryId | null;
}

/** A change to an opportunity; what is left out stays. */
export interface OpportunityChange {
  id: RecordId;
  ownerId?: UserId;
  territoryId?: TerritoryId | null;
}

const fiveDigits = (postalCode: string | null): string | null =>
  /^\s*(\d{5})(-?\d{4})?\s*$/.exec(postalCode ?? '')?.[1] ?? null;

export class OrgAccounts {
  readonly #connection: OrgConnection;
  readonly #mapping: OrgMapping;

  constructor(connection: OrgConnection, mapping: OrgMapping) {
    this.#connection = connection;
    this.#mapping = mapping;
  }

  async #select(where: Soql): Promise<{ query: Soql; mapping: CrmMapping }> {
    const mapping = await this.#mapping.mapping();
    const fields = names('Id', 'Name', 'OwnerId', 'Owner.Name', 'Owner.IsActive', ...accountFields(mapping));
    return { query: soql`SELECT ${fields} FROM Account ${where} ORDER BY Id`, mapping };
  }

  /** Every account, page by page. */
  async *accounts(): AsyncGenerator<OrgAccount[]> {
    const { query, mapping } = await this.#select(soql``);
    for await (const page of this.#connection.pages(query)) yield page.map((row) => present(row, mapping));
  }

  async accountsById(ids: readonly AccountId[]): Promise<OrgAccount[]> {
    const found: OrgAccount[] = [];
    for (const some of chunked(ids, IDS_PER_QUERY)) {
      const { query, mapping } = await this.#select(soql`WHERE Id IN ${some}`);
      for (const row of await this.#connection.query(query)) found.push(present(row, mapping));
    }
    return found;
  }

  /** Opportunities of these accounts that are neither won nor lost. */
  openOpportunities(accountIds: readonly AccountId[]): Promise<OpenOpportunity[]> {
    return this.#opportunities(accountIds, (ids) => soql`AccountId IN ${ids} AND IsClosed = false`);
  }

  /** Amounts of all open opportunities with an account, page by page; one without an amount counts nothing. */
  async openPipeline(): Promise<{ accountId: AccountId; amountUsd: number }[]> {
    const query = soql`SELECT AccountId, Amount FROM Opportunity WHERE AccountId != null AND IsClosed = false ORDER BY Id`;
    const rows = await this.#connection.query(query);
    return rows.map((row) => ({ accountId: requiredId(row, 'AccountId'), amountUsd: number(row, 'Amount') ?? 0 }));
  }

  /** Open or not; one that was deleted is missing. */
  opportunitiesById(ids: readonly RecordId[]): Promise<OpenOpportunity[]> {
    return this.#opportunities(ids, (some) => soql`Id IN ${some}`);
  }

  async #opportunities(ids: readonly RecordId[], where: (ids: RecordId[]) => Soql): Promise<OpenOpportunity[]> {
    const rows: CrmRecord[] = [];
    for (const some of chunked(ids, IDS_PER_QUERY))
      rows.push(
        ...(await this.#connection.query(
          soql`SELECT Id, Name, AccountId, OwnerId, Owner.Name, StageName, Amount, Territory2Id FROM Opportunity
               WHERE AccountId != null AND ${where(some)} ORDER BY Id`,
        )),
      );
    return rows.map((row) => ({
      id: requiredId(row),
      name: text(row, 'Name') ?? '',
      accountId: requiredId(row, 'AccountId'),
      ownerId: requiredId(row, 'OwnerId'),
      ownerName: text(parent(row, 'Owner'), 'Name') ?? '',
      stage: text(row, 'StageName') ?? '',
      amountUsd: number(row, 'Amount'),
      territoryId: reference(row, 'Territory2Id'),
    }));
  }

  /** At most 200. Territory rules stay asleep: they would undo what is being published. */
  setOwners(changes: readonly { accountId: AccountId; ownerId: UserId }[]): Promise<RowOutcome[]> {
    const records = changes.map(({ accountId, ownerId }) => ({
      attributes: { type: 'Account' },
      id: accountId,
      OwnerId: ownerId,
    }));
    return writeRecords(this.#connection, { kind: 'update', records, autoAssign: false });
  }

  /** At most 200. */
  setOpportunities(changes: readonly OpportunityChange[]): Promise<RowOutcome[]> {
    const records = changes.map(({ id, ownerId, territoryId }) => ({
      attributes: { type: 'Opportunity' },
      id,
      ...(ownerId === undefined ? {} : { OwnerId: ownerId }),
      ...(territoryId === undefined ? {} : { Territory2Id: territoryId }),
    }));
    return writeRecords(this.#connection, { kind: 'update', records });
  }
}

const CLASS_NAMES: Record<AccountClass, string> = {
  parent: 'Health system',
  facility: 'Facility',
  physician: 'Physician',
};

/** Numbers of a text field and texts of a number field: an NPI may be either. */
const told = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
const counted = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function present(row: CrmRecord, mapping: CrmMapping): OrgAccount {
  const fields = mapping.account;
  const textOf = (role: keyof typeof fields): string | null => told(firstValue(row, fields[role]));
  const numberOf = (role: keyof typeof fields): number | null => counted(firstValue(row, fields[role]));
  const postalCode = textOf('postalCode');
  const recordClass = classOf(row, mapping);
  const parentField = fields.parent.find((name) => reference(row, name) !== null);
  return {
    id: requiredId(row),
    name: text(row, 'Name') ?? '',
    ownerId: requiredId(row, 'OwnerId'),
    ownerName: text(parent(row, 'Owner'), 'Name'),
    ownerIsActive: parent(row, 'Owner')?.['IsActive'] !== false,
    parentId: parentField === undefined ? null : reference(row, parentField),
    parentName: parentField === undefined ? null : told(valueAt(row, nameBehind(parentField))),
    npi: textOf('npi'),
    ccn: textOf('ccn'),
    specialty: textOf('specialty'),
    kind: textOf('kind') ?? (recordClass && CLASS_NAMES[recordClass]),
    recordClass,
    salesUsd: numberOf('salesUsd'),
    street: textOf('street'),
    city: textOf('city'),
    state: textOf('state'),
    postalCode,
    zip: fiveDigits(postalCode),
    latitude: numberOf('latitude'),
    longitude: numberOf('longitude'),
    lastActivity: textOf('lastActivity'),
  };
}
