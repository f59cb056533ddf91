/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  buildingBlocksOfTheMap: 'Building blocks of the map',
  countiesInTheseStatesSuchAsMeVtOr:
    'Counties in these states (such as ME, VT), or these counties by their five digits',
  chooseTheseUnits: 'Choose these units',
  zips: 'ZIPs',
  counties: 'Counties',
  countiesInSomeStatesZipsElsewhere: 'Counties in some states, ZIPs elsewhere',
  unitsOfTheMap: 'Units of the map: {0}{1}',
  isNeitherAStateOfTwoLettersNorA: '{0} is neither a state of two letters nor a county of five digits.',
};
