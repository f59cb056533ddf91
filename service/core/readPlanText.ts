import { UNIT_ID } from './ids.ts';
import type { PlanText, TextTerritory } from './planText.ts';
import { inLineOrder, type TextFault } from './planTextFaults.ts';
import { readHeader, type TextHeader } from './planTextHeader.ts';
import { readTerritories } from './planTextTerritories.ts';
import type { TextWorld } from './planTextWorld.ts';
import { NOBODY, readName } from './planTextWords.ts';
import { splitPlanText, type TextLine, type TextParts } from './splitPlanText.ts';

export interface ReadPlan {
  /** Null where there is any fault: nothing is taken by halves. */
  readonly plan: PlanText | null;
  readonly faults: readonly TextFault[];
  /** Lines of accounts and territories by id, for faults that only the service can find. */
  readonly lines: ReadonlyMap<string, number>;
  /** ZIPs of the map that the text does not list, and that it says are nobody's. */
  readonly unlisted: number;
}

/** Reads a plan text with every fault that it has, each with its line and a way out; a Windows line end or a BOM is none. */
export function readPlanText(text: string, world: TextWorld = {}): ReadPlan {
  const faults: TextFault[] = [];
  const add = (fault: TextFault) => void faults.push(fault);
  const lines = new Map<string, number>();
  const parts = splitPlanText(text, add);
  if (!parts) return { plan: null, faults, lines, unlisted: 0 };
  const header = readHeader(parts, world, add);
  const { territories, idOf } = readTerritories(parts.territories, { world, add, lines });
  const whose = territoryFinder(idOf, add);
  // on other boundaries no ZIP means what it says, and thousands of faults would say so
  const geography = header.geography === world.geography?.key ? world.geography : undefined;
  const { units, unlisted } = readUnits(parts, { geography, header, whose, add });
  const accounts = readAccounts(parts.accounts, { whose, add, lines });
  const lockedUnits = readLocked(parts['locked ZIPs'], { units, add });
  const plan = faults.length > 0 ? null : planOf(header, { territories, units, accounts, lockedUnits });
  return { plan, faults: inLineOrder(faults), lines, unlisted };
}

function planOf(
  header: TextHeader,
  rest: Pick<PlanText, 'units' | 'accounts' | 'lockedUnits'> & { territories: TextTerritory[] },
): PlanText | null {
  const { name, team, geography } = header;
  if (name === null || team === null || geography === null) return null;
  const { market, basedOn, computed, leftOut } = header;
  return { name, team, geography, market, basedOn, computed, leftOut, ...rest };
}

type Add = (fault: TextFault) => void;
/** The id of the territory that a line names; null for nobody, undefined where there is none. */
type Whose = (line: TextLine, word: string) => string | null | undefined;

function territoryFinder(idOf: ReadonlyMap<string, string>, add: Add): Whose {
  return ({ line }, word) => {
    if (word.trim() === NOBODY) return null;
    const key = readName(word);
    const id = key === null ? undefined : idOf.get(key);
    if (id === undefined) {
      const what = key === null ? 'No territory can be read here.' : `There is no territory "${key}" in this text.`;
      const fix = 'Write one of the names that [territories] begins its lines with, or - for nobody.';
      add({ kind: 'territory', line, what, fix });
    }
    return id;
  };
}

function readUnits(
  parts: TextParts,
  { geography, header, whose, add }: { geography: TextWorld['geography']; header: TextHeader; whose: Whose; add: Add },
): { units: Map<string, string | null>; unlisted: number } {
  const units = new Map<string, string | null>();
  const first = new Map<string, number>();
  for (const one of parts.ZIPs) {
    const [, unit = '', word = ''] = /^(\S+)\s*(.*)$/.exec(one.text) ?? [];
    const fault = unitFault(unit, { line: one.line, before: first.get(unit), geography });
    if (fault) {
      add(fault);
      continue;
    }
    first.set(unit, one.line);
    units.set(unit, whose(one, word) ?? null);
  }
  const missing = geography ? [...geography.units].filter((unit) => !first.has(unit)) : [];
  if (missing.length > 0 && !header.isRestNobody) add(missingUnits(missing, first.size));
  for (const unit of missing) units.set(unit, null);
  return { units, unlisted: missing.length };
}

function unitFault(
  unit: string,
  { line, before, geography }: { line: number; before: number | undefined; geography: TextWorld['geography'] },
): TextFault | null {
  if (!UNIT_ID.test(unit))
    return {
      ...{ kind: 'line', line, what: `"${unit.slice(0, 40)}" is no ZIP.` },
      fix: 'Begin the line with five digits, or C and five digits for a county, then the territory.',
    };
  if (before !== undefined)
    return { kind: 'zipTwice', line, what: `${unit} stands in line ${before} too.`, fix: 'Take one of the two out.' };
  if (!geography || geography.units.has(unit)) return null;
  const parent = geography.parents[unit];
  return parent === undefined
    ? { kind: 'zipUnknown', line, what: `${unit} is not on the map.`, fix: 'Check the ZIP, or take the line out.' }
    : {
        ...{ kind: 'zipUnknown', line, what: `${unit} has no area of its own: it goes with ${parent}.` },
        fix: `Take the line out, and give ${parent} to its territory.`,
      };
}

const SHOWN = 5;
function missingUnits(missing: readonly string[], listed: number): TextFault {
  const names = missing.slice(0, SHOWN).join(', ');
  const more = missing.length > SHOWN ? ` and ${missing.length - SHOWN} more` : '';
  return {
    kind: 'zipMissing',
    line: null,
    what: `${missing.length} of ${missing.length + listed} ZIPs of the map are missing: ${names}${more}.`,
    fix: 'Add their lines, or write "ZIPs not listed: nobody" in the header to leave them without a territory.',
  };
}

function readAccounts(
  lines: readonly TextLine[],
  { whose, add, lines: at }: { whose: Whose; add: Add; lines: Map<string, number> },
): Map<string, { name: string; territory: string }> {
  const accounts = new Map<string, { name: string; territory: string }>();
  for (const one of lines) {
    const { line } = one;
    const [, id = '', key = '', rest = ''] = /^(\S+)\s*([^|]*)(?:\|(.*))?$/.exec(one.text) ?? [];
    if (!/^[A-Za-z0-9]{18}$/.test(id)) {
      const fix = 'Begin the line with the 18 characters of the account’s id, then the territory.';
      add({ kind: 'account', line, what: `"${id.slice(0, 40)}" is no account id.`, fix });
    } else if (at.has(id)) {
      const what = `Account ${id} stands in line ${at.get(id)} too.`;
      add({ kind: 'accountTwice', line, what, fix: 'Take one of the two out.' });
    } else {
      at.set(id, line);
      const territory = whose(one, key);
      if (territory === null) {
        const fix = 'Name its territory, or take the line out: then it follows its ZIP.';
        add({ kind: 'account', line, what: `Account ${id} is held for nobody.`, fix });
      } else if (territory !== undefined) accounts.set(id, { name: readName(rest) ?? '', territory });
    }
  }
  return accounts;
}

function readLocked(
  lines: readonly TextLine[],
  { units, add }: { units: ReadonlyMap<string, string | null>; add: Add },
): string[] {
  const locked = new Set<string>();
  for (const { line, text } of lines) {
    if (units.has(text)) locked.add(text);
    else
      add({
        ...{ kind: 'zipUnknown', line, what: `${text.slice(0, 40)} is locked, but [ZIPs] does not have it.` },
        fix: 'Check the ZIP, or take the line out.',
      });
  }
  return [...locked];
}
