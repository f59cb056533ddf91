/** Why something is wrong, as reps give it. */
export const REASONS = [
  { value: 'relationship', label: 'I have the relationship' },
  { value: 'privileges', label: 'Hospital privileges: its surgeons work elsewhere' },
  { value: 'distance', label: 'Distance: it is too far from me' },
  { value: 'wrongData', label: 'The data are wrong' },
  { value: 'strategic', label: 'It is a strategic account' },
  { value: 'other', label: 'Something else' },
];
