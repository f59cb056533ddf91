/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  leastAndMostATerritoryMayHave: 'Least and most a territory may have',
  territory: 'Territory',
  of: 'Of',
  remove: 'Remove',
  hoursAYear: 'Hours a year',
  marketPotentialUs: 'Market potential, US$',
  everyTerritory: 'Every territory',
  limit: 'Limit {0}: {1}',
  least: 'Least {0}',
  most: 'Most {0}',
  removeLimit: 'Remove limit {0}: {1}',
  addALeastOrMost: 'Add a least or most',
  addAnother: 'Add another',
  everyTerritory2: 'every territory',
};
