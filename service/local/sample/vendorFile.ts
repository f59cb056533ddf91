import type { Geography } from '../../core/geography.ts';
import type { Cell } from './cells.ts';
import { chance, pick } from './identifiers.ts';
import type { Directory } from './directory.ts';
import type { Physician } from './providers.ts';

const HEADER =
  'facility_npi,facility_ccn,facility_name,facility_zip,performing_npi,performing_name,performing_zip,ordering_npi,ordering_zip,specialty,code,code_name,family,place_of_service,month,claim_count,patient_count,paid';

/** The vendor reports the last month of each quarter for the whole quarter. */
const MONTHS = ['2025-12', '2026-03', '2026-06', '2026-09'];
export const VENDOR_PERIOD = '2025-10 to 2026-09';

/** Rows that no import can use, with what is wrong with each: the report has to name them. */
const BROKEN = [
  ',,,,,,,,,Podiatry,BW402,Forefoot realignment,Tendon and foot,24,2026-03,14,13,9000',
  ',,Nowhere Hospital,ABCDE,,,,,,Podiatry,BW402,Forefoot realignment,Tendon and foot,22,2026-03,12,12,8000',
  ',,No Code Hospital,02115,,,,,,Podiatry,,,Tendon and foot,22,2026-03,12,12,8000',
  ',,No Count Hospital,02115,,,,,,Podiatry,BW402,Forefoot realignment,Tendon and foot,22,2026-03,many,12,8000',
];
/** One ZIP of so many has lost its leading zero on the way through a spreadsheet. */
const LOST_ZERO_EVERY = 400;

/** The claims aggregate of a data vendor: one row per facility, performer, orderer, code, site of care and month. */
export function vendorFile(seed: number, cells: readonly Cell[], directory: Directory, geography: Geography): string {
  const referrers = Map.groupBy(
    directory.physicians.filter(({ codes }) => codes.length === 0),
    ({ serial }) => Math.floor(serial / 1000),
  );
  const lines = [HEADER];
  for (const cell of cells) {
    const { physician, facility, code, site } = cell;
    const random = chance(seed, 'months', physician.serial, facility?.serial ?? 'office', code.code + site);
    const orderer = ordererOf(seed, physician, referrers.get(Math.floor(physician.serial / 1000)) ?? []);
    const zip = (unit: number | undefined) => {
      const full = unit === undefined ? '' : (geography.ids[unit] ?? '');
      return lines.length % LOST_ZERO_EVERY === 0 ? full.replace(/^0/, '') : full;
    };
    const place = facility && directory.facility(facility);
    const performer = directory.physician(physician);
    for (const [i, count] of split(cell.count, random).entries()) {
      if (count === 0) continue;
      const patients = Math.max(1, Math.round(count * (0.86 + 0.14 * random())));
      const paid = (count * code.valueUsd * (1.6 + 0.8 * random())).toFixed(2);
      const at = [place?.npi ?? '', place?.ccn ?? '', place ? quoted(place.name) : '', place ? zip(place.unit) : ''];
      const by = [performer.npi, performer.name, zip(performer.unit)];
      const ordered = directory.physician(orderer);
      const what = [physician.specialty, code.code, quoted(code.name), code.family, site, MONTHS[i]];
      lines.push([...at, ...by, ordered.npi, zip(ordered.unit), ...what, count, patients, paid].join(','));
    }
  }
  return `${[...lines, ...BROKEN].join('\n')}\n`;
}

/** Half of the physicians are sent their patients by one colleague; the others order what they perform. */
function ordererOf(seed: number, physician: Physician, referrers: readonly Physician[]): Physician {
  const random = chance(seed, 'orders', physician.serial);
  return random() < 0.5 && referrers.length > 0 ? pick(random, referrers) : physician;
}

/** A year's count over four quarters; small counts fall into few of them. */
function split(count: number, random: () => number): number[] {
  const quarters = [0, 0, 0, 0];
  let left = count;
  for (let i = 0; i < 3; i++) {
    const part = count < 8 ? (random() < 0.5 ? left : 0) : Math.round((count / 4) * (0.8 + 0.4 * random()));
    quarters[i] = Math.min(left, part);
    left -= quarters[i] ?? 0;
  }
  quarters[3] = left;
  return quarters;
}

export const quoted = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
