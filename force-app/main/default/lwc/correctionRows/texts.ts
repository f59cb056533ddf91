/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  endIt: 'End it',
  whyItEndsMayStayEmpty: 'Why it ends (may stay empty)',
  itStaysInTheListWithTodaysDateAnd: 'It stays in the list with today’s date and your name.',
  endItToday: 'End it today',
  leaveIt: 'Leave it',
  endIt2: 'End it: {0}, {1}',
  volumeAtOfClaims: 'Volume at {0} of claims',
  accessLimitedTo: 'Access limited to {0}',
  by: 'by {0}',
  ended: 'Ended {0}{1}{2}',
  changesNothingTheMarketsClaimsDo: 'Changes nothing: the market’s claims do not know it.',
  potential: 'potential {0} → {1}',
  proceduresAYear: '{0} → {1} procedures a year, {2}.',
};
