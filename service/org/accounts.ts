import type { AccountId, UserId } from '../core/ids.ts';
import { chunked, IDS_PER_QUERY } from './among.ts';
import type { CrmRecord, OrgConnection } from './connection.ts';
import { guessMapping, type AccountMapping, type DescribedField } from './mapping.ts';
import { number, optional, parent, reference, requiredId, text } from './read.ts';
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
  #mapping: Promise<AccountMapping> | undefined;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** Guessed once from describe. */
  mapping(): Promise<AccountMapping> {
    this.#mapping ??= this.#guess().catch((error: unknown) => {
      this.#mapping = undefined;
      throw error;
    });
    return this.#mapping;
  }

  async #guess(): Promise<AccountMapping> {
    const described = (await this.#connection.call({ method: 'GET', url: '/sobjects/Account/describe' })) as {
      fields: { name: string; label: string; type: string; picklistValues?: { value: string }[] }[];
    };
    const fields: DescribedField[] = described.fields.map(({ name, label, type, picklistValues = [] }) => ({
      name,
      label,
      type,
      values: picklistValues.map(({ value }) => value),
    }));
    return guessMapping(fields);
  }

  async #select(where: Soql): Promise<{ query: Soql; mapping: AccountMapping }> {
    const mapping = await this.mapping();
    const mapped = Object.values(mapping).filter((name): name is string => name !== null);
    const fields = names('Id', 'Name', 'OwnerId', 'Owner.Name', 'Owner.IsActive', 'ParentId', 'Parent.Name', ...mapped);
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

function present(row: CrmRecord, mapping: AccountMapping): OrgAccount {
  const postalCode = text(row, mapping.postalCode);
  return {
    id: requiredId(row),
    name: text(row, 'Name') ?? '',
    ownerId: requiredId(row, 'OwnerId'),
    ownerName: text(parent(row, 'Owner'), 'Name'),
    ownerIsActive: parent(row, 'Owner')?.['IsActive'] !== false,
    parentId: reference(row, 'ParentId'),
    parentName: text(parent(row, 'Parent'), 'Name'),
    npi: optional(mapping.npi, (name) => text(row, name)),
    ccn: optional(mapping.ccn, (name) => text(row, name)),
    specialty: optional(mapping.specialty, (name) => text(row, name)),
    kind: optional(mapping.kind, (name) => text(row, name)),
    salesUsd: optional(mapping.salesUsd, (name) => number(row, name)),
    street: text(row, mapping.street),
    city: text(row, mapping.city),
    state: text(row, mapping.state),
    postalCode,
    zip: fiveDigits(postalCode),
    latitude: number(row, mapping.latitude),
    longitude: number(row, mapping.longitude),
    lastActivity: optional(mapping.lastActivity, (name) => text(row, name)),
  };
}
