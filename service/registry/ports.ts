import type { RequestUser } from '../http/identity.ts';
import type { Volume } from '../core/unitInputs.ts';
import type { ZipPoint } from './registryDb.ts';

/** An account of the CRM, read through the mapping of its fields. */
export interface RegistryAccount {
  readonly id: string;
  readonly name: string;
  readonly npi: string | null;
  readonly ccn: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly state: string | null;
  /** Five digits. */
  readonly zip: string | null;
}

/** Who performs where, from claims: procedures a year under the market, and their share of all that this NPI performs. */
export interface PerformedAt {
  readonly npi: string;
  /** As claims name it; null where they only number it. */
  readonly npiName: string | null;
  readonly facilityKey: string;
  readonly facilityName: string | null;
  readonly procedures: number;
  readonly share: number;
}

/** What claims say of one provider or facility at one place and site of care. */
export interface SiteVolume {
  /** NPI, CCN or vendor id of the facility; null for an office. */
  readonly facilityKey: string | null;
  readonly facilityName: string | null;
  /** Place of service as claims code it, and its name. */
  readonly site: string;
  readonly siteName: string;
  readonly zip: string | null;
  readonly procedures: number;
  readonly opportunityUsd: number;
  /** True where the market counts it for this provider or facility, and not for somebody else's part in it. */
  readonly counts: boolean;
  readonly suppressed: boolean;
}

/** What the registry needs of the rest of the house. */
export interface RegistryPorts {
  /** Every ZIP with a place. */
  zipPoints(): readonly ZipPoint[];
  accounts(): Promise<readonly RegistryAccount[]>;
  /** Those of the accounts that the user may see in the CRM. */
  readable(user: RequestUser, accountIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** ZIPs whose providers the user may see. */
  visibleZips(user: RequestUser): Promise<ReadonlySet<string> | 'all'>;
  /** Rows in which one of these NPIs or facilities takes part. */
  performedAt(keys: readonly string[]): Promise<readonly PerformedAt[]>;
  volumeBySite(keys: readonly string[]): Promise<readonly SiteVolume[]>;
  /** Volumes under the market, by every key that claims know. */
  volumes(): Promise<ReadonlyMap<string, Volume>>;
}
