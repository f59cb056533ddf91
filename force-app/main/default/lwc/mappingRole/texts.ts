/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  apiNameOfTheField: 'API name of the field',
  addASecondField: 'Add a second field',
  aGuess: 'a guess',
  whereThatIsEmpty: '{0}, where that is empty',
  noSuchField: 'No such field',
  anotherField: 'Another field…',
  suchAs: 'Such as {0}.',
};
