/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  changesToPublish: 'Changes to publish',
  makeTheListAgain: 'Make the list again',
  thereIsNoDraftToPublishTheCrmHolds: 'There is no draft to publish: the CRM holds today’s plan.',
  goToDesign: 'Go to Design',
  listAgain: 'List again',
  askingTheCrmWhatWouldChange: 'Asking the CRM what would change…',
  nothingToDoTheCrmAlreadyHoldsThis: 'Nothing to do: the CRM already holds this plan.',
  earlier: 'Earlier',
  publishToTheCrm: 'Publish to the CRM',
  theTakeBackIsOver: 'The take-back is over',
  thePublishIsOver: 'The publish is over',
  change: 'change|changes',
  written: '{0} written.',
};
