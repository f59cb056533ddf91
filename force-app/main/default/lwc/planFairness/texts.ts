/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  howFairIsIt: 'How fair is it?',
  addingUpBothPlans: 'Adding up both plans…',
};
