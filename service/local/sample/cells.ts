import type { Volume } from '../../core/unitInputs.ts';
import { chance, cumulated, pick, pickWeighted } from './identifiers.ts';
import { ADDRESSABLE_SHARE, CODES, type SampleCode } from './procedures.ts';
import { affiliations, type Facility, type Physician } from './providers.ts';
import type { Geography } from '../../core/geography.ts';

/** Procedures of one physician with one code at one site of care in a year: what the vendor file's months add up to. */
export interface Cell {
  readonly physician: Physician;
  /** Null for the physician's own office. */
  readonly facility: Facility | null;
  readonly code: SampleCode;
  readonly site: string;
  readonly count: number;
}

/** Counts from 1 to this one are never kept as they are (data.md, small cells). */
const SMALL = 10;
const IMPUTED = 5.5;

/** What an import makes of a count. */
export const guarded = (count: number) => (count >= 1 && count <= SMALL ? IMPUTED : count);

/** Share of a physician's volume that its usual code has; the others divide the rest. */
const FIRST_SHARE = 0.7;
/** A physician works where it is used to: this share at its first site of a code, the rest at a second. */
const HABIT = [1, 0.65, 0.8];

export interface CellOptions {
  readonly seed: number;
  readonly geography: Geography;
  readonly facilities: readonly Facility[];
  /** Multiplies every physician's volume. */
  readonly scale: number;
}

/** All cells of one physician. A site without a facility at hand is worked in the office. */
export function cellsOf(physician: Physician, { seed, geography, facilities, scale }: CellOptions): Cell[] {
  if (physician.codes.length === 0) return [];
  if (physician.serial === PLANTED_SURGEON) return plantedCells(physician, facilities);
  const { hospital, surgeryCenter } = affiliations(seed, physician, { geography, facilities });
  const random = chance(seed, 'sites', physician.serial);
  const cells: Cell[] = [];
  physician.codes.forEach((name, i) => {
    const code = CODES.find((candidate) => candidate.code === name);
    if (!code) return;
    const others = Math.max(1, physician.codes.length - 1);
    const share = physician.codes.length === 1 ? 1 : i === 0 ? FIRST_SHARE : (1 - FIRST_SHARE) / others;
    const sites = Object.keys(code.sites);
    const weights = cumulated(Object.values(code.sites));
    const habit = pick(random, HABIT);
    for (const part of [habit, 1 - habit]) {
      const site = sites[pickWeighted(random, weights)] ?? '11';
      const count = Math.round(physician.volume * scale * share * part);
      const facility = site === '11' ? null : site === '24' ? surgeryCenter : hospital;
      if (count > 0) cells.push({ physician, facility, code, site: facility ? site : '11', count });
    }
  });
  return merged(cells);
}

/** The first physician of the first territory operates in two hospitals and at all five sites of care. */
export const PLANTED_SURGEON = 0;
const SURGEON_COUNTS = [
  ['first', '21', 44],
  ['first', '22', 62],
  ['second', '22', 38],
  ['second', '19', 23],
  ['center', '24', 31],
  ['office', '11', 17],
] as const;

function plantedCells(physician: Physician, facilities: readonly Facility[]): Cell[] {
  const [first = null, second = null] = facilities.filter(({ kind }) => kind === 'Hospital');
  const center = facilities.find(({ kind }) => kind === 'Surgery Center') ?? null;
  const code = CODES.find((candidate) => candidate.code === physician.codes[0]);
  const places = { first, second, center, office: null };
  return code
    ? SURGEON_COUNTS.map(([at, site, count]) => ({ physician, facility: places[at], code, site, count }))
    : [];
}

/** One cell per facility, code and site. */
function merged(cells: readonly Cell[]): Cell[] {
  const groups = Map.groupBy(cells, ({ facility, code, site }) => `${facility?.serial} ${code.code} ${site}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, count: group.reduce((sum, { count }) => sum + count, 0) }] : [];
  });
}

/** Money of a cell under the sample's market: every rule earns, only procedures are counted. */
export const opportunityUsd = (cell: Cell) => guarded(cell.count) * cell.code.valueUsd * ADDRESSABLE_SHARE;

/** Procedures of a cell: add-ons and revenue-only lines are none. */
export const proceduresOf = (cell: Cell) => (cell.code.rule === 'procedure' ? guarded(cell.count) : 0);

export const physicianKey = (physician: Physician) => `p${physician.serial}`;
export const facilityKey = (facility: Facility) => `f${facility.serial}`;

/** What the claims slice will answer for the market's facility role, from the same cells. */
export function volumesOf(cells: readonly Cell[]): Map<string, Volume> {
  const volumes = new Map<string, Volume>();
  const add = (key: string, part: Volume) => {
    const known = volumes.get(key) ?? { procedures: 0, opportunityUsd: 0, involvedProcedures: 0 };
    volumes.set(key, {
      procedures: known.procedures + part.procedures,
      opportunityUsd: known.opportunityUsd + part.opportunityUsd,
      involvedProcedures: known.involvedProcedures + part.involvedProcedures,
    });
  };
  for (const cell of cells) {
    const procedures = proceduresOf(cell);
    const counted = { procedures, opportunityUsd: opportunityUsd(cell), involvedProcedures: procedures };
    const performer = physicianKey(cell.physician);
    add(cell.facility ? facilityKey(cell.facility) : performer, counted);
    if (cell.facility) add(performer, { procedures: 0, opportunityUsd: 0, involvedProcedures: procedures });
  }
  return volumes;
}
