import type { Market, MarketBody, MarketRole } from 'c/bailiwick';

/** Stands for "always the newest period" in the list of periods. */
export const NEWEST = 'newest';

export const PRESETS = [
  { label: 'MedTech: cases belong to the workload', value: 'medtech' },
  { label: 'Diagnostics: no cases', value: 'diagnostics' },
];

export const ROLES: { label: string; value: MarketRole }[] = [
  { label: 'where it is performed (facility)', value: 'facility' },
  { label: 'where the care was given (service location)', value: 'location' },
  { label: 'with who performs it', value: 'performing' },
  { label: 'with who orders it', value: 'ordering' },
  { label: 'with who bills it', value: 'billing' },
];

/** The part of a market that is saved; the version and the counted file are the service's. */
export function bodyOf(market: Market | null): MarketBody {
  const { name = '', preset = 'medtech', snapshotId, specialties = [], codes = [], sites = [] } = market ?? {};
  const { role = 'facility', addressableShare = 1, countedPeriod = null, scaleUp = [] } = market ?? {};
  const counted = snapshotId === undefined ? {} : { snapshotId };
  return { name, preset, ...counted, specialties, codes, sites, role, addressableShare, countedPeriod, scaleUp };
}

/** What is still wrong with it, as a sentence; empty where it can be saved. */
export function whyNotSavable({ name, codes, addressableShare }: MarketBody): string {
  if (name.trim() === '') return 'The market needs a name.';
  if (codes.length === 0) return 'A market counts at least one code.';
  return addressableShare >= 0 && addressableShare <= 1 ? '' : 'The share is between 0 and 100 %.';
}
