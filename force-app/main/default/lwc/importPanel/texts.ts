/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  useMyOwnFiles: 'Use my own files',
  whatKindOfFile: 'What kind of file',
  dropAFileHereOr: 'Drop a file here, or',
  chooseAFile: 'Choose a file',
  forgetIt: 'Forget it',
  cancel: 'Cancel',
  nothingWasChangedWhatWasLoaded: 'Nothing was changed: what was loaded before stays in use.',
  showItsDemandOnTheMap: 'Show its demand on the map',
  beginning: 'Beginning…',
  ofMbSent: '{0}: {1} of {2} MB sent',
  ofThisStep: ', {0} % of this step',
  isHereChooseTheSameFileAgainToGoOn: '{0}: {1} is here. Choose the same file again to go on.',
  isBeingImported: '{0} is being imported.',
  isHereAndNotImportedYetChooseIt: '{0} is here and not imported yet. Choose it again to go on.',
};
