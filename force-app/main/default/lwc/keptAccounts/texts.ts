/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  findAnAccountThatStaysWithItsRep: 'Find an account that stays with its rep',
  findAnAccountByName: 'Find an account by name',
  isChosen: 'is chosen.',
  remove: 'Remove',
  byName: '{0} by name',
  accountsThatStayWithTheirRep: 'Accounts that stay with their rep: {0}',
  letFollowItsZip: 'Let {0} follow its ZIP',
  isYoursToSeeNotToChangeItsOwnerOr: '{0} is yours to see, not to change: its owner or an admin can hold it.',
  isInNoTerritoryYetThereIsNoRepTo: '{0} is in no territory yet: there is no rep to stay with.',
  itsTerritory: 'its territory',
  followsItsZipAgain: '{0} follows its ZIP again.',
  staysIn: '{0} stays in {1}.',
  staysInZip: 'stays in {0} · {1}',
};
