import { connect } from '../adjacency.ts';
import { BailiwickError } from '../errors.ts';
import { contract, type Contracted } from './contract.ts';
import { certify, ENGINE_VERSION, optimize, type Certificate } from './optimize.ts';
import { Plan } from './plan.ts';
import type { PlanFile, UnitTable } from './planFile.ts';
import type { EngineOptions, Problem } from './problem.ts';

export interface FileRequest {
  readonly units: UnitTable;
  readonly edges: readonly ReadonlySet<number>[];
  readonly k: number;
  readonly measures: readonly { readonly name: string; readonly tolerance: number }[];
  readonly seed: number;
  readonly effort: number;
  readonly inputHash: string;
}

/** A plan for units that come from files, with everything that `check` needs to prove it. */
export function solveFiles(request: FileRequest, options: Pick<EngineOptions, 'onProgress' | 'shouldStop'> = {}) {
  const { units } = request;
  const given = request.edges.map((set) => [...set].sort((a, b) => a - b));
  const bridges = connect(given, units.lat, units.lon);
  const neighbors = withBridges(given, bridges);
  const nodes = contract(units, neighbors);
  const names = territoryNames(request);
  const problem = fileProblem(request, nodes, names);
  const solution = optimize(problem, { ...options, effort: request.effort, seed: request.seed });
  const owners = units.ids.map((_, unit) => solution.owners[nodes.nodeOf[unit]!]!);
  // groups are one node to the search; figures and proof are about the units themselves
  const single = { nodes: units.ids.map((_, unit) => [unit]), nodeOf: units.ids.map((_, unit) => unit), neighbors };
  const byUnit = fileProblem(request, single, names);
  const certificate = certify(new Plan(byUnit, owners));
  return {
    territoryOf: owners.map((owner) => names[owner]!),
    plan: planFile(request, { problem: byUnit, certificate, names, bridges }),
  };
}

function withBridges(neighbors: number[][], bridges: readonly (readonly [number, number])[]): number[][] {
  const sets = neighbors.map((list) => new Set(list));
  for (const [a, b] of bridges) {
    sets[a]!.add(b);
    sets[b]!.add(a);
  }
  return sets.map((set) => [...set].sort((a, b) => a - b));
}

/** Today's territories keep their names; the rest is numbered. */
function territoryNames({ units, k }: FileRequest): string[] {
  const today = [...new Set(units.current.filter((name) => name !== ''))].sort();
  if (today.length > k) {
    throw new BailiwickError(
      'bad_request',
      `The column current names ${today.length} territories, but ${k} are asked for.`,
      {
        action: `Ask for at least ${today.length}, or leave out the column.`,
      },
    );
  }
  const width = String(k).length;
  const fresh = Array.from({ length: k }, (_, j) => `T${String(j + 1).padStart(width, '0')}`).filter(
    (name) => !today.includes(name),
  );
  return [...today, ...fresh].slice(0, k);
}

function fileProblem(request: FileRequest, { nodes, neighbors }: Contracted, names: readonly string[]): Problem {
  const { units, k, measures } = request;
  const mean = (values: readonly number[]) =>
    nodes.map((members) => members.reduce((sum, u) => sum + values[u]!, 0) / members.length);
  const sum = (values: readonly number[]) =>
    nodes.map((members) => members.reduce((total, u) => total + values[u]!, 0));
  const today = nodes.map((members) => names.indexOf(units.current[members[0]!] ?? ''));
  const locked = nodes.map((members, node) => {
    const isLocked = members.some((u) => units.locked[u]);
    if (isLocked && today[node]! < 0) {
      throw new BailiwickError(
        'bad_request',
        `Unit ${units.ids[members[0]!]} is locked, but the column current names no territory for it.`,
        {
          action: 'Name its territory in the column current.',
        },
      );
    }
    return isLocked;
  });
  return {
    lat: mean(units.lat),
    lon: mean(units.lon),
    neighbors,
    k,
    shares: names.map(() => 1),
    measures: measures.map(({ name, tolerance }) => {
      const values = units.measures.get(name.toLowerCase());
      if (!values) {
        throw new BailiwickError('bad_request', `The units file has no measure "${name}".`, {
          action: `It has ${[...units.measures.keys()].join(', ') || 'none'}.`,
        });
      }
      return { name, tolerance, perUnit: sum(values), perPair: null, base: names.map(() => 0) };
    }),
    homes: names.map(() => null),
    current: today.some((owner) => owner >= 0) ? today : null,
    locked,
    frozen: names.map(() => false),
    disruption: null,
    limits: null,
    disruptionWeight: 0,
  };
}

interface Solved {
  readonly problem: Problem;
  readonly certificate: Certificate;
  readonly names: readonly string[];
  readonly bridges: readonly (readonly [number, number])[];
}

function planFile(request: FileRequest, { problem, certificate, names, bridges }: Solved): PlanFile {
  const { k } = problem;
  const byName = <Value>(value: (j: number) => Value) => Object.fromEntries(names.map((name, j) => [name, value(j)]));
  const outside = outsideOf(problem, certificate, names, heaviest(request, problem));
  return {
    objective: certificate.objective,
    bound: certificate.bound.value,
    gap:
      outside.length === 0 && certificate.bound.value > 0 ? certificate.objective / certificate.bound.value - 1 : null,
    boundKind: 'box-dual',
    centers: byName((j) => certificate.centers[j]!),
    prices: byName((j) =>
      Object.fromEntries(problem.measures.map(({ name }, m) => [name, certificate.bound.prices[m * k + j]!])),
    ),
    measures: problem.measures.map(({ name, tolerance }, m) => ({
      name,
      tolerance,
      targets: byName((j) => certificate.corridors[m]![j]!.target),
    })),
    totals: byName((j) => Object.fromEntries(problem.measures.map(({ name }, m) => [name, certificate.loads[m]![j]!]))),
    outside,
    bridges: bridges.map(([a, b]) => [request.units.ids[a]!, request.units.ids[b]!] as const),
    splits: [],
    rules: [],
    effort: request.effort,
    seed: request.seed,
    engineVersion: ENGINE_VERSION,
    inputHash: request.inputHash,
  };
}

/** The heaviest single unit of each measure: what may make a range unreachable whatever the plan. */
function heaviest({ units }: FileRequest, problem: Problem) {
  return problem.measures.map(({ name }) => {
    const values = units.measures.get(name.toLowerCase())!;
    const unit = values.reduce((best, value, u) => (value > values[best]! ? u : best), 0);
    return { unit: units.ids[unit]!, amount: values[unit]! };
  });
}

function outsideOf(
  problem: Problem,
  { loads, corridors }: Certificate,
  names: readonly string[],
  big: readonly { unit: string; amount: number }[],
) {
  return names.flatMap((territory, j) =>
    problem.measures.flatMap(({ name }, m) => {
      const { low, high, target } = corridors[m]![j]!;
      const load = loads[m]![j]!;
      if (load >= low && load <= high) return [];
      const off = `${name} ${load > target ? '+' : ''}${((load / target - 1) * 100).toFixed(1)} % of target`;
      const alone =
        big[m]!.amount > high
          ? `unit ${big[m]!.unit} alone exceeds the cap`
          : 'the search found no better plan with this effort';
      return [{ territory, cause: `${off}: ${alone}` }];
    }),
  );
}
