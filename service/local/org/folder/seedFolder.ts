import { longId } from '../../../core/ids.ts';
import { SalesforceError } from '../errors.ts';
import { INTEGRATION_USER_ID, ORG_ID, PERMISSION_SET_IDS } from '../firstRecords.ts';
import type { ResolvedObject } from '../schema.ts';
import { STANDARD_PROFILE_ID } from '../schemas/users.ts';
import type { OrgState } from '../state.ts';
import { complaint, type OrgFolder, type Placed } from './orgFolder.ts';

type Fields = Record<string, unknown>;
const LEVELS = { Private: 'None', Read: 'Read', ReadEdit: 'Edit' } as const;
const PERMISSION_FIELDS = {
  ViewAllData: 'PermissionsViewAllData',
  ModifyAllData: 'PermissionsModifyAllData',
  ApiEnabled: 'PermissionsApiEnabled',
  TransferRecord: 'PermissionsTransferAnyEntity',
  ManageTerritories: 'PermissionsManageTerritories',
} as const;

/** Local names of the folder ("@acme") and the ids they stand for. */
class Names {
  readonly #ids = new Map<string, string>([
    ['integration', INTEGRATION_USER_ID],
    ['org', ORG_ID],
    ...Object.entries(PERMISSION_SET_IDS),
  ]);
  readonly #counts = new Map<string, number>();

  give(place: Placed<unknown>, ref: unknown, object: { keyPrefix: string }): string {
    const next = (this.#counts.get(object.keyPrefix) ?? 0) + 1;
    this.#counts.set(object.keyPrefix, next);
    const id = longId(`${object.keyPrefix}Bf${String(next).padStart(10, '0')}`);
    if (typeof ref !== 'string') return id;
    if (this.#ids.has(ref)) throw complaint(place, `"${ref}" is named twice.`, 'Give each "ref" one record.');
    this.#ids.set(ref, id);
    return id;
  }

  find(ref: string): string | undefined {
    return this.#ids.get(ref);
  }

  set(ref: string, id: string): void {
    this.#ids.set(ref, id);
  }
}

interface Pending {
  place: Placed<unknown>;
  object: ResolvedObject;
  row: Fields;
}

/** Puts the folder's rows into a fresh org: ids first, so that every record may name every other. */
export function seedFolder(state: OrgState, folder: OrgFolder): void {
  const names = new Names();
  seedSettings(state, folder);
  seedRecordTypes(state, folder, names);
  const sets = seedGrants(state, folder);
  const pending = folder.records.map((place): Pending => {
    const { object: objectName, row } = place.value;
    const object = state.schema.find(objectName);
    if (!object)
      throw complaint(place, `there is no object ${objectName}.`, 'Add it to "objects" or correct the name.');
    const { ref, ...fields } = row;
    return { place, object, row: { Id: names.give(place, ref, object), ...fields } };
  });
  seedUsers(state, folder, { names, sets, pending });
  for (const each of pending) each.row = resolved(each, names);
  for (const { place, object, row } of pending) seedOne(state, place, { object, row });
}

function seedOne(state: OrgState, place: Placed<unknown>, at: { object: ResolvedObject; row: Fields }): void {
  try {
    state.records.seed(at.object.name, [at.row], INTEGRATION_USER_ID);
  } catch (error) {
    if (!(error instanceof SalesforceError || error instanceof Error)) throw error;
    throw complaint(place, `${error.message}.`, 'Correct the record.');
  }
}

function resolved({ place, object, row }: Pending, names: Names): Fields {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const field = object.byName.get(name.toLowerCase());
      if (!field)
        throw complaint(place, `${object.name} has no field ${name}.`, 'Add it to "objects" or correct the name.');
      if (field.type !== 'reference' || typeof value !== 'string' || !value.startsWith('@')) return [name, value];
      const id = names.find(value.slice(1));
      if (!id)
        throw complaint(place, `${name}: no record is named "${value}".`, 'Give one a "ref", or correct the name.');
      return [name, id];
    }),
  );
}

function seedSettings({ db, api }: OrgState, { org }: OrgFolder): void {
  const values: Record<string, string> = {};
  if (org.name) values['Name'] = org.name;
  if (org.edition) values['OrganizationType'] = org.edition;
  for (const [object, level] of Object.entries(org.defaults ?? {}))
    if (level) values[`Default${object}Access`] = LEVELS[level];
  db.patch('Organization', ORG_ID, values);
  if (org.apiLimit !== undefined) api.limit = org.apiLimit;
}

function seedRecordTypes({ db, schema, records }: OrgState, folder: OrgFolder, names: Names): void {
  for (const object of schema.objects)
    for (const type of object.recordTypes ?? []) {
      names.set(type.developerName, type.id);
      if (db.row('RecordType', type.id)) continue;
      const { id: Id, developerName: DeveloperName, name: Name, isPersonType: IsPersonType } = type;
      records.seed(
        'RecordType',
        [{ Id, DeveloperName, Name, IsPersonType, SobjectType: object.name, IsActive: true }],
        INTEGRATION_USER_ID,
      );
    }
  for (const place of folder.recordTypes)
    if (!schema.find(place.value.object))
      throw complaint(place, `there is no object ${place.value.object}.`, 'Correct "object".');
}

