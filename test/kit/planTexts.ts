import { parseCsv } from '../../service/core/csv.ts';
import { checkPlan } from '../../service/core/optimize/check.ts';
import type { CheckInput } from '../../service/core/optimize/checkGround.ts';
import type { FinishedPlan } from '../../service/core/optimize/finishPlan.ts';
import { readAccounts } from '../../service/core/optimize/readAccounts.ts';
import { readRules } from '../../service/core/optimize/readRules.ts';
import { readTerritories } from '../../service/core/optimize/readTerritories.ts';
import { readEdges, readUnits } from '../../service/core/optimize/readUnits.ts';
import { rosterOf } from '../../service/core/optimize/roster.ts';
import { solveFiles, type FileRequest } from '../../service/core/optimize/solveFiles.ts';
import { seeded } from '../../service/core/random.ts';

/** The files of a plan as texts. */
export interface PlanTexts {
  readonly units: string;
  readonly edges: string;
  readonly territories?: string;
  readonly accounts?: string;
  readonly rules?: string;
}

export type Asked = Partial<Omit<FileRequest, 'units' | 'edges' | 'territories' | 'accounts' | 'rules'>>;

const MEASURES = [
  { name: 'hours', tolerance: 0.1 },
  { name: 'dollars', tolerance: 0.1 },
];

/** Reads texts as the command does. */
export function requestOf(texts: PlanTexts, asked: Asked = {}): FileRequest {
  const request = { measures: MEASURES, k: null, seed: 1, effort: 0.05, inputHash: 'x', ...asked };
  const units = readUnits(
    parseCsv(texts.units, 'units.csv'),
    request.measures.map(({ name }) => name),
  );
  const edges = readEdges(parseCsv(texts.edges, 'edges.csv'), units.ids);
  const territories =
    texts.territories === undefined ? null : readTerritories(parseCsv(texts.territories, 'territories.csv'));
  const accounts = texts.accounts === undefined ? null : readAccounts(parseCsv(texts.accounts, 'accounts.csv'), units);
  const rules =
    texts.rules === undefined
      ? []
      : readRules(parseCsv(texts.rules, 'rules.csv'), {
          units,
          territories: rosterOf({ units, territories, k: request.k }).names,
          hasHome: (name) => (territories?.homes[territories.names.indexOf(name)] ?? null) !== null,
        });
  return { ...request, units, edges, territories, accounts, rules };
}

export interface SolvedTexts extends FinishedPlan {
  readonly request: FileRequest;
  /** What is untrue of the plan, or of a changed one. */
  readonly untrue: (change?: Partial<CheckInput>) => string[];
  readonly assignment: (readonly [string, string])[];
}

export function solveTexts(texts: PlanTexts, asked: Asked = {}): SolvedTexts {
  const request = requestOf(texts, asked);
  return asSolved(request, solveFiles(request));
}

export function asSolved(request: FileRequest, finished: FinishedPlan): SolvedTexts {
  const { units, edges, inputHash } = request;
  const assignment = units.ids.map((unit, u) => [unit, finished.territoryOf[u]!] as const);
  // as a reader of the file gets it
  const plan = JSON.parse(JSON.stringify(finished.plan)) as FinishedPlan['plan'];
  const input: CheckInput = {
    units,
    edges,
    territories: request.territories ?? null,
    accounts: request.accounts ?? null,
    rules: request.rules ?? [],
    assignment,
    overrides: finished.overrides,
    plan,
    inputHash,
  };
  return { ...finished, plan, request, assignment, untrue: (change = {}) => checkPlan({ ...input, ...change }) };
}

interface Squared {
  readonly size: number;
  readonly seed?: number;
  /** More columns: header and the cell of each unit. */
  readonly columns?: Readonly<Record<string, (unit: number) => string>>;
}

/** A square of units u0, u1, …, row by row, with hours and dollars; neighbours touch by a side. */
export function squareTexts({ size, seed = 1, columns = {} }: Squared): { units: string; edges: string } {
  const random = seeded(size * 31 + seed);
  const amount = () => (1 + 4 * random() ** 3).toFixed(3);
  const names = Object.keys(columns);
  const rows = Array.from({ length: size * size }, (_, u) =>
    [
      `u${u}`,
      (42 - 0.1 * Math.floor(u / size)).toFixed(4),
      (-72 + 0.1 * (u % size)).toFixed(4),
      amount(),
      amount(),
      ...names.map((name) => columns[name]!(u)),
    ].join(','),
  );
  const edges = rows.flatMap((_, u) => [
    ...((u + 1) % size === 0 ? [] : [`u${u},u${u + 1}`]),
    ...(u + size < rows.length ? [`u${u},u${u + size}`] : []),
  ]);
  return {
    units: `${['unit', 'lat', 'lon', 'hours', 'dollars', ...names].join(',')}\n${rows.join('\n')}\n`,
    edges: `unit,unit\n${edges.join('\n')}\n`,
  };
}
