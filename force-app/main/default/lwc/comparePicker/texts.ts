/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  compareOtherPlansOrVersions: 'Compare other plans or versions',
  compareThese: 'Compare these',
  draftAgainstToday: 'Draft against today',
  bothSidesAreTheSamePlanAndVersion: 'Both sides are the same plan and version.',
  newest: 'Newest',
  inReview: 'in review',
  before: 'Before',
  after: 'After',
  version: '{0}: version',
  zip: 'ZIP|ZIPs',
};
