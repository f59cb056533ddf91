/** A time of one's own, as cron. */
export const OWN = '*';

/** Simple choices with their cron; the empty one never runs by the clock. */
export const CHOICES = [
  { label: 'Every night at 2:00', value: '0 2 * * *' },
  { label: 'Every weekday night at 2:00', value: '0 2 * * 1-5' },
  { label: 'Every Sunday night at 2:00', value: '0 2 * * 0' },
  { label: 'On the first of the month at 2:00', value: '0 2 1 * *' },
  { label: 'Every hour', value: '0 * * * *' },
  { label: 'Not by the clock', value: '' },
  { label: 'Other times (cron)…', value: OWN },
];

export function choiceOf(schedule: string | null): string {
  return CHOICES.find(({ value }) => value === (schedule ?? ''))?.value ?? OWN;
}
