/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  found: 'Found',
  findAZipCityCountyAccountOrRepOn: 'Find a ZIP, city, county, account or rep on the map',
  findZipCityCountyAccountRep: 'Find ZIP, city, county, account, rep',
  isInTheMiddleOfTheMap: 'is in the middle of the map.',
  nothingHereIsCalledThatOrItIsNot: 'Nothing here is called that, or it is not shared with you.',
  place: 'place|places',
  found2: '{0} found',
};
