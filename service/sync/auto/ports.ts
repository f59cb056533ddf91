import type { TeamId } from '../../core/ids.ts';
import type { Org } from '../../org/org.ts';
import type { Store } from '../../store/store.ts';
import type { DesiredAccount, SyncPorts } from '../ports.ts';
import type { Sync } from '../sync.ts';

/** What automatic sync needs of others; compose.ts wires it. */
export interface AutoPorts extends Pick<SyncPorts, 'alignment' | 'live'> {
  teams(): Promise<readonly { id: TeamId; name: string }[]>;
  /** Accounts are read from the CRM again at the next question. */
  forget(): void;
  desired(alignmentId: string, version: number): Promise<readonly DesiredAccount[]>;
  /** Another text after every refresh of the claims; null where there are none. */
  claimsRevision(): Promise<string | null>;
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
