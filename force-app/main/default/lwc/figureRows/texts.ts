/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  whereThisFigureComesFrom: 'Where this figure comes from',
  lookingUpRows: 'Looking up rows…',
  zip: 'ZIP',
  whoAndWhere: 'Who and where',
  what: 'What',
  services: 'Services',
  potential: 'Potential',
  earlier: 'Earlier',
  next: 'Next',
  allRowsAsCsv: 'All rows as CSV',
  noRowsNothingCountsUnderThisChoice: 'No rows: nothing counts under this choice.',
  rowsOfTogetherProcedures: 'Rows {0}–{1} of {2}; together {3} procedures, {4}.',
  procedure: 'Procedure',
};
