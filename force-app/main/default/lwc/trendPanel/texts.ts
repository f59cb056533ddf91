/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  yearToYear: 'Year to year',
  addingUp: 'Adding up…',
  thereIsOnePeriodOnlyLoadAnother:
    'There is one period only. Load another year of the same kind of file, and the change is shown here and on the map.',
  period: 'Period',
  procedures: 'Procedures',
  here: 'Here',
  inAll: 'In all',
  territory: 'Territory',
  change: 'Change',
  theNationMovedBy: 'The nation moved by {0}.',
  ofMovedMoreThanBeyondThat: '{0}{1} of {2} {3} moved more than {4} beyond that.',
  beyond: '{0} beyond',
  lastChangeOnThisMapApartFromThe: 'Last change on this map: {0}; apart from the national shift {1}.',
  marketPotential: 'Market potential',
  ofTodaysTerritoriesByPeriod: '{0} of today’s territories by period',
  colourTheMapByPotential: 'Colour the map by potential',
  colourTheMapByChange: 'Colour the map by change',
};
