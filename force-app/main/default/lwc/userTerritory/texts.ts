/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  territory: 'Territory',
  saveAccountList: 'Save account list',
  moreAboutTheTerritory: 'More about the territory',
  myTerritory: 'My territory',
  territoryOf: 'Territory of {0}',
  myTerritoryOnTheMap: 'My territory on the map',
  theTerritoryOnTheMap: 'The territory on the map',
  accountsCsv: '{0} accounts.csv',
  focus: 'Focus',
  fieldPlan: 'Field plan',
  whatChanged: 'What changed',
  feedback: 'Feedback',
  noClaimsAreLoadedYetSoNothingCanBe:
    'No claims are loaded yet, so nothing can be counted. Sales Ops loads them in the Market step.',
  youSeeWhatItIsCalledAndWhereItLies:
    'You see what it is called and where it lies. Its figures are for {0}, for managers above and for Sales Ops.',
  noRepSaidThatSomethingIsWrongIn: 'No rep said that something is wrong in your territories.',
  youSaidNothingYetThisIsWrongOnAn:
    'You said nothing yet. “This is wrong” on an account’s page, or under What changed, goes to your manager.',
  step1Of2LookingUpTheTerritoryAnd: 'Step 1 of 2: looking up the territory and adding up its accounts…',
  step2Of2DrawingZips: 'Step 2 of 2: drawing {0} ZIPs…',
};
