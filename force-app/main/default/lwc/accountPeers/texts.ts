/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  comparingItWithItsKind: 'Comparing it with its kind…',
  thisAccount: 'this account',
  proceduresItTakesPartIn: 'Procedures it takes part in',
  marketPotential: 'Market potential',
  currentSales: 'Current sales',
  headroom: 'Headroom',
  salesOfPotential: 'Sales, % of potential',
  otherAccount: 'other account|other accounts',
  againstOfItsKind: 'Against {0} of its kind: {1}',
  againstItsKind: 'Against its kind',
  allAccountsOfTheMarketCountAlso: 'All accounts of the market count, also those of others; nobody is named.',
  thereAreFewerThanFiveOthersOfIts:
    'There are fewer than five others of its kind, or nothing is known of them: too few to be compared without naming them.',
};
