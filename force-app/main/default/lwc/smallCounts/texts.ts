/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  theRuleOfThisSourceKeptWithThe:
    'The rule of this source, kept with the import: 11 and 5.5 are what CMS asks. The true count is not kept anywhere.',
  guardCountsBelow: 'Guard counts below',
  theyStandAs: 'They stand as',
  smallCounts1ToStandAs: 'Small counts: 1 to {0} stand as {1}',
  guardCountsBelowAWholeNumberFrom1: 'Guard counts below a whole number from 1 to {0}.',
  whatTheyStandAsLiesBetween0And: 'What they stand as lies between 0 and {0}.',
};
