/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  setUpChecks: 'Set-up checks',
  forTheSalesforceAdministratorWhat:
    'For the Salesforce administrator: what is in order, and what to click in Setup where it is not.',
  checkingTheServiceAndTheOrg: 'Checking the service and the org…',
  checkAgain: 'Check again',
  inOrder: 'In order',
  toLookAt: 'To look at',
  doesNotWork: 'Does not work',
  allChecksAreInOrder: 'All {0} checks are in order',
  check: 'check|checks',
  ofToLookAt: '{0} of {1} to look at',
  checked: '{0}; checked {1}.',
};
