/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  providersAndFacilities: 'Providers and facilities',
  whatToSee: 'What to see',
  find: 'Find',
  searchByNameNpiCcnOrCity: 'Search by name, NPI, CCN or city',
  matches: 'Matches',
  whichRecordEachAccountIs: 'Which record each account is',
  corrections: 'Corrections',
  whatWasCorrectedByWhomAndWhy: 'What was corrected, by whom and why',
  files: 'Files',
  whatIsLoadedAndBringingOneBack: 'What is loaded, and bringing one back',
};
