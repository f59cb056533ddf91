import type { TextComputed, TextRecord } from './planText.ts';
import type { TextFault } from './planTextFaults.ts';
import { NOBODY, readName, readRecord } from './planTextWords.ts';
import type { TextWorld } from './planTextWorld.ts';
import type { TextParts } from './splitPlanText.ts';

/** The lines before the first section; what is null was not there, and is a fault. */
export interface TextHeader {
  readonly name: string | null;
  readonly team: TextRecord | null;
  readonly geography: string | null;
  readonly market: string | null;
  readonly basedOn: TextRecord | null;
  readonly computed: TextComputed | null;
  readonly leftOut: number;
  /** ZIPs that are not listed shall have no territory. */
  readonly isRestNobody: boolean;
}

const NEEDED = ['plan', 'team', 'geography'] as const;
const FIELDS: readonly string[] = [...NEEDED, 'market', 'based on', 'computed', 'accounts left out', 'ZIPs not listed'];
/** As long as a plan's name may be. */
const MAX_NAME = 80;

interface Field {
  readonly line: number;
  readonly value: string;
}
type Add = (fault: TextFault) => void;

export function readHeader({ header }: TextParts, world: TextWorld, add: Add): TextHeader {
  const fields = fieldsOf(header, add);
  const read = <T>(name: string, parse: (value: string) => T | undefined): T | null => {
    const field = fields.get(name);
    if (!field) return null;
    const value = parse(field.value);
    if (value !== undefined) return value;
    const fix = 'Write it as "Save plan as text" does.';
    add({ kind: 'header', line: field.line, what: `"${name}: ${field.value.slice(0, 60)}" cannot be read.`, fix });
    return null;
  };
  const team = read('team', (value) => readRecord(value) ?? undefined);
  const geography = read('geography', (value) => (/^\S+$/.test(value) ? value : undefined));
  checkWorld({ team, geography }, { world, fields, add });
  return {
    ...{ team, geography },
    name: read('plan', nameOf),
    market: read('market', (value) => (value === NOBODY ? null : /^\S{1,64}$/.test(value) ? value : undefined)),
    basedOn: read('based on', readRecord),
    computed: read('computed', computedOf),
    leftOut: read('accounts left out', (value) => (/^\d{1,6}$/.test(value) ? Number(value) : undefined)) ?? 0,
    isRestNobody: read('ZIPs not listed', (value) => (value === 'nobody' ? true : undefined)) ?? false,
  };
}

function fieldsOf(lines: TextParts['header'], add: Add): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const { line, text } of lines) {
    const [, name = text, value] = /^([^:]+):\s*(.*)$/.exec(text) ?? [];
    if (value === undefined || !FIELDS.includes(name)) {
      const fix = `The header has ${FIELDS.join(', ')}, each with a colon after it.`;
      add({ kind: 'header', line, what: `"${name.slice(0, 40)}" is no line of the header.`, fix });
    } else if (fields.has(name)) {
      const what = `"${name}" stands in line ${fields.get(name)?.line} too.`;
      add({ kind: 'header', line, what, fix: 'Take one of the two out.' });
    } else fields.set(name, { line, value });
  }
  for (const name of NEEDED)
    if (!fields.has(name))
      add({
        ...{ kind: 'header', line: null, what: `The header does not say "${name}".` },
        fix: `Add a line "${name}: …" before the first section.`,
      });
  return fields;
}

function checkWorld(
  { team, geography }: Pick<TextHeader, 'team' | 'geography'>,
  { world, fields, add }: { world: TextWorld; fields: ReadonlyMap<string, Field>; add: Add },
): void {
  const lineOf = (name: string) => fields.get(name)?.line ?? null;
  if (team && world.team && team.id !== world.team.id)
    add({
      ...{ kind: 'team', line: lineOf('team') },
      what: `The plan is of the team ${team.name || team.id}, and not of ${world.team.name}.`,
      fix: 'Open it in its own team.',
    });
  if (geography && world.geography && geography !== world.geography.key)
    add({
      ...{ kind: 'geography', line: lineOf('geography') },
      what: `The plan was made on other boundaries (${geography}) than those in use (${world.geography.key}).`,
      fix: 'Save it again where it was made after these boundaries were loaded there: plans are carried over to them.',
    });
}

function nameOf(value: string): string | undefined {
  const name = readName(value)?.trim() ?? '';
  return name !== '' && name.length <= MAX_NAME ? name : undefined;
}

const COMPUTED =
  /^inputs (\S+) \| seed (\d+) \| engine (\S+) \| effort (\d+(?:\.\d+)?) \| gap (-|\d+(?:\.\d+)?(?:e-\d+)?)$/;

function computedOf(value: string): TextComputed | null | undefined {
  if (value === NOBODY) return null;
  const [, inputs, seed, engine, effort, gap] = COMPUTED.exec(value) ?? [];
  if (inputs === undefined || engine === undefined) return undefined;
  return { inputs, engine, seed: Number(seed), effort: Number(effort), gap: gap === NOBODY ? null : Number(gap) };
}
