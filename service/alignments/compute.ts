import { BailiwickError } from '../core/errors.ts';
import type { Handover } from '../core/connectedMoves.ts';
import { Plan, weightsOf } from '../core/optimize/plan.ts';
import { movingPart, putBack } from '../core/optimize/movingPart.ts';
import type { Problem } from '../core/optimize/problem.ts';
import type { SubProblem } from '../core/optimize/subProblem.ts';
import { MOST_REPAIR_MOVES } from '../core/smallestRepair.ts';
import { standingOf, type PlanStanding } from '../core/standing.ts';
import { TRADE_OFF_FACTORS, TRADE_OFF_REPAIRS, tradeOffs } from '../core/tradeOff.ts';
import { askedProblem, type Asked, type AskedProblem } from './askedProblem.ts';
import { indexOf } from './editRules.ts';
import type { EngineThread } from './engineThread.ts';
import { candidate, figuresToday, presentTradeOff, type Candidate } from './presentTradeOff.ts';
import { presentResult, type Needed } from './proposalResult.ts';
import type { StoredResult } from './storedResult.ts';

/** Solves what was asked and tells it as people read it. @throws BailiwickError infeasible: the rules contradict each other */
export async function compute(asked: Asked, engine: EngineThread): Promise<StoredResult> {
  const problem = askedProblem(asked);
  const { task } = asked.request;
  if (task.kind === 'tradeOff') return traded(asked, problem, engine);
  if (task.kind === 'repair') return repaired(asked, problem, engine);
  return balanced(asked, problem, engine);
}

async function repaired(asked: Asked, problem: AskedProblem, engine: EngineThread): Promise<StoredResult> {
  const { task } = asked.request;
  if (task.kind !== 'repair') throw new Error('not a repair');
  const { current } = problem.problem;
  if (!current)
    throw new BailiwickError('bad_request', 'A repair starts from the plan as it is, a clean slate does not.', {
      action: 'Choose “Fewest changes” or “Balanced”.',
    });
  const focus = task.territories?.map((id) => indexOf(asked.plan, id));
  const request = { moves: task.moves, ...(focus ? { focus } : {}) };
  const found = await engine.repair({ problem: problem.problem, owners: current, request });
  const owners = problem.expand(found.owners);
  const moves = found.moves.map((move) => ({ ...move, units: unitsOf(problem, move) }));
  return presentResult(asked, problem, { owners, moves, certificate: null, stopped: false, needed: null });
}

/** The plan's units of a move of groups. */
function unitsOf({ problem, expand, byUnit }: AskedProblem, { units }: Handover): number[] {
  if (problem === byUnit) return [...units];
  const marked = expand(problem.lat.map((_, node) => (units.includes(node) ? 1 : 0)));
  return marked.flatMap((mark, u) => (mark === 1 ? [u] : []));
}

/** One territory's ZIPs alone are to be placed. */
const LEAVE_EFFORT = 0.3;

/** The effort of the search for one plan; null for a task that is no single search. */
export function effortOf({ kind }: Asked['request']['task']): number | null {
  if (kind === 'repair' || kind === 'tradeOff') return null;
  return kind === 'leave' ? LEAVE_EFFORT : 1;
}

async function balanced(asked: Asked, problem: AskedProblem, engine: EngineThread): Promise<StoredResult> {
  const { limits } = problem.problem;
  engine.spans(0, limits ? 0.6 : 1);
  const { seed, task } = asked.request;
  const part = movingPart(problem.problem);
  if (part) return inPart(asked, problem, { engine, part });
  const effort = effortOf(task) ?? 1;
  const { stopped, ...found } = await solved(problem.problem, engine, { seed, effort });
  let { owners } = found;
  if (limits && !engine.isCancelled) {
    const few = await fewMoves(problem.problem, { owners, engine });
    if (few && isLighter(problem.problem, few, owners)) owners = few;
  }
  const needed = engine.isCancelled ? null : await neededBeyond(asked, problem.problem, { owners, engine });
  const certificate = engine.isCancelled ? null : await engine.certify({ problem: problem.problem, owners });
  return presentResult(asked, problem, {
    owners: problem.expand(owners),
    certificate,
    stopped,
    needed,
  });
}

/** On a large map twice or three times as much effort found no more, or one territory more of 70 on target. */
const PART_EFFORT = 0.3;

/**
 * A change on a large map is solved where anything may move: the rest stays in any case. It is not proved against a bound,
 * which would be one of the whole map.
 */
async function inPart(
  asked: Asked,
  problem: AskedProblem,
  { engine, part }: { engine: EngineThread; part: SubProblem },
): Promise<StoredResult> {
  const { seed, task } = asked.request;
  const effort = PART_EFFORT * (effortOf(task) ?? 1);
  const { owners, stopped } = await solved(part.problem, engine, { seed, effort });
  const whole = putBack(problem.problem.current!, part, owners);
  return presentResult(asked, problem, { owners: problem.expand(whole), certificate: null, stopped, needed: null });
}

