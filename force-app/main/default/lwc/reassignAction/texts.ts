/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  reassignThisAccount: 'Reassign this account',
  lookingUpTheTerritory: 'Looking up the territory…',
  team: 'Team',
  close: 'Close',
  reassign: 'Reassign',
  noTerritory: 'no territory',
  itIsInWhichIsNotYoursToChangeAsk:
    'It is in {0}, which is not yours to change. Ask its Territory Admin, or open the account and say what is wrong.',
};
