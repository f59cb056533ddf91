/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  handoverList: 'Handover list',
  handoverByPairOfReps: 'Handover, by pair of reps',
  readingTheHandoverList: 'Reading the handover list…',
  noAccountChangesRep: 'No account changes rep.',
  saveAsAFile: 'Save as a file',
  noRep: 'no rep',
  account: 'account|accounts',
  openDeal: 'open deal|open deals',
  salesOf: '{0}, {1} sales, {2} of {3}',
  ofShownTheFileHasAll: '{0} of {1} shown; the file has all.',
  sales: '{0} sales',
  next: '{0} (next: {1})',
};
