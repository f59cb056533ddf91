import { generateKeyPairSync } from 'node:crypto';
import { seeded } from '../../../service/core/random.ts';
import { recordId } from '../../../service/core/ids.ts';
import type { LocalOrg } from '../../../service/local/org/org.ts';
import { account, accounts, association, id, startSmallOrg, TERRITORY, USER } from '../../kit/smallOrg.ts';
import { A, B, type Wishes } from '../../kit/syncWorld.ts';

export const REPS: Readonly<Record<string, string>> = { [A]: USER.ann, [B]: USER.bob };
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const CERTIFICATE = publicKey.export({ type: 'spki', format: 'pem' }) as string;
/** The service logs in by JWT, so that a session that has ended is followed by another one. */
export const PRIVATE_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

/** Accounts whose every write an always-firing trigger of the org refuses. */
const REFUSED_SHARE = 0.04;

/** What a run of the campaign asks for, drawn from its seed. */
export interface Plan {
  readonly size: number;
  /** Where our own rows are at the start, by account number. */
  readonly before: Wishes;
  readonly wishes: Wishes;
  readonly options: {
    owners: boolean;
    deals: 'stay' | 'move';
    teamRole: string | null;
    stampField: string | null;
    runRules: false;
  };
  readonly refused: ReadonlySet<number>;
  /** Above this many associations bulk jobs write them: half of the runs use jobs for nearly everything. */
  readonly bulkFrom: number;
}

export type Draw = () => number;
const pick = <T>(draw: Draw, list: readonly T[]): T => list[Math.floor(draw() * list.length)]!;

export function drawPlan(draw: Draw, size: number): Plan {
  const before: Wishes = {};
  const wishes: Wishes = {};
  const refused = new Set<number>();
  for (let n = 1; n <= size; n++) {
    before[n] = pick(draw, ['A', 'B', 'A', 'B', null] as const);
    wishes[n] = pick(draw, ['A', 'B', 'A', 'B', null, '?'] as const);
    if (draw() < REFUSED_SHARE) refused.add(n);
  }
  const options = {
    owners: draw() < 0.7,
    deals: pick(draw, ['stay', 'move'] as const),
    teamRole: draw() < 0.4 ? 'Account Manager' : null,
    stampField: draw() < 0.3 ? 'Site' : null,
    runRules: false as const,
  };
  return { size, before, wishes, options, refused, bulkFrom: draw() < 0.5 ? 3 : 2_000 };
}

const row = (k: number, n: number, Territory2Id: string, AssociationCause = 'Territory2Manual') => ({
  Id: association(k),
  ObjectId: account(n),
  Territory2Id,
  AssociationCause,
});

/**
 * An org with the second team's rows, rule-made rows, rows, teams and shares that other people wrote, and open deals, all
 * drawn from the seed. Rows of ours are where `before` says.
 */
export async function startWorld(draw: Draw, plan: Plan): Promise<LocalOrg> {
  const local = await startSmallOrg({ clients: [{ clientId: 'app', certificate: CERTIFICATE }] });
  local.api.limit = 10_000_000;
  const rows: ReturnType<typeof row>[] = [];
  const more = {
    members: [] as Record<string, unknown>[],
    shares: [] as Record<string, unknown>[],
    deals: [] as Record<string, unknown>[],
  };
  for (let n = 1; n <= plan.size; n++) {
    const at = plan.before[n];
    if (at === 'A' || at === 'B') rows.push(row(n, n, at === 'A' ? A : B));
    if (draw() < 0.3) rows.push(row(10_000 + n, n, TERRITORY.clinical));
    const stranger = at === null ? draw() : 1;
    if (stranger < 0.3) rows.push(row(20_000 + n, n, pick(draw, [A, B]), 'Territory2AssignmentRule'));
    else if (stranger < 0.5) rows.push(row(30_000 + n, n, pick(draw, [A, B])));
    if (draw() < 0.3)
      more.members.push({
        AccountId: account(n),
        UserId: pick(draw, [USER.manager, USER.director, USER.bob]),
        TeamMemberRole: pick(draw, ['Sales Manager', 'Executive Sponsor']),
        AccountAccessLevel: pick(draw, ['Read', 'Edit']),
      });
    if (draw() < 0.2)
      more.shares.push({
        AccountId: account(n),
        UserOrGroupId: pick(draw, [USER.manager, USER.director]),
        AccountAccessLevel: pick(draw, ['Read', 'Edit']),
        OpportunityAccessLevel: 'None',
        CaseAccessLevel: 'None',
        RowCause: 'Manual',
      });
    if (draw() < 0.3)
      more.deals.push({
        Id: id('006', `d${n}`),
        Name: `Deal ${n}`,
        AccountId: account(n),
        OwnerId: pick(draw, [USER.ann, USER.bob, USER.manager]),
        StageName: 'Prospecting',
        CloseDate: '2030-01-01',
      });
  }
  local.seed({
    Account: accounts(plan.size).map((record, k) => ({
      ...record,
      OwnerId: plan.before[k + 1] === 'B' ? USER.bob : USER.ann,
    })),
    ObjectTerritory2Association: rows,
    AccountTeamMember: more.members,
    AccountShare: more.shares,
    Opportunity: more.deals,
  });
  return local;
}

export const drawOf = (seed: number): Draw => seeded(seed);
export const territoryOf = (wish: unknown): string | null => (wish === 'A' ? A : wish === 'B' ? B : null);
export const accountOf = (n: number) => recordId(account(n));
