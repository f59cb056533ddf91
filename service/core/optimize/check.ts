import { figureLies } from './checkFigures.ts';
import { groundOf, overridesOf, ownersOf, rosterLies, type CheckInput } from './checkGround.ts';
import { checkItems } from './checkItems.ts';
import { bridgesOf, groupLies, overrideLies, pieceLies, ruleLies } from './checkMap.ts';
import { checkRanges, rangeLies } from './checkRanges.ts';
import { shapeLies } from './checkShape.ts';

/**
 * Everything that is untrue of a plan, as sentences; empty for an honest one. An independent check: it recomputes every
 * claim from the inputs and shares nothing with the optimizer but the readers, so that an error there cannot hide here.
 */
export function checkPlan(input: CheckInput): string[] {
  const malformed = shapeLies(input.plan);
  if (malformed.length > 0) return malformed;
  const missing = input.plan.measures.find(({ name }) => !input.units.measures.has(name.toLowerCase()));
  if (missing) return [`The units file has no measure ${missing.name}.`];
  const lies = rosterLies(input);
  if (input.plan.inputHash !== input.inputHash)
    lies.unshift('The plan was made from other inputs: the input hash differs.');
  const { owner, lies: ownerLies } = ownersOf(input);
  const { given, lies: givenLies } = overridesOf(input, owner);
  lies.push(...ownerLies, ...givenLies);
  // figures of a plan without an owner for every unit would all be wrong, and only repeat it
  if (owner.includes(-1)) return lies;
  const ground = groundOf(input, owner, given);
  const { next, lies: bridgeLies } = bridgesOf(ground);
  const items = checkItems(ground);
  const ranges = checkRanges(ground, items);
  return [
    ...lies,
    ...bridgeLies,
    ...pieceLies(ground, next),
    ...overrideLies(ground, next),
    ...groupLies(ground),
    ...ruleLies(ground),
    ...rangeLies(ground, ranges),
    ...figureLies(ground, items, ranges),
  ];
}
