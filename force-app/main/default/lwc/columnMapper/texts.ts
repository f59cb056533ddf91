/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  columnsOfTheFile: 'Columns of the file',
  whichColumnIsWhich: 'Which column is which?',
  thisFileHasALayoutOfItsOwnBelowIs:
    'This file has a layout of its own. Below is our guess; correct it where it is wrong. Columns left open are not used.',
  columnInTheFile: 'Column in the file',
  whatItHolds: 'What it holds',
  weAreNotSureOfThisOne: 'We are not sure of this one',
  saveTheseColumnsUnderANameForThe: 'Save these columns under a name (for the next file like this)',
  importWithTheseColumns: 'Import with these columns',
  cancel: 'Cancel',
  notUsed: '— not used —',
  whatHolds: 'What {0} holds',
  stillNeeded: 'Still needed: {0}.',
};
