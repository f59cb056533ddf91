import type { FieldSchema } from '../schema.ts';

type More = Partial<FieldSchema>;

/** Short constructors, so that a schema file reads as a list. */
export const text = (name: string, length = 255, more: More = {}): FieldSchema => ({
  name,
  type: 'string',
  length,
  ...more,
});
export const flag = (name: string, defaultValue = false, more: More = {}): FieldSchema => ({
  name,
  type: 'boolean',
  defaultValue,
  ...more,
});
export const picklist = (name: string, values: string[], more: More = {}): FieldSchema => ({
  name,
  type: 'picklist',
  length: 255,
  values,
  ...more,
});
export const reference = (name: string, to: string | string[], children = '', more: More = {}): FieldSchema => ({
  name,
  type: 'reference',
  referenceTo: Array.isArray(to) ? to : [to],
  relationshipName: name.replace(/Id$/, '').replace(/__c$/, '__r'),
  ...(children ? { childRelationshipName: children } : {}),
  ...more,
});
export const of = (type: FieldSchema['type'], name: string, more: More = {}): FieldSchema => ({ name, type, ...more });
export const readOnly = { createable: false, updateable: false } as const;
