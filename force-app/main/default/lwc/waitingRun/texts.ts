/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  approveOnce: 'Approve once',
  dismiss: 'Dismiss',
  aRunOfWaitsForYouNothingIsWritten: 'A run of {0} waits for you; nothing is written yet',
  theLivePlan: 'the live plan',
  account: 'account|accounts',
  owner: 'owner|owners',
  openDeal: 'open deal|open deals',
  itWouldWriteToATerritoryOutOfOne: 'It would write “{0}”: {1} to a territory, {2} out of one, {3}, {4}.',
  writeThisOnce: 'Write this once?',
  theNextRunStopsAgainWhereALimitIs: '{0} The next run stops again where a limit is passed.',
  dismissThisRun: 'Dismiss this run?',
  nothingIsWrittenTheNextRunCompares:
    'Nothing is written. The next run compares anew, and stops again if the cause is still there.',
};
