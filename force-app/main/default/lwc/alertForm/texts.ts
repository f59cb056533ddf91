/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  tellSomebodyWhenTerritoriesLeave: 'Tell somebody when territories leave their range',
  tryAgain: 'Try again',
  readingTheRules: 'Reading the rules…',
  tellWhenTheLivePlanDrifts: 'Tell when the live plan drifts',
  hoursOffTargetByMoreThan: 'Hours off target by more than %',
  potentialOffByMoreThan: 'Potential off by more than %',
  fromSoManyTerritoriesOn: 'From so many territories on',
  thenQuietForDays: 'Then quiet for days',
  saveTheRules: 'Save the rules',
  toldBy: 'Told by {0}.',
  nobodyIsToldYetSetAWebhookOrUsers: 'Nobody is told yet: set a webhook or users for automatic sync under CRM.',
  toldLastOn: '{0} Told last on {1}.',
  saved: 'Saved.',
};
