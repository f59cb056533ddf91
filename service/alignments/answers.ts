import { z } from 'zod';
import { territoryFigures } from '../http/figures.ts';

/*
 * What this slice answers, as OpenAPI tells it. Answers are made from the same figures that core computes; a test holds
 * every answer against its schema.
 */

const point = z.object({ lat: z.number(), lon: z.number() });
const vector = z.array(z.number().nullable());
const source = z.object({ label: z.string(), period: z.string(), formula: z.string() });
export const version = z.int().min(1);
const stage = z.enum(['draft', 'review', 'announced', 'approved', 'scheduled']);

export const summary = z.object({
  id: z.uuid(),
  name: z.string(),
  teamId: z.string(),
  state: z.enum(['draft', 'live', 'archived']),
  /** How far a draft has come; approved and scheduled it is held as it is. */
  stage,
  version,
  updatedAt: z.iso.datetime(),
  byName: z.string().nullable(),
  basedOnName: z.string().nullable(),
});
export const listAnswer = z.object({ alignments: z.array(summary) });

const territory = z.object({
  id: z.string(),
  name: z.string(),
  parentId: z.string().nullable(),
  parentName: z.string().nullable(),
  repId: z.string().nullable(),
  repName: z.string().nullable(),
  vacant: z.boolean(),
  homeZip: z.string().nullable(),
  home: point.nullable(),
  capacityHours: z.number(),
  targetShare: z.number(),
  administrationHours: z.number(),
  canEdit: z.boolean(),
});

const override = z.object({
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  unit: z.int(),
  territory: z.int(),
  part: z.record(z.string(), z.number()),
});

export const planAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  teamId: z.string(),
  teamName: z.string(),
  state: z.enum(['draft', 'live', 'archived']),
  stage,
  version,
  geographyKey: z.string(),
  marketId: z.string(),
  canEdit: z.boolean(),
  /** Null where the reader may not know the territory. */
  territories: z.array(territory.nullable()),
  /** Territory index of every unit; -1 nobody, -2 not shown to you. */
  owners: z.array(z.int().min(-2)),
  overrides: z.array(override),
  lockedUnits: z.array(z.int()),
  lockedTerritories: z.array(z.int()),
});

const tier = z.object({ callsPerYear: z.number(), minutesPerCall: z.number() });

export const inputsAnswer = z.object({
  inputs: z.object({
    potentialUsd: vector,
    salesUsd: vector,
    headroomUsd: vector,
    providers: vector,
    accounts: vector,
    procedures: vector,
    callHours: vector,
    caseHours: vector,
    stops: vector,
    spacingKm: vector,
    lat: vector,
    lon: vector,
  }),
  travel: z.record(z.string(), z.number()),
  callPlan: z.object({ tiers: z.object({ A: tier, B: tier, C: tier }) }).catchall(z.number()),
  source: source.loose(),
  suppressedShare: z.number().min(0).max(1),
  uncertainty: z.object({ varianceUsd2: vector, unplacedShare: z.number().nonnegative() }),
});

export const row = territoryFigures.extend({
  index: z.int(),
  id: z.string(),
  name: z.string(),
  travelShare: z.number(),
  deviation: z.object({ workloadHours: z.number(), potentialUsd: z.number() }),
});
export const totalsAnswer = z.object({
  territories: z.array(row),
  unassigned: z.object({ units: z.int(), potentialUsd: z.number() }),
});

export const findingsAnswer = z.object({
  sentence: z.string(),
  items: z.array(
    z.object({
      kind: z.enum(['onTarget', 'overloaded', 'travel', 'uncovered', 'vacancy', 'merge']),
      text: z.string(),
      value: z.number(),
      territoryIndex: z.int().optional(),
      otherIndex: z.int().optional(),
      units: z.array(z.int()).optional(),
    }),
  ),
});

export const fairnessAnswer = z.object({ sentences: z.array(z.string()) });

export const limitsAnswer = z.object({
  accounts: z.number(),
  salesUsd: z.number(),
  /** Null where the CRM does not show open opportunities to this service. */
  pipelineUsd: z.number().nullable(),
  counties: z.int(),
  /** Territories with a home: only those can have a greatest distance. */
  homes: z.int(),
});

export const openedAnswer = z.object({ id: z.uuid(), name: z.string(), version, notes: z.array(z.string()) });
export const movedAnswer = z.object({ version, applied: z.int() });
export const versionAnswer = z.object({ version });
export const askedAnswer = z.object({ id: z.uuid() });

const madeBy = { version, at: z.iso.datetime(), byName: z.string(), note: z.string().nullable() };
const places = { from: z.string().nullable(), to: z.string().nullable() };
export const editsAnswer = z.object({
  version,
  edits: z.array(
    z.object({
      ...madeBy,
      isMine: z.boolean(),
      moves: z.array(z.object({ unit: z.string(), ...places })),
      /** Null for an account that is not shared with you. */
      overrides: z.array(z.object({ accountId: z.string().nullable(), ...places })),
    }),
  ),
});
export const versionsAnswer = z.object({
  versions: z.array(z.object({ ...madeBy, units: z.int(), accounts: z.int() })),
});
export const repsAnswer = z.object({ reps: z.array(z.object({ id: z.string(), name: z.string() })) });
export const unitAccountsAnswer = z.object({
  unit: z.string(),
  accounts: z.array(
    z.object({
      accountId: z.string(),
      accountName: z.string(),
      kind: z.string().nullable(),
      canEdit: z.boolean(),
      /** Index of its territory in the plan; -1 nobody. */
      territory: z.int(),
      /** Held by name, whatever its ZIP does. */
      held: z.boolean(),
      part: z.record(z.string(), z.number()),
    }),
  ),
});
