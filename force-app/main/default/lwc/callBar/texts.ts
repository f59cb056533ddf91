/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  needsApiCallsOfUsedToday: 'Needs {0} API calls; {1} of {2} used today.',
};
