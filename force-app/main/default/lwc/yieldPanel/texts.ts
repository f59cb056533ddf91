/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  expectedSalesEffect: 'Expected sales effect',
  expectedSalesEffectAYear: 'Expected sales effect a year',
  addingUpTheSalesOfEveryZip: 'Adding up the sales of every ZIP…',
  whatThisAssumes: 'What this assumes',
  hoursReachCustomersBetter: 'Hours reach customers better',
  lostWhereTheRepChangesFirstYear: 'Lost where the rep changes, first year',
  bothTogether: 'Both together',
  to: '{0} to {1}',
};
