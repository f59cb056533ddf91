/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  rulesForFeedback: 'Rules for feedback',
  withoutAPerson: 'Without a person',
  lookingUpTheRules: 'Looking up the rules…',
  acceptAtOnceWithinOneRegionWhenThe:
    'Accept at once within one region, when the account’s sales are below ($ a year; empty: never)',
  leaveToSalesOpsWhenTheAccounts: 'Leave to Sales Ops, when the account’s sales are at least ($ a year; empty: never)',
  decideWithinDays: 'Decide within (days)',
  saveTheRules: 'Save the rules',
  nothingIsAcceptedByItself: 'Nothing is accepted by itself.',
  accountsWithSalesBelowAYearAre: 'Accounts with sales below {0} a year are given within their region at once.',
  fromAYearOnSalesOpsDecides: 'From {0} a year on Sales Ops decides.',
  everythingElseIsDueWithinDays: '{0}{1} Everything else is due within {2} days.',
  savedTheyHoldForWhatIsSaidFromNow: 'Saved. They hold for what is said from now on.',
};
