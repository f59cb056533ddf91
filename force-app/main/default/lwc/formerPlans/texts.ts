/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  plansBeforeTheirBoundariesChanged: 'Plans before their boundaries changed',
  downloadAsCsv: 'Download as CSV',
  versionCarriedOver: 'Version {0}, carried over {1}. {2}',
  downloadVersionAsCsv: 'Download {0}, version {1}, as CSV',
};
