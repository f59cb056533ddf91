/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  demandBeforeAnyLineIsDrawn: 'Demand, before any line is drawn',
  marketPotentialAYear: 'market potential a year',
  market: 'Market',
  editThisMarket: 'Edit this market',
  useMyOwnFiles: 'Use my own files',
  onlyTotalsAreKeptNoPatientRows:
    'Only totals are kept, no patient rows. Counts under 11 are kept as estimates and never shown.',
  loadingClaimsIsForSalesOps: 'Loading claims is for Sales Ops (permission set Bailiwick Sales Operations).',
  seeTodaysTerritories: 'See today’s territories',
  proceduresWithoutAFamily: 'Procedures without a family',
  sitesOfCareProcedures: 'Sites of care (procedures)',
  procedureFamiliesNoneTickedAll: 'Procedure families (none ticked = all)',
  specialtiesNoneTickedAll: 'Specialties (none ticked = all)',
  betweenAndWhatIsEstimatedAndHow:
    'Between {0} and {1}: what is estimated, and how much a year can move, leave that open.',
  noDollarsYetTheFileNamesNoneGive:
    'No dollars yet: the file names none. Give each procedure a value under “Edit this market”.',
  imported: '{0}, {1}; imported {2}.',
  proceduresAreNotOnThisMap: '{0} procedures ({1}) are not on this map: {2}.',
  addingUpClaims: 'Adding up claims: {0}',
  addingUpClaims2: 'Adding up claims…',
  thereIsNoMarketYetLoadAClaimsFile: 'There is no market yet. Load a claims file below to make one.',
  proceduresAndProviders: '{0} procedures · {1} providers',
  ofItIsEstimated: '{0} of it is estimated from small cells.',
};
