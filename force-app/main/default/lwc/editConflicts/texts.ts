/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  movedByTwoPeople: 'Moved by two people',
  nothingIsLostChooseForEachZipOrFor: 'Nothing is lost: choose for each ZIP, or for all. Everything else was merged.',
  itIsLockedNowUnlockItInTheTable: 'It is locked now: unlock it in the table before you take yours.',
  takeMine: 'Take mine',
  leaveTheirs: 'Leave theirs',
  show: 'Show',
  takeAllMine: 'Take all mine',
  leaveAllTheirs: 'Leave all theirs',
  zip: 'ZIP|ZIPs',
  movedBySomebodyElseToo: '{0} moved by somebody else too',
  nowInYouGaveItTo: 'Now in {0} ({1}); you gave it to {2}.',
  takeMineTo: 'Take mine: {0} to {1}',
  leaveTheirsIn: 'Leave theirs: {0} in {1}',
  showOnTheMap: 'Show {0} on the map',
  moreAreListedWhenTheseAreDecided: '{0} more are listed when these are decided.',
};
