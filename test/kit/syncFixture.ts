import { sql } from 'drizzle-orm';
import { Connection } from 'jsforce';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { recordId } from '../../service/core/ids.ts';
import type { LocalOrg, StartOrgOptions } from '../../service/local/org/org.ts';
import type { Org } from '../../service/org/org.ts';
import { openStore, type Store } from '../../service/store/store.ts';
import type { Sync } from '../../service/sync/sync.ts';
import { account, accounts, association, id, startSmallOrg, TERRITORY, USER } from './smallOrg.ts';
import { DRAFT, freshPlans, openRoom, salesOps, syncOver, TEAM, type FakePlans } from './syncWorld.ts';

/** Rows of the org at the start of every test, and after the draft is published. */
export const BEFORE = ['1 Clinical', '1 East A', '2 East A', '3 East A', '4 East A', '5 East A rule', '6 East A'];
export const AFTER = [
  '1 Clinical',
  '1 East B',
  '2 East A',
  '4 East A',
  '5 East A rule',
  '5 East B',
  '6 East A',
  '6 East B',
];

const row = (n: number, Territory2Id: string, AssociationCause = 'Territory2Manual', k = n) => ({
  Id: association(k),
  ObjectId: account(n),
  Territory2Id,
  AssociationCause,
});
const deal = (name: string, Name: string, more: Record<string, unknown>) => ({
  Id: id('006', name),
  Name,
  AccountId: account(1),
  OwnerId: USER.ann,
  StageName: 'Prospecting',
  CloseDate: '2030-01-01',
  ...more,
});

export const request = (more = {}) => ({
  alignmentId: DRAFT,
  version: 1,
  owners: false,
  deals: 'stay' as const,
  ...more,
});

/**
 * Six accounts of Ann, all in East A by somebody's hand: 1 to 4 stand where the live plan wants them and are adopted; 5 is
 * rule-made; 6 is foreign in the place where the draft does not want it. 1 is also in the clinical team's territory.
 * Registers the hooks of a test file; the fields are fresh in every test.
 */
export class SyncFixture {
  local!: LocalOrg;
  room!: Org;
  store!: Store;
  plans!: FakePlans;
  sync!: Sync;

  /** `apiVersion` is the one that the product speaks. */
  constructor({ apiVersion, ...org }: Partial<StartOrgOptions> & { apiVersion?: string } = {}) {
    beforeAll(async () => {
      this.store = await openStore();
    });
    afterAll(() => this.store.close());
    beforeEach(() => this.#fresh(org, apiVersion));
    afterEach(async () => {
      await this.sync.close();
      await this.local.close();
    });
  }

  async #fresh(options: Partial<StartOrgOptions>, apiVersion?: string): Promise<void> {
    this.local = await startSmallOrg(options);
    this.local.seed({
      Account: accounts(6),
      ObjectTerritory2Association: [
        ...[1, 2, 3, 4].map((n) => row(n, TERRITORY.eastA)),
        row(5, TERRITORY.eastA, 'Territory2AssignmentRule'),
        row(6, TERRITORY.eastA),
        row(1, TERRITORY.clinical, 'Territory2Manual', 90),
      ],
      Opportunity: [
        deal('d1', 'Deal 1', { Territory2Id: TERRITORY.eastA }),
        deal('d2', 'Deal 2', { OwnerId: USER.manager }),
        deal('d3', 'Won', { StageName: 'Closed Won' }),
      ],
    });
    this.room = await openRoom(this.local.url, apiVersion);
    await this.store.db.execute(sql`truncate publish_row, bulk_job, publish, row_ledger, assignment_log`);
    this.plans = freshPlans({ 1: 'A', 2: 'A', 3: 'A', 4: 'A' });
    this.sync = syncOver(this.store, this.room, this.plans);
    expect(await this.sync.adopt(salesOps, TEAM)).toEqual({ adopted: 4, left: 1 });
    this.plans.wishes = { 1: 'B', 2: 'A', 3: null, 4: '?', 5: 'B', 6: 'B' };
  }

  async publish(more = {}) {
    const { previewHash } = await this.sync.preview(salesOps, request(more));
    const { id: publishId } = await this.sync.publish(salesOps, { ...request(more), previewHash });
    await this.sync.idle();
    return (await this.sync.show(salesOps, publishId))!;
  }

  /** A client of its own, not the product's. */
  client(accessToken = 'secret'): Connection {
    return new Connection({ instanceUrl: this.local.url, accessToken, version: '66.0' });
  }

  /** Rows of the org as an independent client reads them: "account territory cause". */
  async orgRows(): Promise<string[]> {
    const { records } = await this.client().query(
      'SELECT Object.Name, Territory2.Name, AssociationCause FROM ObjectTerritory2Association',
    );
    const rule = (cause: string): string => (cause === 'Territory2Manual' ? '' : ' rule');
    return records
      .map(
        (each) =>
          `${Number(each['Object'].Name.slice(-5))} ${each['Territory2'].Name}${rule(each['AssociationCause'])}`,
      )
      .sort();
  }

  async ownerOf(n: number): Promise<string> {
    return (await this.room.accountsById([recordId(account(n))]))[0]?.ownerId ?? '';
  }
}
