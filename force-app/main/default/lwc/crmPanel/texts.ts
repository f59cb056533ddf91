/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  salesforce: 'Salesforce',
  runs: 'Runs',
  automatic: 'Automatic',
  plans: 'Plans',
  drift: 'Drift',
  setUp: 'Set-up',
  fields: 'Fields',
};