/** The engine's plan; where it misses a range, a few moves more. */
async function solved(problem: Problem, engine: EngineThread, options: { seed: number; effort: number }) {
  const { owners, stopped, onTarget } = await engine.solve(problem, options);
  if (onTarget === problem.k || engine.isCancelled) return { owners, stopped };
  const more = await engine.repair({ problem, owners, request: { moves: MOST_REPAIR_MOVES } });
  return { owners: isLighter(problem, more.owners, owners) ? [...more.owners] : owners, stopped };
}

/** A handful of moves may do as much as a whole new plan: where little is off target, or a limit is tight. */
async function fewMoves(
  problem: Problem,
  { owners, engine }: { owners: readonly number[]; engine: EngineThread },
): Promise<number[] | null> {
  const { current } = problem;
  if (!current) return null;
  const isSmall = standingOf(problem, current).off <= MOST_REPAIR_MOVES;
  if (!isSmall && standingOf(problem, owners).off === 0) return null;
  const request = { moves: MOST_REPAIR_MOVES, covers: true };
  return [...(await engine.repair({ problem, owners: current, request })).owners];
}

/** More territories on target, or as many with less that changes rep; and nothing broken that the other has not. */
function isLighter(problem: Problem, owners: readonly number[], than: readonly number[]): boolean {
  const [a, b] = [standingOf(problem, owners), standingOf(problem, than)];
  if (a.broken > b.broken) return false;
  return a.off < b.off || (a.off === b.off && a.changed < b.changed);
}

/** What it would take without the limits, where they leave territories off target: the least that was found. */
async function neededBeyond(
  { request }: Asked,
  problem: Problem,
  { owners, engine }: { owners: readonly number[]; engine: EngineThread },
): Promise<Needed | null> {
  const before = standingOf(problem, owners);
  if (before.off === 0 || !isUsedUp(problem, before)) return null;
  const free = { ...problem, limits: null };
  const onward = await engine.repair({ problem: free, owners, request: { moves: MOST_REPAIR_MOVES } });
  engine.spans(0.6, 1);
  const plans = [onward.owners];
  if (onward.offAfter > 0)
    plans.push((await solved(free, engine, { seed: request.seed, effort: NEEDED_EFFORT })).owners);
  const [best] = plans
    .map((list) => standingOf(free, list))
    .sort((a, b) => a.off - b.off || a.accountsShare - b.accountsShare);
  return best && best.off < before.off ? best : null;
}

/** What a plan without limits would take is an estimate. */
const NEEDED_EFFORT = 0.3;

/** A limit stands in the way where less of it is left than most moves take. */
const LEFT = 0.01;

function isUsedUp({ limits, current }: Problem, standing: PlanStanding): boolean {
  if (!limits || !current) return false;
  const { accountsShare, salesShare, pipelineShare = Infinity } = limits;
  return (
    standing.accountsShare > accountsShare - LEFT ||
    standing.salesShare > salesShare - LEFT ||
    standing.pipelineShare > pipelineShare - LEFT
  );
}

/** Several plans in about the time of two; few moves more mend what is missed. */
const TRADE_OFF_EFFORT = 0.4;

async function traded(asked: Asked, problem: AskedProblem, engine: EngineThread): Promise<StoredResult> {
  const { current } = problem.problem;
  if (!current)
    throw new BailiwickError(
      'bad_request',
      'Plans between few changes and best balance start from the plan as it is.',
      {
        action: 'Choose “Fewest changes” or “Balanced”.',
      },
    );
  const spread = standingOf(problem.problem, current).squaredKm;
  const options = { seed: asked.request.seed, effort: TRADE_OFF_EFFORT };
  const found: Candidate[] = [];
  const add = (name: string, owners: readonly number[]) =>
    found.push(candidate(asked, problem, { name, owners: problem.expand(owners) }));
  for (const moves of TRADE_OFF_REPAIRS) {
    const { owners, moves: made } = await engine.repair({
      problem: problem.problem,
      owners: current,
      request: { moves },
    });
    add(`${made.length} moves`, owners);
  }
  for (const [i, factor] of TRADE_OFF_FACTORS.entries()) {
    if (engine.isCancelled) break;
    engine.spans(i / TRADE_OFF_FACTORS.length, (i + 1) / TRADE_OFF_FACTORS.length);
    const weighted = { ...problem.problem, disruptionWeight: factor * spread };
    add('', (await solved(weighted, engine, options)).owners);
  }
  const plan = new Plan(problem.byUnit, problem.start.owners);
  const today = figuresToday(asked, problem);
  const kept = tradeOffs(found, weightsOf(plan.problem), today);
  return presentTradeOff(asked, { today, plans: kept, stopped: engine.isCancelled });
}
