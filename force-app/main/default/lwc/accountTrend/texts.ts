/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  claimsByPeriod: 'Claims by period',
  addingUpItsClaimsPeriodByPeriod: 'Adding up its claims, period by period…',
  period: 'Period',
  procedures: 'Procedures',
  size: 'Size',
  change: 'Change',
  potential: 'Potential',
  noClaimsAreKnownForItUnderThis:
    'No claims are known for it under this market. Its NPI or CCN in Salesforce is how claims find it.',
  thereIsOnePeriodOnlyWhenSalesOps:
    'There is one period only. When Sales Ops loads another one of the same kind of file, the change is shown here.',
};
