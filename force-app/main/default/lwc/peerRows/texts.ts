/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  middleHalfOfTheOthers: 'middle half of the others',
  theirAverage: 'their average',
  numberOfAverageOfTheOthersHalfOf: 'Number {0} of {1}; average of the others {2}, half of them {3} to {4}.',
};
