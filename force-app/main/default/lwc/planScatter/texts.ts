/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  workAgainstMarketPotential: 'Work against market potential',
  noTerritoriesYet: 'No territories yet.',
  hoursOfTarget: 'hours, % of target',
  potentialOfTarget: 'potential, % of target',
  targetRangeHours10Potential15Tab:
    'target range: hours ±10 %, potential ±15 %. Tab reaches the points, arrows walk from one to the next by hours, Enter picks.',
  ofInBothTargetRanges: '{0} of {1} in both target ranges',
  hoursAgainstMarketPotentialBothIn: 'Hours against market potential, both in % of target. {0}.',
  hoursPotentialOfTarget: '{0}: hours {1}, potential {2} of target',
};
