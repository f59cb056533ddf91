import { texts } from './texts';

/** A time of one's own, as cron. */
export const OWN = '*';

/** Simple choices with their cron; the empty one never runs by the clock. */
export const CHOICES = [
  { label: texts.everyNightAt200, value: '0 2 * * *' },
  { label: texts.everyWeekdayNightAt200, value: '0 2 * * 1-5' },
  { label: texts.everySundayNightAt200, value: '0 2 * * 0' },
  { label: texts.onTheFirstOfTheMonthAt200, value: '0 2 1 * *' },
  { label: texts.everyHour, value: '0 * * * *' },
  { label: texts.notByTheClock, value: '' },
  { label: texts.otherTimesCron, value: OWN },
];

export function choiceOf(schedule: string | null): string {
  return CHOICES.find(({ value }) => value === (schedule ?? ''))?.value ?? OWN;
}
