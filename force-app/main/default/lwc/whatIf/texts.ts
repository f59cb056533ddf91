/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  whatIf: 'What if',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  accounts: 'Accounts',
  sales: 'Sales',
  hours: 'Hours',
  discard: 'Discard',
  saveAsDraft: 'Save as draft',
  computedOnThePlanAsItIsTheMapShows:
    'Computed on the plan as it is. The map shows it; dashed lines are the borders before.',
  ofInBothRangesSoFar: '{0} · {1} of {2} in both ranges so far',
  waitingForItsTurn: 'Waiting for its turn…',
  bestHome: 'Best home: {0} ({1}).',
  whoGivesUpWhat: 'Who gives up what',
  whoTakesOverWhat: 'Who takes over what',
  inBothTargetRangesOfTheBusiestThen:
    'In both target ranges: {0} → {1} of {2}; the busiest then at {3} of the hours. {4} of accounts and {5} of sales change rep.',
  savedAsTheDraftNothingInSalesforce: 'Saved as the draft “{0}”. Nothing in Salesforce has changed.',
  nobody: 'nobody',
};
