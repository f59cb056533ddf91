/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  tryAgain: 'Try again',
  cancel: 'Cancel',
  orLetItCompute: 'Or let it compute',
  computing: 'Computing',
  aComputedPlan: 'A computed plan',
  fixIt: 'Fix it',
  compute: 'Compute',
  waitingForItsTurn: 'Waiting for its turn…',
  ofInBothRangesSoFar: '{0} · {1} of {2} in both ranges so far',
  noProposalWasFound: 'No proposal was found.',
  tryAnotherPreset: 'Try another preset.',
};
