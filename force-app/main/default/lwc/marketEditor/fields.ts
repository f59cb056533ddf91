import type { Market, MarketBody, MarketRole } from 'c/bailiwick';
import { texts } from './texts';

/** Stands for "always the newest period" in the list of periods. */
export const NEWEST = 'newest';

export const PRESETS = [
  { label: texts.medTechCasesBelongToTheWorkload, value: 'medtech' },
  { label: texts.diagnosticsNoCases, value: 'diagnostics' },
];

export const ROLES: { label: string; value: MarketRole }[] = [
  { label: texts.whereItIsPerformedFacility, value: 'facility' },
  { label: texts.whereTheCareWasGivenService, value: 'location' },
  { label: texts.withWhoPerformsIt, value: 'performing' },
  { label: texts.withWhoOrdersIt, value: 'ordering' },
  { label: texts.withWhoBillsIt, value: 'billing' },
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
  if (name.trim() === '') return texts.theMarketNeedsAName;
  if (codes.length === 0) return texts.aMarketCountsAtLeastOneCode;
  return addressableShare >= 0 && addressableShare <= 1 ? '' : texts.theShareIsBetween0And100;
}
