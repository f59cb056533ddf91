/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  yourTerritoriesToday: 'Your territories today',
  sampleData: 'sample data',
  whatIsLookedAt: 'What is looked at',
  lookingAtEveryTerritory: 'Looking at every territory…',
  findings: 'Findings',
  audit: 'Audit',
  whiteSpace: 'White space',
  size: 'Size',
  drift: 'Drift',
  continueWithTheDraft: 'Continue with the draft',
  fixItInADraft: 'Fix it in a draft',
  hoursAre: 'Hours = calls + cases + travel + administration.',
};