type Grants = OrgFolder['profiles'][number]['value'] | OrgFolder['permissionSets'][number]['value'];

/** @returns ids of profiles and permission sets by name */
function seedGrants(state: OrgState, folder: OrgFolder): Map<string, string> {
  const ids = new Map<string, string>(Object.entries(PERMISSION_SET_IDS));
  ids.set('profile:Standard User', STANDARD_PROFILE_ID);
  const put = (object: string, row: Fields): void => state.records.seed(object, [row], INTEGRATION_USER_ID);
  const grant = (place: Placed<Grants>, ParentId: string): void => {
    const { objects, fields } = place.value;
    for (const [SobjectType, rights] of Object.entries(objects)) {
      if (!state.schema.find(SobjectType))
        throw complaint(place, `there is no object ${SobjectType}.`, 'Correct "objects".');
      const has = (right: string): boolean => (rights as readonly string[]).includes(right);
      put('ObjectPermissions', {
        ParentId,
        SobjectType,
        PermissionsCreate: has('create'),
        PermissionsRead: has('read'),
        PermissionsEdit: has('edit'),
        PermissionsDelete: has('delete'),
        PermissionsViewAllRecords: has('viewAll'),
        PermissionsModifyAllRecords: has('modifyAll'),
      });
    }
    for (const [Field, right] of Object.entries(fields)) {
      const [object = '', field = ''] = Field.split('.');
      if (!state.schema.find(object)?.byName.has(field.toLowerCase()))
        throw complaint(place, `there is no field ${Field}.`, 'Correct "fields".');
      put('FieldPermissions', {
        ParentId,
        SobjectType: object,
        Field,
        PermissionsRead: right !== 'none',
        PermissionsEdit: right === 'edit',
      });
    }
  };
  const flags = (value: Grants): Fields =>
    Object.fromEntries(value.permissions.map((permission) => [PERMISSION_FIELDS[permission], true]));
  folder.profiles.forEach((place, k) => {
    const profileId = longId(`00eBf${String(k + 1).padStart(10, '0')}`);
    const setId = longId(`0PSBp${String(k + 1).padStart(10, '0')}`);
    const { name } = place.value;
    ids.set(`profile:${name}`, profileId);
    put('Profile', { Id: profileId, Name: name });
    const owned = { IsOwnedByProfile: true, ProfileId: profileId, PermissionsApiEnabled: true };
    put('PermissionSet', { Id: setId, Name: `X${profileId}`, Label: name, ...owned, ...flags(place.value) });
    grant(place, setId);
  });
  folder.permissionSets.forEach((place, k) => {
    const { name, label = name, customPermissions } = place.value;
    const known = ids.get(name);
    const id = known ?? longId(`0PSBf${String(k + 1).padStart(10, '0')}`);
    ids.set(name, id);
    if (known)
      state.db.patch(
        'PermissionSet',
        known,
        Object.fromEntries(Object.keys(flags(place.value)).map((flag) => [flag, 1])),
      );
    else put('PermissionSet', { Id: id, Name: name, Label: label, ...flags(place.value) });
    for (const permission of customPermissions) {
      const row = state.db.get('SELECT Id FROM CustomPermission WHERE DeveloperName = ?', [permission]);
      if (!row) throw complaint(place, `there is no custom permission ${permission}.`, 'Use one of the package.');
      put('SetupEntityAccess', { ParentId: id, SetupEntityId: row['Id'], SetupEntityType: 'CustomPermission' });
    }
    grant(place, id);
  });
  return ids;
}

function seedUsers(
  state: OrgState,
  folder: OrgFolder,
  at: { names: Names; sets: Map<string, string>; pending: Pending[] },
): void {
  const user = state.schema.object('User');
  for (const place of folder.users) {
    const { ref, profile, permissionSets, ...fields } = place.value;
    const known = ref === 'integration' ? INTEGRATION_USER_ID : undefined;
    const id = known ?? at.names.give(place, ref, user);
    const profileId = profile === undefined ? undefined : at.sets.get(`profile:${profile}`);
    if (profile !== undefined && !profileId)
      throw complaint(place, `there is no profile "${profile}".`, 'Add it to "profiles".');
    const row = { ...fields, ...(profileId ? { ProfileId: profileId } : {}) };
    if (known) state.db.patch('User', known, row as never);
    else
      at.pending.unshift({
        place,
        object: user,
        row: { Id: id, Username: `${ref}@example.com`, LastName: ref, IsActive: true, ...row },
      });
    // named for the integration user, they stand instead of the product's own
    if (known && permissionSets.length > 0)
      state.db.run('DELETE FROM PermissionSetAssignment WHERE AssigneeId = ?', [known]);
    for (const name of permissionSets) {
      const PermissionSetId = at.sets.get(name);
      if (!PermissionSetId)
        throw complaint(place, `there is no permission set "${name}".`, 'Add it to "permissionSets".');
      state.records.seed('PermissionSetAssignment', [{ AssigneeId: id, PermissionSetId }], INTEGRATION_USER_ID);
    }
  }
}
