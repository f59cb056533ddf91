import { fieldLabel, type FieldSchema, type ResolvedObject } from '../schema.ts';

const MASTER = '012000000000000AAA';
/** A section of a page has two columns. */
const COLUMNS = 2;

const isWritten = (field: FieldSchema): boolean => field.createable !== false && !field.calculated && !field.autoNumber;

function item(field: FieldSchema, isEdited: boolean) {
  return {
    editableForNew: isEdited && isWritten(field),
    editableForUpdate: isEdited && field.updateable !== false && isWritten(field),
    label: fieldLabel(field),
    layoutComponents: [
      {
        displayLines: 1,
        tabOrder: 1,
        type: 'Field',
        value: field.name,
        details: { name: field.name, type: field.type },
      },
    ],
    placeholder: false,
    required: field.required === true,
  };
}

function section(object: ResolvedObject, isEdited: boolean) {
  const fields = object.fields.filter((field) => !isEdited || isWritten(field));
  const rows = Array.from({ length: Math.ceil(fields.length / COLUMNS) }, (_, k) => {
    const layoutItems = fields.slice(k * COLUMNS, k * COLUMNS + COLUMNS).map((field) => item(field, isEdited));
    return { layoutItems, numItems: layoutItems.length };
  });
  const heading = `${object.label} Information`;
  return [
    { columns: COLUMNS, heading, layoutRows: rows, rows: rows.length, useCollapsibleSection: false, useHeading: true },
  ];
}

/** The one page layout of an object: every field it has. */
export const pageLayouts = (object: ResolvedObject, base: string) => ({
  layouts: [
    {
      id: null,
      buttonLayoutSection: { detailButtons: [] },
      detailLayoutSections: section(object, false),
      editLayoutSections: section(object, true),
      feedView: null,
      highlightsPanelLayoutSection: null,
      multirowEditLayoutSections: [],
      offlineLinks: [],
      quickActionList: { quickActionListItems: [] },
      relatedContent: null,
      relatedLists: [],
      saveOptions: [],
    },
  ],
  recordTypeMappings: [
    {
      active: true,
      available: true,
      defaultRecordTypeMapping: true,
      developerName: 'Master',
      layoutId: null,
      master: true,
      name: 'Master',
      picklistsForRecordType: [],
      recordTypeId: MASTER,
      urls: { layout: `${base}/sobjects/${object.name}/describe/layouts/${MASTER}` },
    },
  ],
  recordTypeSelectorRequired: [false],
});

/** The system's compact layout: the name. */
export const compactLayouts = (object: ResolvedObject, base: string) => {
  const name = object.byName.get('name');
  return {
    compactLayouts: [
      {
        actions: [],
        fieldItems: name ? [item(name, false)] : [],
        id: null,
        imageItems: [],
        label: 'System Default',
        name: 'SYSTEM',
        objectType: object.name,
      },
    ],
    defaultCompactLayoutId: null,
    recordTypeCompactLayoutMappings: [
      {
        available: true,
        compactLayoutId: null,
        compactLayoutName: 'SYSTEM',
        recordTypeId: MASTER,
        recordTypeName: 'Master',
      },
    ],
    urls: { primary: `${base}/sobjects/${object.name}/describe/compactLayouts/primary` },
  };
};
