import { longId } from '../../../core/ids.ts';
import type { FieldSchema, ObjectSchema, RecordTypeSchema } from '../schema.ts';
import type { OrgFolder } from './orgFolder.ts';

/** The id of the folder's k-th record type. */
export const recordTypeId = (k: number): string => longId(`012Bf${String(k + 1).padStart(10, '0')}`);

/** Record types as part of each object's schema, with the RecordTypeId field that Salesforce adds beside them. */
export function recordTypeObjects(folder: OrgFolder, objects: readonly ObjectSchema[]): ObjectSchema[] {
  const byObject = new Map<string, RecordTypeSchema[]>();
  folder.recordTypes.forEach(({ value }, k) => {
    const list = byObject.get(value.object) ?? [];
    list.push({
      id: recordTypeId(k),
      developerName: value.developerName,
      name: value.label ?? value.developerName.replaceAll('_', ' '),
      isDefault: value.isDefault,
      isPersonType: value.isPersonType,
    });
    byObject.set(value.object, list);
  });
  return objects
    .filter((object) => byObject.has(object.name))
    .filter((object, k, all) => all.findIndex((each) => each.name === object.name) === k)
    .map((object) => {
      const recordTypes = byObject.get(object.name) ?? [];
      const first = recordTypes.find((type) => type.isDefault);
      const field: FieldSchema = {
        name: 'RecordTypeId',
        type: 'reference',
        referenceTo: ['RecordType'],
        relationshipName: 'RecordType',
        ...(first ? { defaultValue: first.id } : {}),
      };
      return { name: object.name, label: object.label, keyPrefix: object.keyPrefix, fields: [field], recordTypes };
    });
}
