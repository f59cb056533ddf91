/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  usingIt: 'Using it:',
  territoryGainsOrLoses: 'territory gains or loses|territories gain or lose',
  livePlan: 'live plan|live plans',
  unitsIn: '{0} {1} {2} units in {3}.',
  new: 'New: {0}',
  gone: 'Gone: {0}',
  partOfAnotherNow: 'Part of another now: {0}',
  unit: 'unit|units',
  gainsLoses: 'gains {0}, loses {1}',
  noZipChangesItsTerritory: 'No ZIP changes its territory.',
  fromTo: '{0} from {1} to {2}',
  zipChanges: 'ZIP changes|ZIPs change',
  territory: '{0} territory: {1}.',
  andMore: 'and {0} more',
  nobody: 'nobody',
};
