/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  amITreatedFairly: 'Am I treated fairly?',
  hoursUsed: 'Hours used',
  hoursOfWorkAYear: 'Hours of work a year',
  marketPotential: 'Market potential',
  timeOnTheRoad: 'Time on the road',
  accounts: 'Accounts',
  howFairIsIt: 'How fair is it?',
  thisTerritory: 'this territory',
  yourWork: 'Your work',
  theWork: 'The work',
  isThanAnEqualShare: '{0} is {1} {2} than an equal share.',
  youAre: 'you are',
  itIs: 'it is',
  byMarketPotentialNumberOfInTheTeam: '{0} By market potential {1} number {2} of {3} in the team.',
  otherRep: 'other rep|other reps',
  thereInTheTeamPeersAreShownOnlyIn:
    'There {0} {1} in the team: peers are shown only in groups of five or more, so that nobody can be told.',
};
