import type { AccountId, UserId } from '../core/ids.ts';
import { chunked, IDS_PER_QUERY } from './among.ts';
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
import { parent, reference, requiredId, text } from './read.ts';
import { names, soql, type Soql } from './soql.ts';

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
