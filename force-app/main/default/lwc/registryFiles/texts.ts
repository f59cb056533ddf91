/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  nothingIsLoadedYetDropAFileAbove: 'Nothing is loaded yet: drop a file above.',
  inUse: 'In use',
  bringBack: 'Bring back',
  rowsSetAsideOrPutRight: 'Rows set aside or put right',
  rowsKeptSetAside: '{0}; {1} rows kept, {2} set aside; {3}',
  bringBackOf: 'Bring back {0} of {1}',
  rowsOfThatWereSetAsideOrPutRightAs: 'Rows of {0} that were set aside or put right, as CSV',
};
