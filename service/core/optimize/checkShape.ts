import type { PlanFile } from './planFile.ts';

/** What plan.json must hold, field by field: sentences for all that is missing, malformed or no number. */
export function shapeLies(plan: unknown): string[] {
  if (!isRecord(plan)) return ['plan.json is no object.'];
  const lies: string[] = [];
  const need = (isRight: boolean, what: string) => {
    if (!isRight) lies.push(`plan.json: ${what}.`);
  };
  for (const field of ['objective', 'bound', 'effort', 'seed', 'steps'])
    need(isNumber(plan[field]), `${field} is ${show(plan[field])}, not a number`);
  for (const field of ['gap', 'corridorPrice', 'contiguity'])
    need(plan[field] === null || isNumber(plan[field]), `${field} is ${show(plan[field])}, neither a number nor null`);
  for (const field of ['engineVersion', 'inputHash'])
    need(typeof plan[field] === 'string' && plan[field] !== '', `${field} is ${show(plan[field])}, not a text`);
  need(isNumber(plan['effort']) && plan['effort'] > 0, `effort is ${show(plan['effort'])}, not above 0`);
  need(Number.isInteger(plan['seed']), `seed is ${show(plan['seed'])}, not a whole number`);
  need(Number.isInteger(plan['steps']) && (plan['steps'] as number) >= 0, `steps is ${show(plan['steps'])}`);
  need(typeof plan['stopped'] === 'boolean', `stopped is ${show(plan['stopped'])}, neither true nor false`);
  need(plan['boundKind'] === 'box-dual', `boundKind is ${show(plan['boundKind'])}, not "box-dual"`);
  need(isDisruption(plan['disruption']), 'disruption needs lambda (at least 0), preset and moved (0 to 1)');
  need(isRecordOf(plan['centers'], isPlace), 'centers must give a latitude and a longitude for every territory');
  need(
    isRecordOf(plan['prices'], (value) => isRecordOf(value, isNumber)),
    'prices must be numbers by territory and measure',
  );
  need(
    isRecordOf(plan['totals'], (value) => isRecordOf(value, isNumber)),
    'totals must be numbers by territory and measure',
  );
  need(
    isListOf(plan['measures'], isMeasure) && (plan['measures'] as unknown[]).length > 0,
    'measures need name, tolerance and targets',
  );
  need(isListOf(plan['outside'], isOutside), 'outside must list territory, cause and proof');
  need(
    isListOf(plan['bridges'], (pair) => isListOf(pair, isText) && (pair as unknown[]).length === 2),
    'bridges must be pairs of units',
  );
  for (const field of ['splits', 'rules']) need(isListOf(plan[field], isText), `${field} must be a list of texts`);
  return lies.length > 0 ? lies : keyLies(plan as unknown as PlanFile);
}

/** Every territory stands in every table, with every measure. */
function keyLies({ totals, centers, prices, measures, outside }: PlanFile): string[] {
  const names = Object.keys(totals);
  const same = (keys: readonly string[], wanted: readonly string[]) =>
    keys.length === wanted.length && wanted.every((key) => keys.includes(key));
  const known = new Set(names);
  const sameNames = (table: object) => {
    const keys = Object.keys(table);
    return keys.length === names.length && keys.every((key) => known.has(key));
  };
  const named = measures.map(({ name }) => name);
  const lies: string[] = [];
  if (names.length === 0) lies.push('plan.json: totals name no territory.');
  if (new Set(named.map((name) => name.toLowerCase())).size < named.length)
    lies.push('plan.json: a measure stands twice.');
  for (const [what, table] of [
    ['centers', centers],
    ['prices', prices],
  ] as const)
    if (!sameNames(table)) lies.push(`plan.json: ${what} name other territories than totals.`);
  for (const { name, targets } of measures)
    if (!sameNames(targets)) lies.push(`plan.json: the targets of ${name} name other territories than totals.`);
  for (const name of names)
    for (const [what, row] of [
      ['totals', totals[name]],
      ['prices', prices[name]],
    ] as const)
      if (row && !same(Object.keys(row), named))
        lies.push(`plan.json: the ${what} of ${name} are not those of the measures.`);
  for (const { territory } of outside)
    if (!known.has(territory)) lies.push(`plan.json: outside names ${territory}, which is no territory.`);
  return lies;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRecordOf(value: unknown, test: (item: unknown) => boolean): boolean {
  return isRecord(value) && Object.values(value).every(test);
}

function isListOf(value: unknown, test: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(test);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isPlace(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isNumber)) return false;
  const [lat, lon] = value as [number, number];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

function isMeasure(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value['name']) &&
    isNumber(value['tolerance']) &&
    value['tolerance'] > 0 &&
    isRecordOf(value['targets'], isNumber)
  );
}

function isOutside(value: unknown): boolean {
  return isRecord(value) && isText(value['territory']) && isText(value['cause']) && typeof value['proof'] === 'boolean';
}

const PRESET_NAMES = ['fewestChanges', 'balanced', 'cleanSlate', 'given', 'none'];

function isDisruption(value: unknown): boolean {
  return (
    isRecord(value) &&
    isNumber(value['lambda']) &&
    value['lambda'] >= 0 &&
    PRESET_NAMES.includes(value['preset'] as string) &&
    isNumber(value['moved']) &&
    value['moved'] >= 0 &&
    value['moved'] <= 1 + 1e-9
  );
}

function show(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
