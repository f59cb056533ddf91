/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  stopBeforeWritingAndAskWhenMore: 'Stop before writing and ask when more than',
  orAnOpenDealWouldMoveFromThisStage: 'or an open deal would move from this stage on',
  ofAllAccountsWouldChangeTerritory: 'of all accounts would change territory',
  ofTheAccountsOfOneTerritoryWould: 'of the accounts of one territory would come or go',
  ofThePlacedAccountsWouldLoseTheir: 'of the placed accounts would lose their place',
  ofAllAccountsWouldGetAFirstPlace: 'of all accounts would get a first place',
  theLastThirdOfTheStages: 'The last third of the stages',
};
