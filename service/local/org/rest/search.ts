import { SalesforceError, salesforceError } from '../errors.ts';
import type { ResolvedObject } from '../schema.ts';
import type { OrgState } from '../state.ts';
import { bodyOf, ok, type RestCall, type RestReply } from './call.ts';
import type { Dispatcher } from './dispatcher.ts';

interface Wanted {
  object: ResolvedObject;
  /** What stands in the parentheses: "Id, Name WHERE … LIMIT 5". */
  fields: string;
  tail: string;
}

const refused = (text: string): SalesforceError => new SalesforceError('MALFORMED_SEARCH', text);
/** Salesforce refuses shorter terms, and returns at most this many records of an object. */
const MIN_TERM = 2;
const MAX_RECORDS = 2000;
const SEARCHED: Record<string, RegExp> = {
  ALL: /^(string|textarea|email|phone|url|picklist)$/,
  NAME: /^string$/,
  EMAIL: /^email$/,
  PHONE: /^phone$/,
};

/** "ac*" → LIKE patterns of a word's beginning: at the start of the text or after a blank. */
function patterns(term: string): string[] {
  const bare = term.replace(/^"|"$/g, '').trim();
  if (bare.replace(/[*?]/g, '').length < MIN_TERM) throw refused('search term must be longer than one character');
  const like = bare
    .replace(/[\\%_']/g, (character) => `\\${character}`)
    .replaceAll('*', '%')
    .replaceAll('?', '_');
  return [`${like}`, `${like} %`, `% ${like}`, `% ${like} %`];
}

function soqlOf(wanted: Wanted, term: string, scope: string): string {
  const types = SEARCHED[scope] ?? SEARCHED['ALL'];
  const searched = wanted.object.fields.filter(
    (field) =>
      types?.test(field.type) && (field.length ?? 255) <= 255 && (scope !== 'NAME' || /Name$/.test(field.name)),
  );
  if (searched.length === 0) throw refused(`${wanted.object.name} has no field to search`);
  const likes = searched.flatMap((field) => patterns(term).map((like) => `${field.name} LIKE '${like}'`));
  const where = /^WHERE\s+(.*?)(?=\s(?:ORDER BY|LIMIT|OFFSET)\s|$)(.*)$/is.exec(wanted.tail);
  const condition = where ? ` AND (${where[1] ?? ''})` : '';
  const rest = where ? (where[2] ?? '') : wanted.tail;
  const limit = /\bLIMIT\b/i.test(rest) ? '' : ` LIMIT ${MAX_RECORDS}`;
  return `SELECT ${wanted.fields} FROM ${wanted.object.name} WHERE (${likes.join(' OR ')})${condition} ${rest}${limit}`;
}

function search(org: OrgState, call: RestCall, asked: { term: string; scope: string; wanted: Wanted[] }): RestReply {
  const request = { userId: call.userId, includeDeleted: false, version: call.version, batchSize: MAX_RECORDS };
  const searchRecords = asked.wanted.flatMap(
    (wanted) => org.queries.run(soqlOf(wanted, asked.term, asked.scope), request).records,
  );
  return ok({ searchRecords });
}

/** FIND {term} [IN x FIELDS] RETURNING Object(fields WHERE … LIMIT n), …: the common part of SOSL, over short text fields. */
function byText(org: OrgState, call: RestCall): RestReply {
  const sosl = call.query['q'] ?? '';
  const match =
    /^\s*FIND\s*\{((?:[^}\\]|\\.)*)\}\s*(?:IN\s+(ALL|NAME|EMAIL|PHONE|SIDEBAR)\s+FIELDS\s*)?(?:RETURNING\s+(.+?))?\s*$/is.exec(
      sosl,
    );
  if (!match) throw refused('this stand-in org reads FIND {term} IN ALL FIELDS RETURNING Object(fields), …');
  const [, term = '', scope = 'ALL', returning] = match;
  if (returning === undefined) throw refused('this stand-in org searches only the objects named after RETURNING');
  if (/ (AND|OR|NOT) /.test(term)) throw refused('this stand-in org searches one term at a time');
  const wanted = [...returning.matchAll(/(\w+)\s*(?:\(([^()]*(?:\([^()]*\)[^()]*)*)\))?\s*(?:,|$)/g)].map(
    ([, name = '', inner = 'Id']) => {
      const [, fields = 'Id', tail = ''] =
        /^(.*?)\s*((?:WHERE|ORDER BY|LIMIT|OFFSET)\s.*)?$/is.exec(inner.trim()) ?? [];
      return { object: org.access.schemaFor(call.userId).object(name), fields: fields || 'Id', tail };
    },
  );
  return search(org, call, { term: term.replace(/\\(.)/g, '$1'), scope: scope.toUpperCase(), wanted });
}

interface Parameters {
  q?: string;
  in?: string;
  sobjects?: { name: string; fields?: string[]; where?: string; limit?: number }[];
}

function byParameters(org: OrgState, call: RestCall): RestReply {
  const { q, sobject, fields } = call.query;
  const body = call.method === 'POST' ? (bodyOf(call) as Parameters) : {};
  const asked = body.sobjects ?? (sobject ? [{ name: sobject, fields: fields?.split(',') ?? [] }] : []);
  const term = body.q ?? q ?? '';
  if (asked.length === 0) throw salesforceError.outside('a search that names no object');
  const wanted = asked.map((each: NonNullable<Parameters['sobjects']>[number]) => ({
    object: org.access.schemaFor(call.userId).object(each.name),
    fields: each.fields?.length ? each.fields.join(', ') : 'Id',
    tail: [each.where ? `WHERE ${each.where}` : '', each.limit ? `LIMIT ${each.limit}` : ''].filter(Boolean).join(' '),
  }));
  return search(org, call, { term, scope: (body.in ?? 'ALL').toUpperCase(), wanted });
}

export function searchRoutes(rest: Dispatcher, org: OrgState): void {
  rest.add('GET', '/search', (call) => byText(org, call));
  rest.add('GET', '/parameterizedSearch', (call) => byParameters(org, call));
  rest.add('POST', '/parameterizedSearch', (call) => byParameters(org, call));
}
