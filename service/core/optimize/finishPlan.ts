import { figuresOf, itemsOf, type Figures, type Items } from './figures.ts';
import { cutOff, provedByPrices, tooLarge, unfitPieces, wholesOf, type Proof } from './impossible.ts';
import { assertLegal, reachable } from './legal.ts';
import { mended } from './mend.ts';
import { ENGINE_VERSION, type Solution } from './optimize.ts';
import { outsideOf } from './outside.ts';
import { NEGLIGIBLE_KM2, type PlanFile } from './planFile.ts';
import type { Prepared } from './solveFiles.ts';
import { neededParts } from './neededParts.ts';
import { unitPrices } from './unitPrices.ts';

export interface FinishedPlan {
  /** Territory of each unit; of a split unit the main one. */
  readonly territoryOf: string[];
  /** Account and territory, only of split units and only where it is not the unit's own; in file order. */
  readonly overrides: (readonly [string, string])[];
  readonly plan: PlanFile;
}

type Answer = Pick<Solution, 'owners' | 'bound' | 'steps' | 'stopped'>;

/** What the engine answered, by unit and account, with the figures and proofs of the finished plan. */
export function finishPlan(prepared: Prepared, answer: Answer): FinishedPlan {
  const { ground, nodes, parts, request } = prepared;
  const { names } = ground.roster;
  const ownerOf = mended(prepared.problem, answer.owners);
  const owners = Int32Array.from(nodes.nodeOf, (node) => ownerOf[node]!);
  const owned = parts.map((part, i) =>
    reachable(prepared, owners, { ...part, owner: ownerOf[nodes.nodes.length + i]! }),
  );
  assertLegal(prepared, owners, owned);
  const given = neededParts(ground, { owners, parts: owned });
  const territoryOfAccount = new Map(given.flatMap(({ accounts, owner }) => accounts.map((a) => [a, owner] as const)));
  const splitUnits = new Set(given.map(({ unit }) => unit));
  const accounts = (ground.accounts?.unitOf ?? []).flatMap((unit, a) => (splitUnits.has(unit) ? [a] : []));
  const items = itemsOf(ground, accounts);
  const itemOwners = Int32Array.from(items.unitOf, (u, i) =>
    i < owners.length ? owners[u]! : (territoryOfAccount.get(accounts[i - owners.length]!) ?? owners[u]!),
  );
  const candidates = [answer.bound.prices, unitPrices(prepared, owners)].flatMap((prices) =>
    prices
      ? [{ prices, figures: figuresOf(ground, items, { owners: itemOwners, prices, neighbors: prepared.neighbors }) }]
      : [],
  );
  const { figures, prices } = candidates.reduce((best, one) => (one.figures.bound > best.figures.bound ? one : best));
  const ownerOfPart = (i: number) => territoryOfAccount.get(parts[i]!.accounts[0]!) ?? owners[parts[i]!.unit]!;
  const proofs = figures.outside.length > 0 ? proofsOf(prepared, items, { figures, prices, ownerOfPart }) : [];
  return {
    territoryOf: Array.from(owners, (owner) => names[owner]!),
    overrides: accounts.flatMap((a) => {
      const owner = territoryOfAccount.get(a);
      return owner === undefined ? [] : [[ground.accounts!.ids[a]!, names[owner]!] as const];
    }),
    plan: planFile(prepared, answer, {
      figures,
      prices,
      outside: outsideOf(ground, { figures, proofs, owners }),
      splits: [...splitUnits].sort((a, b) => a - b).map((u) => request.units.ids[u]!),
    }),
  };
}

interface Found {
  readonly figures: Figures;
  readonly prices: readonly number[];
  readonly ownerOfPart: (part: number) => number;
}

function proofsOf(prepared: Prepared, items: Items, found: Found): Proof[] {
  const { ground } = prepared;
  const plain = [
    ...tooLarge(ground, wholesOf(prepared, found.ownerOfPart)),
    ...cutOff(ground, items),
    ...unfitPieces(prepared, items),
  ];
  const cut = plain.length === 0 ? provedByPrices(ground, items, found) : null;
  return cut ? [cut] : plain;
}

interface Told {
  readonly figures: Figures;
  readonly prices: readonly number[];
  readonly outside: PlanFile['outside'];
  readonly splits: readonly string[];
}

function planFile(
  { request, ground, bridges, preset }: Prepared,
  answer: Answer,
  { figures, prices, outside, splits }: Told,
): PlanFile {
  const { names } = ground.roster;
  const k = names.length;
  const byName = <Value>(value: (j: number) => Value) => Object.fromEntries(names.map((name, j) => [name, value(j)]));
  const byMeasure = (values: ArrayLike<number>) =>
    byName((j) => Object.fromEntries(ground.measures.map(({ name }, m) => [name, values[m * k + j]!])));
  const isInside = figures.outside.length === 0;
  // inside the ranges the bound can exceed the objective by rounding only
  const bound = isInside ? Math.min(figures.bound, figures.objective) : figures.bound;
  return {
    objective: figures.objective,
    bound,
    gap: isInside ? gapOf(figures.objective, bound) : null,
    boundKind: 'box-dual',
    contiguity: isInside && bound > 0 ? figures.contiguity / bound : null,
    corridorPrice: figures.free > NEGLIGIBLE_KM2 ? bound / figures.free - 1 : null,
    disruption: { lambda: ground.lambda, preset, moved: figures.moved },
    centers: byName((j) => figures.centers[j]!),
    prices: byMeasure(prices),
    measures: ground.measures.map(({ name, tolerance }, m) => ({
      name,
      tolerance,
      targets: byName((j) => ground.ranges.target[m * k + j]!),
    })),
    totals: byMeasure(figures.loads),
    outside,
    bridges: bridges.map(([a, b]) => [request.units.ids[a]!, request.units.ids[b]!] as const),
    splits,
    rules: ground.rules.map(({ text }) => text),
    effort: request.effort,
    seed: request.seed,
    steps: answer.steps,
    stopped: answer.stopped,
    engineVersion: ENGINE_VERSION,
    inputHash: request.inputHash,
  };
}

/** Share above the bound; null where the bound says nothing. */
function gapOf(objective: number, bound: number): number | null {
  if (objective <= NEGLIGIBLE_KM2) return 0;
  return bound > 0 ? objective / bound - 1 : null;
}
