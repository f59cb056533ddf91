/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  automaticSync: 'Automatic sync',
  readingTheSettings: 'Reading the settings…',
  readItAgain: 'Read it again',
  automaticRuns: 'Automatic runs',
  schedule: 'Schedule',
  running: 'Running…',
  runNow: 'Run now',
  saved: 'Saved.',
};
