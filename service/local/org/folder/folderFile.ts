import { z } from 'zod';

const name = z.string().regex(/^[A-Za-z]\w*$/, 'an API name: letters, digits and underscores');
const fieldPath = z.string().regex(/^[A-Za-z]\w*\.[A-Za-z]\w*$/, 'OBJECT.FIELD, such as Account.NPI__c');
const FIELD_TYPES = [
  'string',
  'textarea',
  'email',
  'phone',
  'url',
  'picklist',
  'multipicklist',
  'reference',
  'boolean',
  'double',
  'currency',
  'percent',
  'int',
  'date',
  'datetime',
] as const;

const field = z
  .looseObject({
    name,
    type: z.enum(FIELD_TYPES),
    label: z.string().optional(),
    length: z.int().min(1).max(131_072).optional(),
    referenceTo: z.array(name).optional(),
    values: z.array(z.string()).optional(),
    required: z.boolean().optional(),
    unique: z.boolean().optional(),
  })
  .refine(({ type, referenceTo }) => type !== 'reference' || (referenceTo?.length ?? 0) > 0, {
    message: 'a reference needs "referenceTo": [objects]',
  });

const object = z.looseObject({
  name,
  label: z.string().optional(),
  keyPrefix: z
    .string()
    .regex(/^[A-Za-z0-9]{3}$/, 'three letters or digits')
    .optional(),
  fields: z.array(field).default([]),
});

const rights = z.array(z.enum(['create', 'read', 'edit', 'delete', 'viewAll', 'modifyAll']));
const grants = {
  permissions: z
    .array(z.enum(['ViewAllData', 'ModifyAllData', 'ApiEnabled', 'TransferRecord', 'ManageTerritories']))
    .default([]),
  objects: z.record(name, rights).default({}),
  fields: z.record(fieldPath, z.enum(['none', 'read', 'edit'])).default({}),
};

const level = z.enum(['Private', 'Read', 'ReadEdit']);

/** One file of an org folder; every part may be absent, and several files add up. */
export const folderFile = z.strictObject({
  org: z
    .strictObject({
      name: z.string().optional(),
      edition: z.string().optional(),
      apiLimit: z.int().min(1).optional(),
      /** false: Sales Territories is off. */
      territories: z.boolean().optional(),
      /** false: Account Teams is off. */
      accountTeams: z.boolean().optional(),
      /** false: without the custom fields of the sample (NPI__c, CCN__c …). */
      sampleFields: z.boolean().optional(),
      defaults: z
        .strictObject({ Account: level, Contact: level, Opportunity: level, Case: level })
        .partial()
        .optional(),
    })
    .optional(),
  objects: z.array(object).default([]),
  hide: z.strictObject({ objects: z.array(name).default([]), fields: z.array(fieldPath).default([]) }).optional(),
  recordTypes: z
    .array(
      z.strictObject({
        object: name,
        developerName: name,
        label: z.string().optional(),
        isPersonType: z.boolean().default(false),
        isDefault: z.boolean().default(false),
      }),
    )
    .default([]),
  validationRules: z
    .array(z.strictObject({ object: name, name, when: z.string(), message: z.string(), field: name.optional() }))
    .default([]),
  profiles: z.array(z.strictObject({ name: z.string(), ...grants })).default([]),
  permissionSets: z
    .array(
      z.strictObject({
        name,
        label: z.string().optional(),
        customPermissions: z.array(name).default([]),
        ...grants,
      }),
    )
    .default([]),
  users: z
    .array(
      z.looseObject({
        ref: z.string().min(1),
        profile: z.string().optional(),
        permissionSets: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  records: z.record(name, z.array(z.record(z.string(), z.unknown()))).default({}),
});

export type FolderFile = z.output<typeof folderFile>;
