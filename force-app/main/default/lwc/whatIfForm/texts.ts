/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  whatIfSomebodyLeftOrTwoBecameOne: 'What if somebody left, or two became one?',
  whatChanges: 'What changes',
  territory: 'Territory',
  pickATerritory: 'Pick a territory',
  territoryThatGoesIntoIt: 'Territory that goes into it',
  pickANeighbour: 'Pick a neighbour',
  zipOfTheNewHome: 'ZIP of the new home',
  tryThis: 'Try this',
  computedOnTodaysPlanNothingChanges: 'Computed on today’s plan; nothing changes before you save a draft.',
  aRepLeavesForGood: 'A rep leaves for good',
  aRepIsOnLeave: 'A rep is on leave',
  twoTerritoriesBecomeOne: 'Two territories become one',
  oneTerritoryBecomesTwo: 'One territory becomes two',
  aRepMovesToAnotherHome: 'A rep moves to another home',
  aRepIsAddedAnywhere: 'A rep is added anywhere',
};
