/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  whereShouldItBe: 'Where should it be?',
  workingOutBothTerritories: 'Working out both territories…',
  intoWhichDraft: 'Into which draft?',
  whatDoYouTellWhoSaidIt: 'What do you tell who said it?',
  decline: 'Decline',
  passOn: 'Pass on…',
  toWhoseTerritoryDoesItBelong: 'To whose territory does it belong?',
  pickATerritory: 'Pick a territory',
  passItOn: 'Pass it on',
  nothingMoves: 'Nothing moves',
  salesOps: 'Sales Ops',
  theDraftAcceptedFeedback: 'The draft “Accepted feedback”',
  marketPotentialSales: 'Market potential {0} → {1}, sales {2} → {3}',
  hoursUsedBeforeAndAfterIn: 'Hours used before and after, in “{0}”:',
  toDeclineSayWhy: 'To decline, say why.',
  accept: 'Accept',
  acceptAndMove: 'Accept and move',
  acceptingTellsWhoSaidItNothing:
    'Accepting tells who said it; nothing moves by itself. Change the map in the workbench.',
  acceptedItIsAMoveInThatDraft:
    'Accepted, it is a move in that draft; nothing in Salesforce changes before the draft is published. Where the other territory is another manager’s, she is asked first.',
};
