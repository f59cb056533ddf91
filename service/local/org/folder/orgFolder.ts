import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BailiwickError } from '../../../core/errors.ts';
import type { ObjectSchema } from '../schema.ts';
import { folderFile, type FolderFile } from './folderFile.ts';
import { fieldsOf, parseFormula, type Formula } from './formula.ts';

/** One part of the folder with the file it stands in, so that every complaint can name it. */
export interface Placed<T> {
  file: string;
  at: string;
  value: T;
}

/** A folder as data: what the org is made of, before ids are given. */
export interface OrgFolder {
  org: NonNullable<FolderFile['org']>;
  objects: Placed<FolderFile['objects'][number]>[];
  hide: { objects: Set<string>; fields: Set<string> };
  recordTypes: Placed<FolderFile['recordTypes'][number]>[];
  validationRules: Placed<FolderFile['validationRules'][number] & { formula: Formula }>[];
  profiles: Placed<FolderFile['profiles'][number]>[];
  permissionSets: Placed<FolderFile['permissionSets'][number]>[];
  users: Placed<FolderFile['users'][number]>[];
  records: Placed<{ object: string; row: Record<string, unknown> }>[];
}

export function complaint(place: { file: string; at: string }, what: string, action: string): BailiwickError {
  return new BailiwickError('bad_request', `${place.file}: ${place.at}: ${what}`, { action });
}

function parsedFile(dir: string, file: string): FolderFile {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(dir, file), 'utf8'));
  } catch (cause) {
    throw new BailiwickError('bad_request', `${file} is not JSON: ${(cause as Error).message}`, {
      action: 'Correct the file.',
      cause,
    });
  }
  const parsed = folderFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = z.core.toDotPath(issue?.path ?? []) || 'the file';
  throw complaint(
    { file, at },
    `${issue?.message ?? 'not understood'}.`,
    'See "The org folder" in service/local/org/README.md.',
  );
}

const placed = <T>(file: string, part: string, values: readonly T[]): Placed<T>[] =>
  values.map((value, k) => ({ file, at: `${part}[${k}]`, value }));

function formulaOf(place: Placed<FolderFile['validationRules'][number]>) {
  try {
    return { ...place, value: { ...place.value, formula: parseFormula(place.value.when) } };
  } catch (cause) {
    throw complaint({ ...place, at: `${place.at}.when` }, `${(cause as Error).message}.`, 'Correct the formula.');
  }
}

/** @throws BailiwickError bad_request with file, place, what is wrong and what to do */
export function readOrgFolder(dir: string): OrgFolder {
  if (!existsSync(dir) || !statSync(dir).isDirectory())
    throw new BailiwickError('bad_request', `There is no folder ${dir}.`, {
      action: 'Give --objects an existing folder.',
    });
  const names = readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .sort();
  if (names.length === 0)
    throw new BailiwickError('bad_request', `${dir} holds no .json file.`, {
      action: 'See "The org folder" in service/local/org/README.md.',
    });
  const folder: OrgFolder = {
    org: {},
    objects: [],
    hide: { objects: new Set(), fields: new Set() },
    recordTypes: [],
    validationRules: [],
    profiles: [],
    permissionSets: [],
    users: [],
    records: [],
  };
  for (const file of names) add(folder, file, parsedFile(dir, file));
  return folder;
}

function add(folder: OrgFolder, file: string, part: FolderFile): void {
  Object.assign(folder.org, part.org);
  folder.objects.push(...placed(file, 'objects', part.objects));
  for (const object of part.hide?.objects ?? []) folder.hide.objects.add(object);
  for (const field of part.hide?.fields ?? []) folder.hide.fields.add(field);
  folder.recordTypes.push(...placed(file, 'recordTypes', part.recordTypes));
  folder.validationRules.push(...placed(file, 'validationRules', part.validationRules).map(formulaOf));
  folder.profiles.push(...placed(file, 'profiles', part.profiles));
  folder.permissionSets.push(...placed(file, 'permissionSets', part.permissionSets));
  folder.users.push(...placed(file, 'users', part.users));
  for (const [object, rows] of Object.entries(part.records))
    folder.records.push(
      ...placed(file, `records.${object}`, rows).map((each) => ({ ...each, value: { object, row: each.value } })),
    );
}

/** The folder's objects over the standard ones, without what it hides. */
export function withFolder(standard: readonly ObjectSchema[], folder: OrgFolder): ObjectSchema[] {
  const known = new Map(standard.map((object) => [object.name, object]));
  const prefixes = new Map(standard.map((object) => [object.keyPrefix, object.name]));
  const added = folder.objects.map((place): ObjectSchema => {
    const { name, label, keyPrefix, fields, ...more } = place.value;
    const before = known.get(name);
    if (!before && !keyPrefix)
      throw complaint(place, `the new object ${name} has no "keyPrefix".`, 'Give it three characters, such as "a01".');
    const taken = keyPrefix ? prefixes.get(keyPrefix) : undefined;
    if (taken && taken !== name)
      throw complaint(place, `the key prefix ${keyPrefix} belongs to ${taken}.`, 'Choose another one.');
    const object = {
      ...more,
      name,
      label: label ?? before?.label ?? name.replace(/__c$/, '').replaceAll('_', ' '),
      keyPrefix: before?.keyPrefix ?? keyPrefix ?? '',
      fields: fields.map((field) => ({
        ...(field.type === 'reference'
          ? { relationshipName: field.name.replace(/Id$/, '').replace(/__c$/, '__r') }
          : {}),
        ...field,
      })),
    } as ObjectSchema;
    known.set(name, object);
    prefixes.set(object.keyPrefix, name);
    return object;
  });
  const all = [...standard, ...added];
  requireHidden(folder, all);
  return all
    .filter((object) => !folder.hide.objects.has(object.name))
    .map((object) => ({
      ...object,
      fields: object.fields.filter(
        (field) =>
          !folder.hide.fields.has(`${object.name}.${field.name}`) &&
          !(field.referenceTo?.length && field.referenceTo.every((target) => folder.hide.objects.has(target))),
      ),
    }));
}

function requireHidden(folder: OrgFolder, all: readonly ObjectSchema[]): void {
  const place = { file: 'hide', at: 'hide' };
  for (const name of folder.hide.objects)
    if (!all.some((object) => object.name === name))
      throw complaint(place, `there is no object ${name}.`, 'Take it out of "hide.objects".');
  for (const path of folder.hide.fields) {
    const [objectName, fieldName] = path.split('.');
    const isThere = all.some(
      (each) => each.name === objectName && each.fields.some((field) => field.name === fieldName),
    );
    if (!isThere) throw complaint(place, `there is no field ${path}.`, 'Take it out of "hide.fields".');
  }
}

/** Every rule's object and fields must be there. */
export function requireRules(
  folder: OrgFolder,
  fieldsOfObject: (object: string) => ReadonlySet<string> | undefined,
): void {
  for (const place of folder.validationRules) {
    const { object, formula, field } = place.value;
    const fields = fieldsOfObject(object);
    if (!fields) throw complaint(place, `there is no object ${object}.`, 'Correct "object".');
    for (const name of [...fieldsOf(formula), ...(field ? [field] : [])])
      if (!fields.has(name.toLowerCase()))
        throw complaint(place, `${object} has no field ${name}.`, 'Correct the formula or add the field to "objects".');
  }
}
