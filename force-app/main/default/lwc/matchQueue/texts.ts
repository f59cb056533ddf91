/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  matchingAccountsIsForTerritory:
    'Matching accounts is for Territory Admins (custom permission Bailiwick Reassign). Ask your Salesforce administrator for it.',
  whichAccounts: 'Which accounts',
  comparingAccountsWithTheLoaded: 'Comparing accounts with the loaded files…',
  onAnAccountAAcceptsTheFirstRecordR:
    'On an account: A accepts the first record, R rejects it, ↓ and ↑ go to the next and the former account.',
  toReview: 'To review',
  alikeAndNobodyIsSure: 'Alike, and nobody is sure',
  matched: 'Matched',
  byNumberByNameAndAddressOrByA: 'By number, by name and address, or by a person',
  rejected: 'Rejected',
  everyProposedRecordWasRejected: 'Every proposed record was rejected',
  nothingAlike: 'Nothing alike',
  noLoadedFileListsAnythingAlike: 'No loaded file lists anything alike',
  nothingToReview: 'Nothing to review.',
  noAccountIsMatchedYet: 'No account is matched yet.',
  nothingWasRejected: 'Nothing was rejected.',
  everyAccountHasARecordThatIsAlike: 'Every account has a record that is alike.',
  theDecisionIsTakenBack: '{0}: the decision is taken back.',
  is: '{0} is {1}.',
  isNot: '{0} is not {1}.',
  showMoreLeft: 'Show more ({0} left)',
};
