import type { SQLInputValue } from 'node:sqlite';
import { quoted } from '../database.ts';
import { salesforceError } from '../errors.ts';
import type { FieldSchema, ResolvedObject, Schema } from '../schema.ts';

export interface FieldPath {
  /** SQL of the column. */
  sql: string;
  field: FieldSchema;
  /** Parent relationships on the way, in their own spelling: ["Account", "Owner"]. */
  relationships: string[];
  /** The object the column stands in ("Name" for a polymorphic parent, as Salesforce calls it). */
  typeName: string;
}

interface Joined {
  alias: string;
  object: ResolvedObject | undefined;
  relationships: string[];
}

/** What every polymorphic parent has, whatever its type: null where the type lacks it. */
const NAME_FIELDS: FieldSchema[] = [
  { name: 'Id', type: 'id' },
  { name: 'Name', type: 'string' },
  { name: 'Type', type: 'picklist' },
  { name: 'FirstName', type: 'string' },
  { name: 'LastName', type: 'string' },
  { name: 'Email', type: 'email' },
  { name: 'Phone', type: 'phone' },
  { name: 'Title', type: 'string' },
  { name: 'Username', type: 'string' },
];

function nameRows(target: ResolvedObject): string {
  const columns = NAME_FIELDS.map(({ name }) => {
    if (name === 'Type') return `'${target.name}' AS "Type"`;
    return target.byName.has(name.toLowerCase()) ? quoted(name) : `NULL AS ${quoted(name)}`;
  });
  return `SELECT ${columns.join(', ')} FROM ${quoted(target.name)}`;
}

let scopes = 0;

/** Fields and parent joins that one SELECT can see. */
export class Scope {
  readonly root: ResolvedObject;
  readonly alias: string;
  readonly joins: string[] = [];
  readonly values: SQLInputValue[] = [];
  readonly #schema: Schema;
  readonly #joined = new Map<string, Joined>();
  readonly #rootNames: Set<string>;

  constructor(schema: Schema, root: ResolvedObject, rootAlias?: string) {
    this.#schema = schema;
    this.root = root;
    // aliases differ between a query and its semi-joins
    this.alias = `q${++scopes % 1_000_000}`;
    this.#rootNames = new Set([root.name.toLowerCase(), ...(rootAlias ? [rootAlias.toLowerCase()] : [])]);
  }

  /** "Account.Owner.Name" → its column, joining the parents on the way. */
  resolve(path: string): FieldPath {
    const parts = path.split('.');
    if (parts.length > 1 && this.#rootNames.has((parts[0] ?? '').toLowerCase()) && !this.#relation(this.root, parts[0]))
      parts.shift();
    const name = parts.pop() ?? '';
    let at: Joined = { alias: this.alias, object: this.root, relationships: [] };
    for (const part of parts) at = this.#join(at, part);
    const fields = at.object ? [...at.object.byName.values()] : NAME_FIELDS;
    const field = at.object
      ? at.object.byName.get(name.toLowerCase())
      : fields.find((each) => each.name.toLowerCase() === name.toLowerCase());
    const typeName = at.object?.name ?? 'Name';
    if (!field) throw salesforceError.noSuchColumnInQuery(name, typeName);
    return { sql: `${at.alias}.${quoted(field.name)}`, field, relationships: at.relationships, typeName };
  }

  /** SQL that is null where the parent of these relationships is not there. */
  presence(relationships: string[]): string {
    return `${this.#joined.get(relationships.join('.').toLowerCase())?.alias ?? this.alias}."Id"`;
  }

  /** The object at the end of these relationships; undefined when the last one is polymorphic. */
  typeAt(relationships: string[]): string | undefined {
    return this.#joined.get(relationships.join('.').toLowerCase())?.object?.name;
  }

  #relation(object: ResolvedObject | undefined, name = ''): FieldSchema | undefined {
    return object?.fields.find((field) => field.relationshipName?.toLowerCase() === name.toLowerCase());
  }

  #join(from: Joined, name: string): Joined {
    const key = [...from.relationships, name].join('.').toLowerCase();
    const known = this.#joined.get(key);
    if (known) return known;
    const field = this.#relation(from.object, name);
    if (!field) throw salesforceError.noSuchRelationship(name);
    const targets = (field.referenceTo ?? []).flatMap((target) => this.#schema.find(target) ?? []);
    const alias = `${this.alias}_${this.#joined.size + 1}`;
    const isPolymorphic = (field.referenceTo ?? []).length > 1;
    const source = isPolymorphic ? `(${targets.map(nameRows).join(' UNION ALL ')})` : quoted(targets[0]?.name ?? '');
    this.joins.push(`LEFT JOIN ${source} ${alias} ON ${alias}."Id" = ${from.alias}.${quoted(field.name)}`);
    const joined = {
      alias,
      object: isPolymorphic ? undefined : targets[0],
      relationships: [...from.relationships, field.relationshipName ?? name],
    };
    this.#joined.set(key, joined);
    return joined;
  }
}
