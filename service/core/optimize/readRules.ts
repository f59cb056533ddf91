import type { CsvRow, CsvTable } from '../csv.ts';
import { fault, numberIn } from './readCells.ts';
import type { UnitTable } from './readUnits.ts';

/** One line of rules.csv; units by index, territories by name, null for all of them. */
export type Rule = { readonly text: string } & (
  | { readonly kind: 'apart'; readonly units: readonly [number, number] }
  | { readonly kind: 'forbid'; readonly unit: number; readonly territory: string }
  | { readonly kind: 'max_km'; readonly territory: string | null; readonly km: number }
  | {
      readonly kind: 'min' | 'max';
      readonly territory: string | null;
      readonly measure: string;
      readonly value: number;
    }
  | { readonly kind: 'may_change'; readonly territory: string }
);

interface Known {
  readonly units: UnitTable;
  readonly territories: readonly string[];
  readonly hasHome: (territory: string) => boolean;
}

const KINDS = ['apart', 'forbid', 'max_km', 'min', 'max', 'may_change'] as const;

/** @throws BailiwickError bad_request with the line and what is wrong in it */
export function readRules(table: CsvTable, { units, territories, hasHome }: Known): Rule[] {
  const columns = ['rule', 'a', 'b', 'value'].map((name) => table.columns.indexOf(name));
  if (columns.slice(0, 2).some((at) => at < 0))
    throw fault('rules: the columns rule and a are needed.', 'The header is rule,a,b,value.');
  const index = new Map(units.ids.map((id, u) => [id, u]));
  const names = new Set(territories);
  return table.rows.map((row) => {
    const { line } = row;
    const [kind = '', a = '', b = '', value = ''] = columns.map((at) => (at < 0 ? '' : (row.cells[at] ?? '')));
    const unit = (text: string) => {
      const found = index.get(text);
      if (found === undefined) throw wrong(line, `"${text}" is no unit of the units file`);
      return found;
    };
    const territory = (text: string) => {
      if (!names.has(text)) throw wrong(line, `"${text}" is no territory`);
      return text;
    };
    const optional = (text: string) => (text === '' ? null : territory(text));
    const amount = () => numberIn(row, columns[3]!, { file: 'rules', name: 'value', isAmount: true });
    const text = [kind, a, b, value].join(',').replace(/,+$/, '');
    switch (kind as (typeof KINDS)[number]) {
      case 'apart':
        if (unit(a) === unit(b)) throw wrong(line, `unit ${a} cannot be apart from itself`);
        return { kind: 'apart', text, units: [unit(a), unit(b)] };
      case 'forbid':
        return { kind: 'forbid', text, unit: unit(a), territory: territory(b) };
      case 'max_km': {
        const whose = optional(a || b);
        assertHomes(row, whose === null ? territories : [whose], hasHome);
        return { kind: 'max_km', text, territory: whose, km: amount() };
      }
      case 'min':
      case 'max': {
        const measure = b.toLowerCase();
        if (!units.measures.has(measure)) throw wrong(line, `"${b}" is no balanced measure`);
        return { kind: kind as 'min' | 'max', text, territory: optional(a), measure, value: amount() };
      }
      case 'may_change':
        return { kind: 'may_change', text, territory: territory(a) };
      default:
        throw wrong(line, `"${kind}" is no rule`, `The rules are ${KINDS.join(', ')}.`);
    }
  });
}

function assertHomes({ line }: CsvRow, territories: readonly string[], hasHome: Known['hasHome']): void {
  const without = territories.find((name) => !hasHome(name));
  if (without !== undefined)
    throw wrong(line, `territory ${without} has no home to measure from`, 'Give lat and lon in the territories file.');
}

function wrong(line: number, what: string, action = 'Correct or remove the line.') {
  return fault(`rules, line ${line}: ${what}.`, action);
}
