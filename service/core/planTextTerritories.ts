import type { TextRecord, TextTerritory } from './planText.ts';
import type { TextFault } from './planTextFaults.ts';
import { readName, readRecord } from './planTextWords.ts';
import type { TextWorld } from './planTextWorld.ts';
import type { TextLine } from './splitPlanText.ts';

/** As long as a territory's name may be, and how much one seat may hold of a full one; as in an edit by hand. */
const MAX_NAME = 80;
export const [LEAST_SHARE, MOST_SHARE] = [0.1, 3];

type Add = (fault: TextFault) => void;

interface Reading {
  readonly world: TextWorld;
  readonly add: Add;
  /** Lines by id; written here. */
  readonly lines: Map<string, number>;
}

/** The territories of a text, and their ids by the key that other lines call them by. */
export function readTerritories(
  rows: readonly TextLine[],
  { world, add, lines }: Reading,
): { territories: TextTerritory[]; idOf: Map<string, string> } {
  const territories: TextTerritory[] = [];
  const idOf = new Map<string, string>();
  for (const row of rows) {
    const territory = territoryOf(row, add);
    if (!territory) continue;
    const { key, id } = territory;
    const fix = 'Take one of the two out, or give it another name.';
    const twice = (what: string, at: number) =>
      add({ kind: 'territoryTwice', line: row.line, what: `${what} stands in line ${at} too.`, fix });
    const [known, called] = [lines.get(id), idOf.get(key)];
    if (known !== undefined) twice(`Territory ${id}`, known);
    else if (called !== undefined) twice(`"${key}"`, lines.get(called) ?? row.line);
    else if (world.territories && !world.territories.known.has(id)) add(unknownTerritory(row.line, territory));
    // also where it is refused: its ZIPs are not at fault
    lines.set(id, known ?? row.line);
    if (called === undefined) idOf.set(key, id);
    territories.push(territory);
  }
  for (const id of world.territories?.needed ?? [])
    if (!lines.has(id)) add(missingTerritory(id, world.territories?.known.get(id) ?? id));
  return { territories, idOf };
}

const unknownTerritory = (line: number, { id, name }: TextRecord): TextFault => ({
  ...{ kind: 'territory', line, what: `No plan of the team has a territory ${id} ("${name}").` },
  fix: 'Check the id. A new territory is added in the Design step, not in the text.',
});

const missingTerritory = (id: string, name: string): TextFault => ({
  ...{ kind: 'territoryMissing', line: null, what: `The territory "${name}" of today’s plan is missing.` },
  fix: `Add a line "${name} | ${id} | …" to [territories]; it may have no ZIP.`,
});

interface Fields {
  name?: string;
  parent?: TextRecord | null;
  rep?: TextRecord | null;
  targetShare?: number;
  isLocked?: boolean;
}

const READERS: Readonly<Record<string, (text: string) => Fields | null>> = {
  name: (text) => {
    const name = readName(text);
    return name === null ? null : { name };
  },
  parent: (text) => {
    const parent = readRecord(text);
    return parent === undefined ? null : { parent };
  },
  rep: (text) => {
    const rep = readRecord(text);
    return rep === undefined ? null : { rep };
  },
  target: (text) => {
    const share = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    return share >= LEAST_SHARE && share <= MOST_SHARE ? { targetShare: share } : null;
  },
  locked: (text) => (text === '' ? { isLocked: true } : null),
};

function territoryOf({ line, text }: TextLine, add: Add): TextTerritory | null {
  const [head = '', id = '', ...rest] = text.split('|').map((part) => part.trim());
  const key = readName(head);
  const refuse = (what: string, fix: string) => void add({ kind: 'line', line, what, fix });
  if (key === null || !/^[A-Za-z0-9]{18}$/.test(id)) {
    refuse('No territory can be read here.', 'Write: name | 18 characters of its id | parent … | rep … | target 1.');
    return null;
  }
  const fields: Fields = {};
  for (const part of rest) {
    const [, word = '', value = ''] = /^(\S*)\s*(.*)$/.exec(part) ?? [];
    const read = Object.hasOwn(READERS, word) ? READERS[word]?.(value) : null;
    if (read) Object.assign(fields, read);
    else
      refuse(
        `"${part.slice(0, 60)}" of territory "${key}" cannot be read.`,
        `The fields are name, parent, rep, target (${LEAST_SHARE} to ${MOST_SHARE}) and locked.`,
      );
  }
  const { name = key, parent = null, rep = null, targetShare = 1, isLocked = false } = fields;
  if (name.length > MAX_NAME)
    refuse(`The name of territory "${key.slice(0, 60)}" is too long.`, `Give it at most ${MAX_NAME} characters.`);
  return { key, id, name, parent, rep, targetShare, isLocked };
}
