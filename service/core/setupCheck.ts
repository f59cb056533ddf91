/** One thing that has to be right before the product can work, and what to click where it is not. */
export interface SetupCheck {
  /** Stable name for a screen, such as "cors" or "field Account.OwnerId". */
  readonly name: string;
  readonly title: string;
  readonly state: 'ok' | 'warn' | 'bad';
  readonly what: string;
  /** "Setup → …"; null where nothing is to be done. */
  readonly click: string | null;
}

const ORDER = ['ok', 'warn', 'bad'] as const;

/** The worst of all; "ok" where nothing was checked. */
export function worst(checks: readonly SetupCheck[]): SetupCheck['state'] {
  return ORDER[Math.max(0, ...checks.map(({ state }) => ORDER.indexOf(state)))] ?? 'ok';
}

/** What the integration user may do with an object, as describe tells it. */
export interface Rights {
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly fields: ReadonlyMap<string, { readonly createable: boolean; readonly updateable: boolean }>;
}

/** What the product does with an object. */
export interface Need {
  readonly object: string;
  readonly label: string;
  readonly create?: readonly string[];
  readonly update?: readonly string[];
  readonly read?: readonly string[];
  readonly isDeleted?: boolean;
  /** Not every customer needs it: missing it is a warning, with what does not work then. */
  readonly without?: string;
}

const PERMISSIONS = 'Setup → Permission Sets → Bailiwick Integration → Object Settings';

/** Rights on one object and on its fields, one line each that is not as needed; one line where all is. */
export function rightsChecks(need: Need, rights: Rights | null): SetupCheck[] {
  const { object, label, without } = need;
  const bad = without === undefined ? ('bad' as const) : ('warn' as const);
  const lacks = (what: string): string => (without === undefined ? what : `${what} ${without}`);
  const line = (name: string, what: string): SetupCheck => ({
    name,
    title: label,
    state: bad,
    what: lacks(what),
    click: `${PERMISSIONS} → ${label}`,
  });
  if (!rights) return [line(`object ${object}`, `The integration user may not see ${object}, or the org has none.`)];
  const verbs = [
    ['create', need.create, rights.createable],
    ['edit', need.update, rights.updateable],
    ['delete', need.isDeleted, rights.deletable],
  ] as const;
  const missing = verbs.filter(([, isNeeded, may]) => isNeeded && !may).map(([verb]) => verb);
  const ofObject =
    missing.length > 0
      ? [line(`object ${object}`, `The integration user may not ${missing.join(', ')} ${label}.`)]
      : [];
  const ofFields = fieldProblems(need, rights).map(([field, verb]) =>
    line(`field ${object}.${field}`, `The integration user may not ${verb} ${object}.${field}.`),
  );
  const found = [...ofObject, ...ofFields];
  if (found.length > 0) return found;
  return [
    {
      name: `object ${object}`,
      title: label,
      state: 'ok',
      what: `${label}: every right that is needed is there.`,
      click: null,
    },
  ];
}

function fieldProblems({ create = [], update = [], read = [] }: Need, { fields, ...may }: Rights): [string, string][] {
  const unseen = [...new Set([...read, ...create, ...update])].filter((name) => !fields.has(name));
  return [
    ...unseen.map((name): [string, string] => [name, 'read']),
    ...create
      .filter((name) => may.createable && fields.get(name)?.createable === false)
      .map((name): [string, string] => [name, 'set']),
    ...update
      .filter((name) => may.updateable && fields.get(name)?.updateable === false)
      .map((name): [string, string] => [name, 'edit']),
  ];
}
