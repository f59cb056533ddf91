/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  nameNpiCcnOrCity: 'Name, NPI, CCN or city',
  kind: 'Kind',
  earlier: 'Earlier',
  next: 'Next',
  findAProviderOrFacility: 'Find a provider or facility',
  everyKind: 'Every kind',
  nothingIsFoundCheckTheSpellingOr: 'Nothing is found: check the spelling, or load a file that lists it.',
  of: '{0}–{1} of {2}',
};
