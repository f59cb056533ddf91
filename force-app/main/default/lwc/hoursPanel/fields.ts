import type { HoursAnswer, HoursParameters, SeatHours } from 'c/bailiwick';

export interface Field {
  /** Path in the parameters, such as callPlan.tiers.A.callsPerYear. */
  name: string;
  label: string;
  step: string;
}

const tier = (name: 'A' | 'B' | 'C', which: string): Field[] => [
  { name: `callPlan.tiers.${name}.callsPerYear`, label: `Tier ${name} (${which}): calls a year`, step: '1' },
  { name: `callPlan.tiers.${name}.minutesPerCall`, label: `Tier ${name}: minutes a call`, step: '1' },
];

export const FIELDS: readonly { title: string; fields: readonly Field[] }[] = [
  {
    title: 'Calls',
    fields: [...tier('A', 'the top 50 % of volume'), ...tier('B', 'the next 30 %'), ...tier('C', 'the rest')],
  },
  {
    title: 'Cases and administration',
    fields: [
      { name: 'callPlan.caseShare', label: 'Share of procedures attended (0 to 1)', step: '0.01' },
      { name: 'callPlan.hoursPerCase', label: 'Hours a case', step: '0.1' },
      { name: 'callPlan.administrationHours', label: 'Administration, hours a year', step: '1' },
      { name: 'callPlan.workingHours', label: 'Working hours of a full-time rep a year', step: '1' },
    ],
  },
  {
    title: 'Travel',
    fields: [
      { name: 'travel.cyclesPerYear', label: 'Rounds a year', step: '1' },
      { name: 'travel.stopsPerDay', label: 'Stops a day', step: '0.5' },
      { name: 'travel.localSpeedKmh', label: 'Speed in town, km/h', step: '1' },
      { name: 'travel.highwaySpeedKmh', label: 'Speed on the highway, km/h', step: '1' },
      { name: 'travel.highwayFromKm', label: 'All highway from km', step: '1' },
      { name: 'travel.circuity', label: 'Road ÷ straight line', step: '0.01' },
      { name: 'travel.tourConstant', label: 'Tour constant', step: '0.01' },
    ],
  },
];

type Nested = { [key: string]: Nested | number };

export function readField(parameters: HoursParameters, { name }: Field): string {
  const value = name.split('.').reduce<unknown>((at, key) => (at as Nested)[key], parameters);
  return String(value);
}

/** The parameters with one figure changed; the rest is what it was. */
export function withField(parameters: HoursParameters, name: string, value: number): HoursParameters {
  const next = JSON.parse(JSON.stringify(parameters)) as HoursParameters;
  const keys = name.split('.');
  const last = keys.pop() ?? '';
  const at = keys.reduce<Nested>((inside, key) => inside[key] as Nested, next as unknown as Nested);
  at[last] = value;
  return next;
}

export const withSeat = (parameters: HoursParameters, id: string, change: Partial<SeatHours>): HoursParameters => {
  const seat = parameters.seats[id] ?? { fte: 1, leaveWeeks: 0, quotaUsd: null };
  return { ...parameters, seats: { ...parameters.seats, [id]: { ...seat, ...change } } };
};

export function seatRows({ territories }: HoursAnswer, { seats }: HoursParameters) {
  return territories.map(({ id, name, repName }) => {
    const { fte, leaveWeeks, quotaUsd } = seats[id] ?? { fte: 1, leaveWeeks: 0, quotaUsd: null };
    return {
      id,
      name,
      rep: repName ?? 'vacant',
      fte: String(fte),
      leave: String(leaveWeeks),
      quota: quotaUsd === null ? '' : String(quotaUsd),
      labels: {
        fte: `Full-time equivalents of ${name}`,
        leave: `Weeks of leave of ${name}`,
        quota: `Quota of ${name} in $ a year`,
      },
    };
  });
}
