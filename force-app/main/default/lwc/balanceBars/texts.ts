/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  targetRangeHours10Potential15: 'target range: hours ±10 %, potential ±15 %',
  giveOrTakeTooCloseToCall: 'give or take; ≈ too close to call',
  territory: 'Territory',
  hoursUsed: 'Hours used',
  potentialOfTarget: 'Potential, % of target',
  noTerritoriesYetBarsAppearWhenA: 'No territories yet. Bars appear when a territory plan is open.',
  giveOrTakeTheDifferenceToItsTarget: ', give or take {0}: the difference to its target is noise',
  giveOrTake: ', give or take {0}',
  territories: 'Territories',
  ofOnTargetInHours: '{0} of {1} on target in hours',
  inRange: 'in range',
  noRep: 'no rep',
  ofTheHoursThereAre: '{0} of the hours there are: {1}',
  marketPotentialOfTarget: '{0} market potential, {1} of target{2}',
};
