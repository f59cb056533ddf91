/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  whoHadThisAccountAndWhy: 'Who had this account, and why',
  readingTheHistory: 'Reading the history…',
  noChangeToThisAccountWasWritten: 'No change to this account was written from here yet.',
  whoHadItOnThatDay: 'Who had it on that day?',
  showMore: 'Show more',
  nothingIsKnownOfNoChangeToThis: 'Nothing is known of {0}: no change to this account was ever written from here.',
  noTerritory: 'no territory',
  notChangedFromHere: 'not changed from here',
  onOwner: 'On {0}: {1}, owner {2}.',
  approvedBy: ', approved by {0}',
  plan: '{0}, {1}, plan “{2}”{3}',
  none: 'none',
};
