import type { ImportReport } from './importAnswers';

/** A loaded file of providers, facilities or codes. */
export interface RegistryImport extends ImportReport {
  /** Whether it is the one of its source that is in use. */
  active: boolean;
}

/** One provider or facility. */
export interface RegistryRecord {
  key: string;
  npi: string | null;
  ccn: string | null;
  isPerson: boolean;
  name: string;
  kind: string;
  address: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  coordinates: 'source' | 'zipPoint' | 'unknown';
  phone: string | null;
  ownership: string | null;
  emergency: boolean | null;
  beds: number | null;
}

export interface FoundRecords {
  records: RegistryRecord[];
  total: number;
  offset: number;
}

/** What somebody corrected of a provider or facility. */
export interface Correction {
  id: string;
  key: string;
  name: string;
  kind: 'volume' | 'access';
  /** Ratio: of the procedures, or of the potential that can be reached. */
  factor: number;
  reason: string;
  byName: string;
  at: string;
  /** Null while it is in force. */
  endedAt: string | null;
  endedByName: string | null;
  endedReason: string | null;
  effect: {
    /** None where claims do not know it: then nothing changes. */
    keys: string[];
    proceduresBefore: number;
    proceduresAfter: number;
    opportunityUsdBefore: number;
    opportunityUsdAfter: number;
  } | null;
}

export interface RecordSource {
  snapshotId: string;
  file: string;
  importedAt: string;
  name: string | null;
  npi: string | null;
  ccn: string | null;
  /** How far its coordinates lie from the point of its ZIP. */
  zipKm: number | null;
}

export interface RecordVolume {
  facilityKey: string | null;
  facilityName: string | null;
  siteName: string;
  zip: string | null;
  procedures: number;
  opportunityUsd: number;
  /** True where the market counts it for this record, and not for somebody else's part in it. */
  counts: boolean;
  suppressed: boolean;
}

export interface RecordPage {
  record: RegistryRecord;
  keys: string[];
  specialties: { npi: string; slot: number; code: string; isPrimary: boolean; name: string | null }[];
  sources: RecordSource[];
  alternatives: { field: string; value: string; file: string }[];
  affiliations: {
    key: string;
    name: string;
    zip: string | null;
    /** Whether it has a page of its own. */
    hasRecord: boolean;
    basis: 'list' | 'claims';
    procedures: number | null;
    share: number | null;
  }[];
  volumes: RecordVolume[];
  corrections: Correction[];
  account: { id: string; name: string; how: string } | null;
}

export type MatchState = 'matched' | 'toReview' | 'rejected' | 'none';
export type MatchHow = 'key' | 'nameAndAddress' | 'accepted' | 'byHand';

export interface MatchCandidate {
  key: string;
  name: string;
  kind: string;
  street: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  likeness: { score: number; reasons: string[] };
  rejected: boolean;
}

/** One account of the CRM with the record that it is, or those that it may be. */
export interface MatchEntry {
  account: {
    id: string;
    name: string;
    npi: string | null;
    ccn: string | null;
    street: string | null;
    city: string | null;
    state: string | null;
    zip: string | null;
  };
  state: MatchState;
  key: string | null;
  how: MatchHow | null;
  candidates: MatchCandidate[];
  note: string | null;
  decision: { verdict: string; byName: string; at: string; note: string | null } | null;
}

export interface Matches {
  counts: Record<MatchState, number>;
  matches: MatchEntry[];
  total: number;
  offset: number;
}

/** What somebody says of an account's record. */
export type MatchVerdict = { verdict: 'undo' } | { verdict: 'accepted' | 'rejected'; key: string; note: null };
