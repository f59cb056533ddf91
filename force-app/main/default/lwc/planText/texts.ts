/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  planAsText: 'Plan as text',
  oneLineAZipForReviewAndComparison:
    'One line a ZIP, for review and comparison. Opening one makes a new draft; nothing else changes.',
  savePlanAsText: 'Save plan as text',
  openAPlanText: 'Open a plan text…',
  fault: 'fault|faults',
  nothingWasOpened: '{0}: nothing was opened',
  line: 'Line {0}',
  moreAreToldOnceTheseAreCorrected: '{0} more are told once these are corrected.',
  isSavedAsText: '{0} is saved as text.',
  isLargerThanAPlanTextCanBe35Mb: '{0} is larger than a plan text can be (3.5 MB).',
  chooseAFileThatSavePlanAsTextWrote: 'Choose a file that “Save plan as text” wrote.',
  isOpenedAsANewDraft: '“{0}” is opened as a new draft.',
};
