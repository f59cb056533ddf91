/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  rows: 'Rows',
  whatHappened: 'What happened',
  lines: 'Lines',
  downloadEveryLineAsCsv: 'Download every line as CSV',
  thisVeryFileWasLoadedBeforeNothing: 'This very file was loaded before; nothing was done.',
  rowsReadKeptSetAside: '{0} rows read, {1} kept, {2} set aside',
  ofCountsUnderKeptAsEstimates: '{0} of counts under {1}, kept as estimates',
  columnsNotUsed: 'Columns not used: {0}',
  setAside: 'Set aside',
  putRight: 'Put right',
};
