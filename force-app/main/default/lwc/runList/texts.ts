/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  readingTheRuns: 'Reading the runs…',
  nothingWasPublishedYet: 'Nothing was published yet.',
  aPart: '(a part)',
  showMore: 'Show {0} more',
  of: '{0}, {1} of {2}',
  written: '{0} written',
  failed: '{0} failed',
  skipped: '{0} skipped',
  apiCall: 'API call|API calls',
};
