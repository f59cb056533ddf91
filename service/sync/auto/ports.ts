import type { TeamId } from '../../core/ids.ts';
import type { RequestUser } from '../../http/identity.ts';
import type { Org } from '../../org/org.ts';
import type { Store } from '../../store/store.ts';
import type { DesiredAccount, SyncPorts } from '../ports.ts';
import type { Sync } from '../sync.ts';

/** A ZIP sheet that came by night, as a draft of the team's live plan. */
export interface TakenSheet {
  readonly alignmentId: string;
  /** It is dealt with: the next run does not find it again. */
  settle(): Promise<void>;
  /** It could not be dealt with now: the next run finds it again. */
  giveUp(): Promise<void>;
}

/** What automatic sync needs of others; compose.ts wires it. */
export interface AutoPorts extends Pick<SyncPorts, 'alignment' | 'live' | 'markLive'> {
  teams(): Promise<readonly { id: TeamId; name: string }[]>;
  /** Accounts are read from the CRM again at the next question. */
  forget(): void;
  desired(alignmentId: string, version: number): Promise<readonly DesiredAccount[]>;
  /** @throws BailiwickError conflict where this draft may not go live, such as one that nobody approved */
  requireReady(alignmentId: string): Promise<void>;
  /** Another text after every refresh of the claims; null where there are none. */
  claimsRevision(): Promise<string | null>;
  /**
   * The sheet of this name that waits in the inbox; null where there is none or it changes nothing.
   * @throws BailiwickError file_not_recognized where more than `badShare` of its rows cannot be used
   */
  nightSheet(asked: { user: RequestUser; teamId: TeamId; name: string; badShare: number }): Promise<TakenSheet | null>;
}

export type AutoOrg = Pick<
  Org,
  'orgId' | 'userId' | 'budget' | 'changedSince' | 'createTasks' | 'timeZone' | 'opportunityStages' | 'forgetAccess'
>;

export interface AutoDeps {
  readonly store: Store;
  readonly org: AutoOrg;
  readonly sync: Pick<Sync, 'planned' | 'publish' | 'finished'>;
  readonly ports: AutoPorts;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: (message: string) => void;
}
