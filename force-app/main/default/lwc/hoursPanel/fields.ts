import type { HoursAnswer, HoursParameters, SeatHours } from 'c/bailiwick';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

export interface Field {
  /** Path in the parameters, such as callPlan.tiers.A.callsPerYear. */
  name: string;
  label: string;
  step: string;
}

const tier = (name: 'A' | 'B' | 'C', which: string): Field[] => [
  { name: `callPlan.tiers.${name}.callsPerYear`, label: filled(texts.tierCallsAYear, name, which), step: '1' },
  { name: `callPlan.tiers.${name}.minutesPerCall`, label: filled(texts.tierMinutesACall, name), step: '1' },
];

export const FIELDS: readonly { title: string; fields: readonly Field[] }[] = [
  {
    title: texts.calls,
    fields: [...tier('A', texts.theTop50OfVolume), ...tier('B', texts.theNext30), ...tier('C', texts.theRest)],
  },
  {
    title: texts.casesAndAdministration,
    fields: [
      { name: 'callPlan.caseShare', label: texts.shareOfProceduresAttended0To1, step: '0.01' },
      { name: 'callPlan.hoursPerCase', label: texts.hoursACase, step: '0.1' },
      { name: 'callPlan.administrationHours', label: texts.administrationHoursAYear, step: '1' },
      { name: 'callPlan.workingHours', label: texts.workingHoursOfAFullTimeRepAYear, step: '1' },
    ],
  },
  {
    title: texts.travel,
    fields: [
      { name: 'travel.cyclesPerYear', label: texts.roundsAYear, step: '1' },
      { name: 'travel.stopsPerDay', label: texts.stopsADay, step: '0.5' },
      { name: 'travel.localSpeedKmh', label: texts.speedInTownKmH, step: '1' },
      { name: 'travel.highwaySpeedKmh', label: texts.speedOnTheHighwayKmH, step: '1' },
      { name: 'travel.highwayFromKm', label: texts.allHighwayFromKm, step: '1' },
      { name: 'travel.circuity', label: texts.roadStraightLine, step: '0.01' },
      { name: 'travel.tourConstant', label: texts.tourConstant, step: '0.01' },
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
      rep: repName ?? texts.vacant,
      fte: String(fte),
      leave: String(leaveWeeks),
      quota: quotaUsd === null ? '' : String(quotaUsd),
      labels: {
        fte: filled(texts.fullTimeEquivalentsOf, name),
        leave: filled(texts.weeksOfLeaveOf, name),
        quota: filled(texts.quotaOfInAYear, name),
      },
    };
  });
}
