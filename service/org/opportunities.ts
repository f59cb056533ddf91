import type { AccountId, RecordId, TerritoryId, UserId } from '../core/ids.ts';
import { rowsAmong } from './among.ts';
import type { CrmRecord, OrgConnection } from './connection.ts';
import { number, parent, reference, requiredId, text } from './read.ts';
import { names, soql } from './soql.ts';
import { writeRecords, type RowOutcome } from './writes.ts';

export interface OpenOpportunity {
  id: RecordId;
  name: string;
  accountId: AccountId;
  ownerId: UserId;
  ownerName: string;
  stage: string;
  amountUsd: number | null;
  nextStep: string | null;
  territoryId: TerritoryId | null;
}

/** A change to an opportunity; what is left out stays. */
export interface OpportunityChange {
  id: RecordId;
  ownerId?: UserId;
  territoryId?: TerritoryId | null;
}

const FIELDS = ['Id', 'Name', 'AccountId', 'OwnerId', 'Owner.Name', 'StageName'];
/** Read where the org has them and the integration user may. */
const OPTIONAL_FIELDS = ['Amount', 'NextStep', 'Territory2Id'];
const OPEN = soql`AND IsClosed = false`;

export class OrgOpportunities {
  readonly #connection: OrgConnection;
  #fields: Promise<{ stages: string[]; optional: string[] }> | undefined;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** Opportunities of these accounts that are neither won nor lost. */
  openOpportunities(accountIds: readonly AccountId[]): Promise<OpenOpportunity[]> {
    return this.#read({ key: 'AccountId', ids: accountIds, and: OPEN });
  }

  /** Open or not; one that was deleted is missing. */
  opportunitiesById(ids: readonly RecordId[]): Promise<OpenOpportunity[]> {
    return this.#read({ key: 'Id', ids, and: soql`` });
  }

  /** Amounts of all open opportunities with an account; one without an amount counts nothing. */
  async openPipeline(): Promise<{ accountId: AccountId; amountUsd: number }[]> {
    const query = soql`SELECT AccountId, Amount FROM Opportunity WHERE AccountId != null ${OPEN} ORDER BY Id`;
    const rows = await this.#connection.query(query);
    return rows.map((row) => ({ accountId: requiredId(row, 'AccountId'), amountUsd: number(row, 'Amount') ?? 0 }));
  }

  /** Stages in the order of the sales process, as the org's picklist has them. */
  async opportunityStages(): Promise<string[]> {
    return (await this.#described()).stages;
  }

  #described(): Promise<{ stages: string[]; optional: string[] }> {
    this.#fields ??= this.#describe().catch((error: unknown) => {
      this.#fields = undefined;
      throw error;
    });
    return this.#fields;
  }

  async #describe() {
    const { fields } = (await this.#connection.call({ method: 'GET', url: '/sobjects/Opportunity/describe' })) as {
      fields: { name: string; picklistValues?: { value: string; active?: boolean }[] }[];
    };
    const stage = fields.find(({ name }) => name === 'StageName')?.picklistValues ?? [];
    return {
      stages: stage.filter(({ active }) => active !== false).map(({ value }) => value),
      optional: OPTIONAL_FIELDS.filter((wanted) => fields.some(({ name }) => name === wanted)),
    };
  }

  async #read(asked: {
    key: string;
    ids: readonly string[];
    and: ReturnType<typeof soql>;
  }): Promise<OpenOpportunity[]> {
    if (asked.ids.length === 0) return [];
    const fields = names(...FIELDS, ...(await this.#described()).optional);
    const found: OpenOpportunity[] = [];
    for await (const page of rowsAmong(this.#connection, { object: 'Opportunity', fields, ...asked }))
      for (const row of page) if (row['AccountId']) found.push(present(row));
    return found;
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

function present(row: CrmRecord): OpenOpportunity {
  return {
    id: requiredId(row),
    name: text(row, 'Name') ?? '',
    accountId: requiredId(row, 'AccountId'),
    ownerId: requiredId(row, 'OwnerId'),
    ownerName: text(parent(row, 'Owner'), 'Name') ?? '',
    stage: text(row, 'StageName') ?? '',
    amountUsd: number(row, 'Amount'),
    nextStep: text(row, 'NextStep'),
    territoryId: reference(row, 'Territory2Id'),
  };
}
