/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  picturePng: 'Picture (PNG)',
  pageToPrintPdf: 'Page to print (PDF)',
  noMap: 'No map.',
  saving: 'Saving…',
  saveMap: 'Save map',
  aPdf: 'a PDF',
  aPicture: 'a picture',
  theMapIsSavedAs: 'The map is saved as {0}.',
  thePictureIsTooBigForThisBrowser: 'The picture is too big for this browser.',
};
