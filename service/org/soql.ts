/** A SOQL text whose values are escaped. Only the `soql` tag makes one. */
export class Soql {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Field or object names from a describe or a mapping, for places where SOQL takes no value. */
export class SoqlNames {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** @throws TypeError for anything that is not a field path, so that no name can smuggle SOQL in */
export function names(...paths: string[]): SoqlNames {
  for (const path of paths)
    if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(path)) throw new TypeError(`Not a Salesforce field name: "${path}".`);
  return new SoqlNames([...new Set(paths)].join(', '));
}

type Value = string | number | boolean | null | Date | readonly (string | number)[] | Soql | SoqlNames;

/** Signs that no text can hold as they are: controls, and what JavaScript and others take for the end of a line. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029]/gu;

// both are needed: ' ends the literal, and a \ at its end would escape the closing '
const literal = (text: string): string =>
  `'${text
    .replace(/[\\']/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replace(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;

function rendered(value: Value): string {
  if (value === null) return 'null';
  if (value instanceof Soql || value instanceof SoqlNames) return value.text;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return literal(value);
  if (typeof value === 'object') {
    // jsforce's own $in drops the condition here, and the query reads every record
    if (value.length === 0)
      throw new RangeError('An empty list in SOQL would match nothing or everything; ask nothing instead.');
    return `(${value.map(rendered).join(', ')})`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`Not a number for SOQL: ${value}.`);
  return String(value);
}

/** SOQL with values put in safely: soql`SELECT Id FROM Account WHERE Id IN ${ids} AND Name = ${name}`. */
export function soql(parts: TemplateStringsArray, ...values: Value[]): Soql {
  return new Soql(parts.reduce((text, part, k) => text + (k === 0 ? '' : rendered(values[k - 1] ?? null)) + part, ''));
}
