/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  whiteSpace: 'White space',
  noGroupOfNeighbouringZipsIsWorked:
    'No group of neighbouring ZIPs is worked less than chance would leave. Single providers without an account are in the ZIP list of each territory.',
  saveAsCsv: 'Save as CSV',
  outlinesAsGeoJSON: 'Outlines as GeoJSON',
  lookingAtZipsAndEverybodyInThe: 'Looking at {0} ZIPs and everybody in the claims…',
  n1PocketStands: '1 pocket stands',
  pocketsStand: '{0} pockets stand',
  aYearOfTheMarketIsWorkedByNobody: '{0} a year, {1} of the market, is worked by nobody; {2} out.',
  fteProviders: '{0} · {1} · {2} FTE · {3} providers',
  ofAllThatStandOutAsClearlyAsThis:
    'Of all that stand out as clearly as this one, at most {0} are expected to be chance.',
  since: 'since {0}',
  providersStandInNoZipOfTheMapAnd: '{0} providers stand in no ZIP of the map and count nowhere.',
  workedByNobodyNoAccountNoTerritory:
    'Worked by nobody: no account, no territory or active owner, or no activity{0}. Hours = calls + travel from the middle. At most 5 % of the pockets are expected to be chance.{1}',
  whiteSpace2: 'White space.{0}',
  oneInAHundred: 'one in a hundred',
};
