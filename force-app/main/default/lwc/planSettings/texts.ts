/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  howPlansComeToLife: 'How plans come to life',
  readingTheSettings: 'Reading the settings…',
  daysUntilAnIntroductionIsDue: 'Days until an introduction is due',
  yearsThatFeedbackIsKept: 'Years that closed feedback, messages and dropped drafts are kept',
  everythingIsKept: 'Empty: everything is kept.',
  year: 'year|years',
  whatIsOlderIsRemoved:
    'What is older than {0} is removed once a day, from the day after this is saved. It does not come back; export it before. The logs of accounts and plans stay.',
  save: 'Save',
  onlyApprovedPlansArePublished: 'Only approved plans are published',
  whoMadeAPlanOrChangedItLastDoesNot: 'Who made a plan, or changed it last, does not approve it',
  aSingleAccountMayBeReassigned: 'A single account may be reassigned without an approval',
  repsWhoseAccountsChangeAreToldByA:
    'Reps whose accounts change are told by a task, once a plan: before it is live, or afterwards where nobody announced it',
  managersAreToldByATaskWhenAPlan: 'Managers are told by a task when a plan waits for them',
  savedBy: 'Saved by {0}, {1}.',
  theseAreTheDefaults: 'These are the defaults.',
  saved: 'Saved.',
};
