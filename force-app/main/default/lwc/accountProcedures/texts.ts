/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  proceduresBySiteOfCare: 'Procedures by site of care',
  procedure: 'Procedure',
  all: 'All',
  zip: 'ZIP {0} ({1})',
  worksAtPlaces: 'Works at {0} places: {1}.',
  noProceduresOfThisMarketAreKnown:
    'No procedures of this market are known for this account. Its NPI or CCN in Salesforce is how claims find it.',
  noClaimsAreLoadedYetSoNothingIs:
    'No claims are loaded yet, so nothing is known of its procedures. Sales Ops loads them in the Market step.',
  office: 'Office',
  offCampusOutpatient: 'Off-campus outpatient',
  inpatient: 'Inpatient',
  onCampusOutpatient: 'On-campus outpatient',
  surgeryCenter: 'Surgery center',
  partEstimated: '* part estimated: small cells are never shown.',
};
