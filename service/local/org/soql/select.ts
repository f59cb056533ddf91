import type { FieldFunctionExpression, FieldType, FieldTypeOf, Subquery } from '@jetstreamapp/soql-parser-js';
import { SalesforceError, salesforceError } from '../errors.ts';
import type { FieldSchema, ResolvedObject, Schema } from '../schema.ts';
import { argumentOf, expressionOf } from './functions.ts';
import { Scope, type FieldPath } from './scope.ts';

export interface Column {
  name: string;
  field: FieldSchema;
  relationships: string[];
  sql: string;
  isAggregate?: boolean;
  /** FORMAT(): the value as text of the user's locale. */
  isFormatted?: boolean;
}

export interface ChildQuery {
  name: string;
  query: Subquery;
  object: ResolvedObject;
  field: FieldSchema;
}

/** TYPEOF What WHEN Account THEN …: the fields to show, by the type of the record that is pointed at. */
export interface TypeofQuery {
  name: string;
  reference: FieldSchema;
  fieldsOf: Map<string, string[]>;
  otherwise: string[];
}

const malformed = (text: string): SalesforceError => salesforceError.malformedQuery(text);

function pathOf(field: FieldType): string {
  if (field.type === 'FieldRelationship') return [...field.relationships, field.field].join('.');
  return 'field' in field ? field.field : '';
}

const aliasOf = (field: FieldType): string | undefined => ('alias' in field ? field.alias : undefined);

/** The SELECT list: columns, child queries and TYPEOFs. */
export class SelectList {
  readonly columns: Column[] = [];
  readonly children: ChildQuery[] = [];
  readonly typeofs: TypeofQuery[] = [];
  readonly object: ResolvedObject;
  readonly #schema: Schema;
  readonly #scope: Scope;
  #unnamed = 0;

  constructor(schema: Schema, scope: Scope) {
    this.#schema = schema;
    this.#scope = scope;
    this.object = scope.root;
  }

  get hasAggregate(): boolean {
    return this.columns.some((column) => column.isAggregate);
  }

  /** `isGrouped`: the query has a GROUP BY, where plain fields may have an alias. */
  select(field: FieldType, isGrouped: boolean): void {
    if (field.type === 'FieldSubquery') return this.#child(field.subquery);
    if (field.type === 'FieldTypeof') return this.#typeof(field);
    if (field.type === 'FieldFunctionExpression') return this.#function(field, isGrouped);
    const alias = aliasOf(field);
    if (alias && !isGrouped) throw malformed('only aggregate expressions use field aliasing');
    const path = this.#scope.resolve(pathOf(field));
    if (alias) this.#named({ ...path, relationships: [] }, alias);
    else if (isGrouped) this.#named({ ...path, relationships: [] }, path.field.name);
    else this.#add(path);
  }

  #add(path: FieldPath, more: Partial<Column> = {}): void {
    const column = {
      name: path.field.name,
      field: path.field,
      relationships: path.relationships,
      sql: path.sql,
      ...more,
    };
    const key = (each: Column): string => [...each.relationships, each.name].join('.').toLowerCase();
    if (this.columns.some((each) => key(each) === key(column)))
      throw new SalesforceError(
        'INVALID_FIELD',
        `duplicate field selected: ${[...column.relationships, column.name].join('.')}`,
      );
    this.columns.push(column);
  }

  #named(column: Omit<Column, 'name'>, name: string): void {
    if (this.columns.some((each) => each.name.toLowerCase() === name.toLowerCase()))
      throw malformed(`duplicate alias: ${name}`);
    this.columns.push({ ...column, name });
  }

  #function(field: FieldFunctionExpression, isGrouped: boolean): void {
    const name = field.functionName.toUpperCase();
    if (name === 'FIELDS') return this.#allFields(String(field.parameters[0]).toUpperCase());
    const { sql, field: type, isAggregate } = expressionOf(field, (path) => this.#scope.resolve(path));
    const isFormatted = name === 'FORMAT';
    if (/^(TOLABEL|FORMAT|CONVERTCURRENCY)$/.test(name) && !isAggregate) {
      const path = this.#scope.resolve(argumentOf(field));
      return this.#add(path, {
        ...(field.alias ? { name: field.alias, relationships: [] } : {}),
        isFormatted,
      });
    }
    if (!isAggregate && !isGrouped) throw malformed(`Field must be grouped or aggregated: ${field.rawValue ?? name}`);
    this.#named(
      { field: type, relationships: [], sql, isAggregate, isFormatted },
      field.alias ?? `expr${this.#unnamed++}`,
    );
  }

  #allFields(which: string): void {
    if (!/^(ALL|STANDARD|CUSTOM)$/.test(which)) throw malformed(`unexpected token: '${which}'`);
    const isCustom = (each: FieldSchema): boolean => each.name.endsWith('__c');
    for (const each of this.object.fields)
      if (which === 'ALL' || (which === 'CUSTOM') === isCustom(each)) this.#add(this.#scope.resolve(each.name));
  }

  #child(query: Subquery): void {
    const found = this.#schema
      .children(this.object.name)
      .find(({ field }) => field.childRelationshipName?.toLowerCase() === query.relationshipName.toLowerCase());
    if (!found) throw salesforceError.noSuchRelationship(query.relationshipName);
    this.children.push({ name: found.field.childRelationshipName ?? '', query, ...found });
  }

  #typeof({ field, conditions }: FieldTypeOf): void {
    const reference = this.object.references.find(
      (each) => each.relationshipName?.toLowerCase() === field.toLowerCase() && (each.referenceTo ?? []).length > 1,
    );
    if (!reference) throw malformed(`'${field}' is not a polymorphic relationship`);
    const fieldsOf = new Map<string, string[]>();
    let otherwise: string[] = [];
    for (const condition of conditions)
      if (condition.type === 'ELSE') otherwise = condition.fieldList;
      else fieldsOf.set(this.#schema.object(condition.objectType ?? '').name, condition.fieldList);
    this.typeofs.push({ name: reference.relationshipName ?? field, reference, fieldsOf, otherwise });
  }
}
