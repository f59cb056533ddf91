/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  hoursUsed: 'Hours used',
  marketPotentialOfTarget: 'Market potential, % of target',
  marketPotential: 'Market potential',
  currentSales: 'Current sales',
  headroom: 'Headroom',
  accounts: 'Accounts',
  callsCasesTravelAdministration: '{0} calls, {1} cases, {2} travel, {3} administration',
  ofAYear: '{0} of {1} a year: {2}',
  ofATargetOfTheTargetRangeIs15: '{0} of a target of {1}; the target range is ±15 %',
};
