/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  introductions: 'Introductions',
  askingSalesforceHowFarTheyAre: 'Asking Salesforce how far they are…',
  noTasksYetBothRepsGetOneForEach:
    'No tasks yet. Both reps get one for each account, with its open deals and their next steps.',
  tasksForAccountsWithOpenDeals: 'Tasks for accounts with open deals',
  tasksForAllAccounts: 'Tasks for all accounts',
  askAgain: 'Ask again',
  task: 'task|tasks',
  salesforceDidNotTake: 'Salesforce did not take {0}.',
  introduction: 'introduction|introductions',
  ofDone: '{0} of {1} done.{2}',
  noRep: 'no rep',
  ofDoneDue: '{0} → {1}: {2} of {3} done, due {4}',
  andMore: 'and {0} more',
  open: 'Open: {0}{1}',
};
