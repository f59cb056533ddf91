/** A table as it was read: every row knows its line. */
export interface SheetTable {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly (string | null)[] }[];
}

export interface SheetAssignment {
  readonly zip: string;
  /** Name or id of the territory as the sheet writes it. */
  readonly territory: string;
  readonly line: number;
}

export interface SheetRow {
  readonly line: number;
  readonly reason: string;
  readonly found: string;
}

/** A ZIP sheet taken apart: rows read = rows kept + rows set aside. */
export interface ZipSheet {
  readonly assignments: readonly SheetAssignment[];
  readonly rowsRead: number;
  readonly setAside: readonly SheetRow[];
  readonly repaired: readonly SheetRow[];
}

export interface SheetWorld {
  /** Why a ZIP cannot be placed; null where it can. */
  readonly whyNot: (zip: string) => string | null;
  /** The layer of a territory (its team); null where nobody knows it. A ZIP has one territory in each layer. */
  readonly layerOf: (territory: string) => string | null;
}

/** Which columns hold what; null where no column does. */
interface SheetColumns {
  readonly zip: number | null;
  readonly territory: number | null;
  readonly territoryName: number | null;
}

const ZIP_NAMES =
  /^(zip|zip5|zipcode|postal|postalcode|postcode|zcta|zcta5|brick|geographyname|geographyid|geography)$/;
const TERRITORY_NAMES =
  /^(territory|terr|territoryid|territory2id|territorycode|territories|territoryvodc|territoryname|territoryaln|rep|alignment)$/;
const NAME_NAMES = /^(name|territoryname|label|description)$/;
const ID_NAMES = /^(id|territoryid|externalid|externalidvodc|code)$/;

const plain = (header: string) => header.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * Finds the columns by name, and a ZIP column by its cells where none is called so (Veeva keeps it in "Name"). A table of
 * territories alone has no ZIP column.
 */
function columnsOf({ header, rows }: SheetTable): SheetColumns {
  const names = header.map(plain);
  const at = (pattern: RegExp, not: readonly (number | null)[] = []) => {
    const found = names.findIndex((name, i) => pattern.test(name) && !not.includes(i));
    return found < 0 ? null : found;
  };
  const zip = at(ZIP_NAMES) ?? zipByCells(header.length, rows);
  const territory = at(TERRITORY_NAMES, [zip]) ?? at(ID_NAMES, [zip]);
  return { zip, territory, territoryName: at(NAME_NAMES, [zip, territory]) };
}

/** Share of cells that must look like ZIPs, where the header does not say so. */
const MOSTLY = 0.9;

function zipByCells(columns: number, rows: SheetTable['rows']): number | null {
  const some = rows.slice(0, 200);
  for (let i = 0; i < columns; i++) {
    const fitting = some.filter(({ cells }) => /^\d{5}(-\d{4})?$/.test(cells[i]?.trim() ?? '')).length;
    if (some.length > 0 && fitting >= MOSTLY * some.length) return i;
  }
  return null;
}

/** True where the table can be one of a ZIP sheet: it tells ZIPs and territories, or territories alone beside such a table. */
export function sheetParts(tables: readonly SheetTable[]): { zips: SheetTable[]; territories: SheetTable[] } {
  const parts = tables.map((table) => ({ table, columns: columnsOf(table) }));
  return {
    zips: parts.filter(({ columns }) => columns.zip !== null && columns.territory !== null).map(({ table }) => table),
    territories: parts
      .filter(({ columns }) => columns.zip === null && columns.territory !== null)
      .map(({ table }) => table),
  };
}

/**
 * Takes ZIP sheets apart row by row: `zip,territory`; `territory_id,name,postal_code`; several territories in one cell
 * (";T1;T2;"); and a table of ZIPs beside a table of territories (id, name). A ZIP that comes again with the same territory is
 * a repetition, with another one of the same layer a contradiction: the first row stands.
 */
