import type { AccountId, TeamId, TerritoryId, UserId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Db } from '../store/store.ts';
import type { PlanStage } from './stages.ts';

/** A plan as those see it who lead it through its life. */
export interface PlanHead {
  readonly id: string;
  readonly teamId: TeamId;
  readonly name: string;
  readonly state: 'draft' | 'live' | 'archived';
  readonly stage: PlanStage;
  readonly version: number;
  readonly isFrozen: boolean;
  readonly createdBy: string;
  /** Null for a plan that nobody made, such as the map of the first day. */
  readonly createdById: string | null;
  readonly lastEditById: string | null;
}

/** A territory that a plan changes against the live one. */
export interface TouchedTerritory {
  readonly id: TerritoryId;
  readonly name: string;
}

/** An account that a plan gives to another territory or another rep. */
export interface AccountChange {
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly from: { readonly id: TerritoryId; readonly name: string; readonly repId: UserId | null; readonly repName: string | null } | null; // prettier-ignore
  readonly to: { readonly id: TerritoryId; readonly name: string; readonly repId: UserId | null; readonly repName: string | null } | null; // prettier-ignore
}

/** What became of an automatic run. */
export interface RunOutcome {
  readonly state: 'running' | 'nothing' | 'waiting' | 'done' | 'partial' | 'failed' | 'skipped' | 'dismissed';
  readonly reason: string | null;
  readonly action: string | null;
  readonly publishId: string | null;
}

/** A plan to be written by itself. */
export interface GoLive {
  readonly runId: string;
  readonly teamId: TeamId;
  readonly alignmentId: string;
  readonly territoryIds: readonly string[] | null;
  /** Changes that somebody looked at, by account: the fuse asks about all others. */
  readonly expected: Readonly<Record<string, string>>;
  readonly byName: string;
}

/** What the life of plans needs of others; compose.ts wires it. */
export interface LifePorts {
  teams(): Promise<readonly { readonly id: TeamId; readonly name: string }[]>;
  writable(user: RequestUser, teamId: TeamId): Promise<'all' | ReadonlySet<TerritoryId>>;
  /** The plan as it is. @throws BailiwickError not_found */
  head(id: string): Promise<PlanHead>;
  /** The same, locked until the transaction ends. */
  locked(tx: Db, id: string): Promise<PlanHead>;
  setStage(tx: Db, id: string, stage: PlanStage): Promise<void>;
  /** A draft that nobody will go on with. */
  drop(tx: Db, plan: PlanHead, step: { note: string | null; by: { id: string; name: string } }): Promise<void>;
  /** What the plan changes against the live one; everything where nothing is live. */
  touched(id: string): Promise<readonly TouchedTerritory[]>;
  changes(id: string): Promise<readonly AccountChange[]>;
  /** How many those are, by accounts as they were read last: for screens that ask often. */
  countChanges(id: string): Promise<number>;
  /** The time zone of the org, such as America/New_York. */
  timeZone(): Promise<string>;
  runs: {
    /** Writes a plan through the sync with its fuse; answers when that is over. @throws BailiwickError conflict while busy */
    goLive(what: GoLive): Promise<void>;
    /** Null for a run that never began. */
    outcome(runId: string): Promise<RunOutcome | null>;
    /** Drops a run that waits for an answer. */
    dismiss(runId: string, byName: string): Promise<void>;
  };
}

/** Who does something that nobody does by hand. */
export const ITSELF = { id: 'bailiwick', name: 'Bailiwick' } as const;
