/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  lookingUpCorrections: 'Looking up corrections…',
  nothingIsCorrectedFindAProviderOr:
    'Nothing is corrected. Find a provider or facility, and correct its volume or its access on its page.',
  allCorrectionsAsCsv: 'All corrections as CSV',
  inForceEnded: '{0} in force, {1} ended.',
};
