/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  whichRecordsAreWhat: 'Which records are what',
  withoutARuleARecordIsToldByIts: 'Without a rule a record is told by its numbers: one with a CCN is a facility.',
  isOneOfCommaBetween: 'is one of (comma between)',
  remove: 'Remove',
  parentsHealthSystems: 'Parents (health systems)',
  addARuleFor: 'Add a rule for {0}',
  fieldThatTells: 'Field that tells {0}',
  removeTheRuleOn: 'Remove the rule on {0}',
};
