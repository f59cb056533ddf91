/** The part of Salesforce's formula language that validation rules mostly use. */
export type Formula =
  { kind: 'literal'; value: Value } | { kind: 'field'; name: string } | { kind: 'call'; name: string; args: Formula[] };
export type Value = string | number | boolean | null;

export interface FormulaRow {
  value(field: string): Value;
  prior(field: string): Value;
  isNew: boolean;
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([A-Za-z]\w*)|(<>|!=|<=|>=|&&|\|\||==|[=<>!+\-(),]))/y;
/** Functions and how many arguments they take, at least and at most. */
const FUNCTIONS: Record<string, [number, number]> = {
  AND: [1, 50],
  OR: [1, 50],
  NOT: [1, 1],
  ISBLANK: [1, 1],
  ISPICKVAL: [2, 2],
  ISCHANGED: [1, 1],
  ISNEW: [0, 0],
  PRIORVALUE: [1, 1],
  LEN: [1, 1],
  TEXT: [1, 1],
  REGEX: [2, 2],
  BEGINS: [2, 2],
  CONTAINS: [2, 2],
};

interface Token {
  kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  text: string;
}

function tokens(source: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; source.slice(at).trim() !== '';) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (!match) throw new SyntaxError(`"${source.slice(at).trim().slice(0, 20)}" cannot be read`);
    const [, number, double, single, name, sign] = match;
    const text = double ?? single;
    if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (text !== undefined) found.push({ kind: 'text', text: text.replace(/\\(.)/g, '$1') });
    else if (name !== undefined) found.push({ kind: 'name', text: name });
    else found.push({ kind: 'sign', text: sign ?? '' });
    at = TOKEN.lastIndex;
  }
  return [...found, { kind: 'end', text: '' }];
}

const COMPARISONS = ['=', '==', '<>', '!=', '<', '>', '<=', '>='];

class Parser {
  readonly #tokens: Token[];
  #at = 0;

  constructor(source: string) {
    this.#tokens = tokens(source);
  }

  whole(): Formula {
    const formula = this.#or();
    if (this.#peek().kind !== 'end') throw new SyntaxError(`"${this.#peek().text}" is not expected`);
    return formula;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #takes(...signs: string[]): string | undefined {
    const { kind, text } = this.#peek();
    if (kind !== 'sign' || !signs.includes(text)) return undefined;
    this.#at++;
    return text;
  }

  #or(): Formula {
    let left = this.#and();
    while (this.#takes('||')) left = { kind: 'call', name: 'OR', args: [left, this.#and()] };
    return left;
  }

  #and(): Formula {
    let left = this.#comparison();
    while (this.#takes('&&')) left = { kind: 'call', name: 'AND', args: [left, this.#comparison()] };
    return left;
  }

  #comparison(): Formula {
    const left = this.#unary();
    const sign = this.#takes(...COMPARISONS);
    return sign ? { kind: 'call', name: sign, args: [left, this.#unary()] } : left;
  }

  #unary(): Formula {
    if (this.#takes('!')) return { kind: 'call', name: 'NOT', args: [this.#unary()] };
    if (this.#takes('-')) return { kind: 'literal', value: -Number(this.#tokens[this.#at++]?.text) };
    if (this.#takes('(')) {
      const inner = this.#or();
      if (!this.#takes(')')) throw new SyntaxError('a ")" is missing');
      return inner;
    }
    const { kind, text } = this.#peek();
    this.#at++;
    if (kind === 'number') return { kind: 'literal', value: Number(text) };
    if (kind === 'text') return { kind: 'literal', value: text };
    if (kind === 'name') return this.#name(text);
    throw new SyntaxError(kind === 'end' ? 'it ends too early' : `"${text}" is not expected`);
  }

  #name(text: string): Formula {
    const upper = text.toUpperCase();
    if (upper === 'TRUE' || upper === 'FALSE') return { kind: 'literal', value: upper === 'TRUE' };
    if (upper === 'NULL') return { kind: 'literal', value: null };
    if (!this.#takes('(')) return { kind: 'field', name: text };
    const range = FUNCTIONS[upper];
    if (!range) throw new SyntaxError(`there is no function ${text}; there are ${Object.keys(FUNCTIONS).join(', ')}`);
    const args: Formula[] = [];
    while (!this.#takes(')')) {
      if (args.length > 0 && !this.#takes(',')) throw new SyntaxError(`a "," or ")" is missing in ${upper}(…)`);
      args.push(this.#or());
    }
    if (args.length < range[0] || args.length > range[1])
      throw new SyntaxError(
        `${upper} takes ${range[0]}${range[1] > range[0] ? ' or more' : ''} values, not ${args.length}`,
      );
    return { kind: 'call', name: upper, args };
  }
}

/** @throws SyntaxError that says what cannot be read */
export const parseFormula = (source: string): Formula => new Parser(source).whole();

export function fieldsOf(formula: Formula): string[] {
  if (formula.kind === 'field') return [formula.name];
  return formula.kind === 'call' ? formula.args.flatMap(fieldsOf) : [];
}

const isBlank = (value: Value): boolean => value === null || value === '';
const same = (a: Value, b: Value): boolean => (isBlank(a) || isBlank(b) ? isBlank(a) === isBlank(b) : a === b);

function compared(sign: string, a: Value, b: Value): boolean {
  if (sign === '=' || sign === '==') return same(a, b);
  if (sign === '<>' || sign === '!=') return !same(a, b);
  if (isBlank(a) || isBlank(b) || a === null || b === null) return false;
  if (sign === '<') return a < b;
  if (sign === '>') return a > b;
  return sign === '<=' ? a <= b : a >= b;
}

export function evaluated(formula: Formula, row: FormulaRow): Value {
  if (formula.kind === 'literal') return formula.value;
  if (formula.kind === 'field') return row.value(formula.name);
  const { name, args } = formula;
  const value = (k: number): Value => (args[k] ? evaluated(args[k], row) : null);
  const text = (k: number): string => String(value(k) ?? '');
  const field = args[0]?.kind === 'field' ? args[0].name : '';
  if (COMPARISONS.includes(name)) return compared(name, value(0), value(1));
  const calls: Record<string, () => Value> = {
    AND: () => args.every((_, k) => value(k) === true),
    OR: () => args.some((_, k) => value(k) === true),
    NOT: () => value(0) !== true,
    ISBLANK: () => isBlank(value(0)),
    ISPICKVAL: () => same(value(0), value(1)),
    ISCHANGED: () => !row.isNew && !same(row.value(field), row.prior(field)),
    ISNEW: () => row.isNew,
    PRIORVALUE: () => row.prior(field),
    LEN: () => text(0).length,
    TEXT: () => text(0),
    REGEX: () => new RegExp(`^(?:${text(1)})$`).test(text(0)),
    BEGINS: () => text(0).startsWith(text(1)),
    CONTAINS: () => text(0).includes(text(1)),
  };
  return calls[name]?.() ?? null;
}
