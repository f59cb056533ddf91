import type { FeedbackPlaces } from 'c/bailiwick';

/** Why something is wrong, as reps give it. */
export const REASONS = [
  { value: 'relationship', label: 'I have the relationship' },
  { value: 'privileges', label: 'Hospital privileges: its surgeons work elsewhere' },
  { value: 'distance', label: 'Distance: it is too far from me' },
  { value: 'wrongData', label: 'The data are wrong' },
  { value: 'strategic', label: 'It is a strategic account' },
  { value: 'other', label: 'Something else' },
];

/** Every other territory of the team, the speaker's own first. */
export function placeOptions({ places, at, suggested }: FeedbackPlaces) {
  const mine = places
    .filter(({ id }) => id === suggested)
    .map(({ id, name }) => ({ label: `${name} (mine)`, value: id }));
  const others = places
    .filter(({ id }) => id !== at && id !== suggested)
    .map(({ id, name }) => ({ label: name, value: id }));
  return [...mine, { label: 'I do not know', value: '' }, ...others];
}
