/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  loadedBefore: 'Loaded before',
  show: 'Show',
  bringBack: 'Bring back',
  rows: '{0}, {1}; {2} rows, {3}',
  countedBy: 'Counted by {0}',
};
