/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  steps: 'Steps',
  market: 'Market',
  today: 'Today',
  design: 'Design',
  compare: 'Compare',
  publish: 'Publish',
};
