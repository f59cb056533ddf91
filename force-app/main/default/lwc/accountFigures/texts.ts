/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  office: 'Office',
  offCampusOutpatient: 'Off-campus outpatient',
  inpatient: 'Inpatient',
  onCampusOutpatient: 'On-campus outpatient',
  surgeryCenter: 'Surgery center',
  marketPotential: 'Market potential',
  currentSales: 'Current sales',
  headroom: 'Headroom',
  proceduresBySiteOfCare: '{0} procedures by site of care{1}',
  noClaimsAreLoadedYetSalesOpsLoads: 'No claims are loaded yet: Sales Ops loads them in the Market step.',
  itTakesPartInProceduresWorthOfThem:
    'It takes part in procedures worth {0}; {1} of them count elsewhere, such as where they are performed.',
};
