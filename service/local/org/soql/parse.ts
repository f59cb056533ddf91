import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { SalesforceError, salesforceError } from '../errors.ts';

/** The parser's complaint in Salesforce's words. */
function wordsOf(message: string): string {
  const at = /\((\d+):(\d+)\)/.exec(message);
  if (/unexpected character: ->'<-/.test(message) && at)
    return `line ${at[1]}:${at[2]} mismatched character '<EOF>' expecting '''`;
  const character = /unexpected character: ->(.*?)<-/.exec(message)?.[1];
  if (character !== undefined) return `unexpected char: '${character}'`;
  const token = /found(?::| -->) ?'?([^'\n]*?)'?(?: <--)?$/m.exec(message)?.[1] ?? '';
  if (token === ':') return 'Bind variables only allowed in Apex code';
  return `unexpected token: '${token === '' ? '<EOF>' : token}'`;
}

export function parseSoql(soql: string): Query {
  const text = soql.trim();
  if (text === '') throw salesforceError.malformedQuery('A query string has to be specified');
  // what does not begin as a query is named without quotes and place
  if (!/^select\b/i.test(text)) throw salesforceError.malformedQuery(`unexpected token: ${text.split(/\s+/)[0] ?? ''}`);
  try {
    return parseQuery(soql);
  } catch (error) {
    throw salesforceError.malformedQuery(wordsOf(error instanceof Error ? error.message : ''));
  }
}

const NAMED =
  /^(?:No such column|Didn't understand relationship|sObject type|unexpected token:|value of filter criterion for field|field) '([^']+)'|(?:aggregated: |duplicate field selected: )(\S+)/;
/** How much of the query stands before and after the place that is pointed at. */
const SHOWN = 40;

/** Adds where in the query the named token stands, as Salesforce does: the text, a caret, row and column. */
export function located(soql: string, error: SalesforceError): SalesforceError {
  if (!/^(INVALID_FIELD|INVALID_TYPE|MALFORMED_QUERY)$/.test(error.code)) return error;
  const match = NAMED.exec(error.message);
  const token = match?.[1] ?? match?.[2];
  if (token === undefined) return error;
  const word = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`(?:[\\w]+\\.)*(?<!\\w)${word}(?!\\w)`, 'i').exec(soql);
  const offset = token === '<EOF>' || !found ? soql.length : found.index;
  const before = soql.slice(0, offset).split(/\r?\n/);
  const row = before.length;
  const start = before.at(-1) ?? '';
  // never half a word
  const head = start.length > SHOWN ? start.slice(-SHOWN - 1).replace(/^(?:\W|\S+\s*)/, '') : start;
  const rest = (soql.slice(offset).split(/\r?\n/)[0] ?? '').slice(0, SHOWN);
  const place = `\n${head}${rest}\n${' '.repeat(head.length)}^\nERROR at Row:${row}:Column:${start.length + 1}\n`;
  return new SalesforceError(error.code, `${place}${error.message}`, { cause: error });
}
