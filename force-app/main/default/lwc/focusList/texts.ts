/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  workTheseFirstMostHeadroom: 'Work these first: most headroom',
  noAccountOfThisTerritoryIsShared:
    'No account of this territory is shared with you. Your Salesforce administrator checks the sharing of accounts.',
  headroom: 'headroom',
  sales: 'sales',
  potential: 'potential',
  nobodyWorksTheseYet: 'Nobody works these yet',
  everyZipWithPotentialHasAnAccount: 'Every ZIP with potential has an account with sales and some activity.',
  tier: 'tier {0}',
  account: 'account|accounts',
  noAccountInSalesforce: 'no account in Salesforce',
  noSalesYet: '{0}, no sales yet',
  noActivityForHalfAYear: '{0}, no activity for half a year',
};
