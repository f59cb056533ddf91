import type { FeedbackPlaces } from 'c/bailiwick';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

/** Why something is wrong, as reps give it. */
export const REASONS = [
  { value: 'relationship', label: texts.iHaveTheRelationship },
  { value: 'privileges', label: texts.hospitalPrivilegesItsSurgeonsWork },
  { value: 'distance', label: texts.distanceItIsTooFarFromMe },
  { value: 'wrongData', label: texts.theDataAreWrong },
  { value: 'strategic', label: texts.itIsAStrategicAccount },
  { value: 'other', label: texts.somethingElse },
];

/** Every other territory of the team, the speaker's own first. */
export function placeOptions({ places, at, suggested }: FeedbackPlaces) {
  const mine = places
    .filter(({ id }) => id === suggested)
    .map(({ id, name }) => ({ label: filled(texts.mine, name), value: id }));
  const others = places
    .filter(({ id }) => id !== at && id !== suggested)
    .map(({ id, name }) => ({ label: name, value: id }));
  return [...mine, { label: texts.iDoNotKnow, value: '' }, ...others];
}