export function readZipSheet(tables: readonly SheetTable[], world: SheetWorld): ZipSheet {
  const { zips, territories } = sheetParts(tables);
  const names = territoryNames(territories);
  const result = { assignments: [] as SheetAssignment[], setAside: [] as SheetRow[], repaired: [] as SheetRow[] };
  const taken = new Map<string, { territory: string; line: number }>();
  for (const table of zips) {
    const columns = columnsOf(table);
    for (const { line, cells } of table.rows) {
      const cell = (at: number | null) => (at === null ? '' : (cells[at]?.trim() ?? ''));
      const written = cell(columns.zip);
      const zip = zipOf(written);
      const told = cell(columns.territory) || cell(columns.territoryName);
      const wanted = told.split(';').map((part) => part.trim()).filter((part) => part !== ''); // prettier-ignore
      const known = wanted.map((part) => namedAs(part, cell(columns.territoryName), { names, world }));
      const reason = reasonOf({ zip, written, wanted, known, world });
      const found = `${written} ${told}`.trim().slice(0, 60);
      const { granted, problems } =
        zip === null || reason
          ? { granted: [], problems: [reason ?? 'not a ZIP'] }
          : taking(zip, known, { line, taken, world });
      if (zip === null || granted.length === 0) {
        result.setAside.push({ line, reason: problems[0] ?? 'no territory', found });
        continue;
      }
      for (const territory of granted) result.assignments.push({ zip, territory, line });
      if (/^\d{3,4}$/.test(written))
        result.repaired.push({ line, reason: 'lost leading zeros of a ZIP put back', found });
      for (const problem of problems)
        result.repaired.push({ line, reason: `one territory of several left out: ${problem}`, found });
    }
  }
  return { ...result, rowsRead: zips.reduce((sum, { rows }) => sum + rows.length, 0) };
}

/** A territory's id → its name, from tables that hold no ZIPs. */
function territoryNames(tables: readonly SheetTable[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const table of tables) {
    const { territory, territoryName } = columnsOf(table);
    for (const { cells } of table.rows) {
      const [id, name] = [cells[territory ?? -1]?.trim() ?? '', cells[territoryName ?? -1]?.trim() ?? ''];
      if (id !== '' && name !== '') names.set(id, name);
    }
  }
  return names;
}

interface Naming {
  readonly names: ReadonlyMap<string, string>;
  readonly world: SheetWorld;
}

/** The territory by what the cell says, by the name in the same row, or by the table of territories; null where none is known. */
function namedAs(told: string, name: string, { names, world }: Naming): string | null {
  const ways = [told, name, names.get(told) ?? ''].filter((way) => way !== '');
  return ways.find((way) => world.layerOf(way) !== null) ?? null;
}

interface Row {
  readonly zip: string | null;
  readonly written: string;
  readonly wanted: readonly string[];
  readonly known: readonly (string | null)[];
  readonly world: SheetWorld;
}

function reasonOf({ zip, written, wanted, known, world }: Row): string | null {
  if (written === '') return 'no ZIP';
  if (zip === null) return 'not a ZIP';
  if (world.whyNot(zip) !== null) return world.whyNot(zip);
  if (wanted.length === 0) return 'no territory';
  if (known.every((territory) => territory === null)) return 'no such territory';
  return null;
}

interface Taking {
  readonly line: number;
  readonly taken: Map<string, { territory: string; line: number }>;
  readonly world: SheetWorld;
}

/** Gives the ZIP to each territory whose layer is free, and tells why it does not for the others. */
function taking(zip: string, known: readonly (string | null)[], { line, taken, world }: Taking) {
  const result = { granted: [] as string[], problems: [] as string[] };
  for (const territory of known) {
    const key = territory === null ? '' : `${world.layerOf(territory)} ${zip}`;
    const before = taken.get(key);
    if (territory === null) result.problems.push('no such territory');
    else if (before?.territory === territory) result.problems.push('the same ZIP and territory once more');
    else if (before) {
      const where = before.line === line ? 'in the same row' : 'in an earlier row';
      result.problems.push(`the ZIP has another territory ${where}`);
    } else {
      taken.set(key, { territory, line });
      result.granted.push(territory);
    }
  }
  return result;
}

/** Five digits; plus-four parts are cut off and lost leading zeros put back. */
function zipOf(text: string): string | null {
  const digits = /^(\d{5})(?:-?\d{4})?$/.exec(text)?.[1];
  if (digits !== undefined) return digits;
  return /^\d{3,4}$/.test(text) ? text.padStart(5, '0') : null;
}
