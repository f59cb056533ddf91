import { z } from 'zod';
import { BailiwickError } from '../core/errors.ts';
import type { FieldParameters } from '../core/fieldState.ts';
import { DEFAULT_TRAVEL } from '../core/travel.ts';
import { DEFAULT_CALL_PLAN } from '../core/workload.ts';

/** Nothing in the field happens more often, or takes longer, than this: a slip of the keyboard is caught. */
const MOST = 1e6;
const some = z.number().min(0).max(MOST);
const above = z.number().positive().max(MOST);
const tier = z.strictObject({ callsPerYear: some, minutesPerCall: some });
export const callPlanShape = z.strictObject({
  tiers: z.strictObject({ A: tier, B: tier, C: tier }),
  caseShare: some.max(1),
  hoursPerCase: some,
  administrationHours: some,
  workingHours: above,
});
export const travelShape = z.strictObject({
  circuity: above,
  tourConstant: some,
  stopsPerDay: above,
  cyclesPerYear: above,
  localSpeedKmh: above,
  highwaySpeedKmh: above,
  highwayFromKm: above,
});
const shape = z.strictObject({
  callPlan: callPlanShape.partial().optional(),
  travel: travelShape.partial().optional(),
});

/** Parameters of a JSON file; what it leaves out stays at its default. @throws BailiwickError file_not_recognized */
export function readParameters(text: string, name: string): FieldParameters {
  const read = () => {
    try {
      return shape.safeParse(JSON.parse(text));
    } catch (cause) {
      throw new BailiwickError('file_not_recognized', `${name} is no JSON.`, { action: 'Correct it.', cause });
    }
  };
  const { data, error } = read();
  if (data)
    return {
      callPlan: { ...DEFAULT_CALL_PLAN, ...withoutGaps(data.callPlan) },
      travel: { ...DEFAULT_TRAVEL, ...withoutGaps(data.travel) },
    };
  const problems = error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  throw new BailiwickError('file_not_recognized', `${name}: ${problems.join('; ')}.`, { action: 'See --help.' });
}

/** Only what is there; a part that was left out must not hide its default. */
function withoutGaps<Part extends object>(part: Part | undefined) {
  return Object.fromEntries(Object.entries(part ?? {}).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Part]?: Exclude<Part[Key], undefined>;
  };
}

export const DEFAULT_PARAMETERS: FieldParameters = { callPlan: DEFAULT_CALL_PLAN, travel: DEFAULT_TRAVEL };
