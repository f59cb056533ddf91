/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  estimatedByDistanceWithoutRoadsOr:
    'Estimated by distance, without roads or traffic. Choose some and plan the day; this account is in it.',
  accountsNearby: 'Accounts nearby',
  away: 'away',
  headroom: 'headroom',
  open: 'Open',
  in: 'in {0}',
  accountsWithinMinutesMostHeadroom: 'Accounts within {0} minutes{1}, most headroom first',
  itsAddressIsNoPlaceOnTheMapSo:
    'Its address is no place on the map, so nothing is near it. Correct its ZIP in Salesforce.',
  nothingIsListedTheTerritoryOfThis: 'Nothing is listed: the territory of this account is not yours.',
  noOtherAccountOfIsWithinMinutes: 'No other account of {0} is within {1} minutes.',
  tier: 'tier {0}',
  open2: 'Open {0}',
  showMore: 'Show {0} more',
  dayPlan: 'Day plan',
  visit: 'visit|visits',
  dayPlanWith: 'Day plan with {0}',
  lastActivity: 'last activity {0}',
  lookingWithin: 'Looking for accounts within {0} minutes…',
  byRoad: 'Drive times by road, without traffic. Choose some and plan the day; this account is in it.',
};
