import type { FieldSchema } from '../schema.ts';

type More = Partial<FieldSchema>;

export const readOnly = { createable: false, updateable: false } as const;

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

const GEOCODE_ACCURACIES = [
  ...['Address', 'NearAddress', 'Block', 'Street', 'ExtendedZip', 'Zip'],
  ...['Neighborhood', 'City', 'County', 'State', 'Unknown'],
];

/** The parts of an address and the compound field that shows them together (Object Reference, Address Compound Fields). */
export function address(prefix: string): FieldSchema[] {
  const whole = `${prefix}Address`;
  const parts = [
    of('textarea', `${prefix}Street`, { length: 255 }),
    text(`${prefix}City`, 40),
    text(`${prefix}State`, 80),
    text(`${prefix}PostalCode`, 20),
    text(`${prefix}Country`, 80),
    of('double', `${prefix}Latitude`),
    of('double', `${prefix}Longitude`),
    picklist(`${prefix}GeocodeAccuracy`, GEOCODE_ACCURACIES, { length: 40 }),
  ].map((part) => ({ ...part, partOf: whole }));
  return [...parts, of('address', whole, { ...readOnly, parts: parts.map((part) => part.name) })];
}
