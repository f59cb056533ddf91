import { BailiwickError } from '../../../core/errors.ts';
import { Schema, type ObjectSchema } from '../schema.ts';
import { ACCOUNT_FAMILY, SAMPLE_FIELDS, TIMELINES } from '../schemas/accounts.ts';
import { SHARING_FAMILY } from '../schemas/sharing.ts';
import { STANDARD_FAMILY } from '../schemas/standard.ts';
import { TERRITORY_FAMILY } from '../schemas/territories.ts';
import { USER_FAMILY } from '../schemas/users.ts';
import { requireRules, withFolder, type OrgFolder } from './orgFolder.ts';
import { personAccountObjects } from './personAccounts.ts';
import { recordTypeObjects } from './recordTypes.ts';
import type { ValidationRule } from './validation.ts';

export interface SchemaOptions {
  objects?: ObjectSchema[];
  /** false: an org without Sales Territories. */
  territories?: boolean;
  folder?: OrgFolder;
}

/** Without these there is no org to log in to. */
const NEEDED = new Set([...USER_FAMILY.map((object) => object.name), 'Account', 'AccountShare', 'Group']);

const withoutTerritories = (object: ObjectSchema): ObjectSchema => ({
  ...object,
  fields: object.fields.filter((field) => !field.referenceTo?.includes('Territory2')),
});

/** Everything the org knows of, from the standard objects, the options and the folder. */
export function orgSchema({ objects = [], territories, folder }: SchemaOptions): {
  schema: Schema;
  rules: ValidationRule[];
} {
  const hidden = folder?.hide.objects ?? new Set<string>();
  for (const name of hidden)
    if (NEEDED.has(name))
      throw new BailiwickError('bad_request', `hide: ${name} cannot be hidden: the org needs it.`, {
        action: `Take ${name} out of "hide.objects".`,
      });
  const hasTerritories = (folder?.org.territories ?? territories ?? true) && !hidden.has('Territory2');
  const standard = [
    ...USER_FAMILY,
    ...ACCOUNT_FAMILY,
    ...STANDARD_FAMILY,
    ...TIMELINES,
    ...SHARING_FAMILY.filter((object) => object.name !== 'AccountTeamMember' || folder?.org.accountTeams !== false),
    ...(folder?.org.sampleFields === false ? [] : SAMPLE_FIELDS),
    ...objects,
  ];
  const all = hasTerritories ? [...standard, ...TERRITORY_FAMILY] : standard.map(withoutTerritories);
  if (!folder) return { schema: new Schema(all), rules: [] };
  const hasPeople = folder.recordTypes.some(({ value }) => value.object === 'Account' && value.isPersonType);
  const contacts = folder.objects.filter(({ value }) => value.name === 'Contact').map(({ value }) => value);
  const contact = {
    name: 'Contact',
    label: 'Contact',
    keyPrefix: '003',
    fields: contacts.flatMap((each) => each.fields),
  };
  const withPeople = hasPeople ? [...all, ...personAccountObjects(contact as ObjectSchema)] : all;
  const schema = new Schema(withFolder([...withPeople, ...recordTypeObjects(folder, withPeople)], folder));
  requireRules(folder, (name) => {
    const object = schema.find(name);
    return object && new Set(object.byName.keys());
  });
  const rules = folder.validationRules.map(({ value }) => ({
    object: value.object,
    name: value.name,
    when: value.formula,
    message: value.message,
    field: value.field,
  }));
  return { schema, rules };
}
