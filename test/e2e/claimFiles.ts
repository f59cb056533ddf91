import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Claims files as people bring them. */
const ZIPS = ['02115', '2116', '04101', '03101', '06103', '02903', '05401', '01002'];
export const HEAD = 'Doc NPI,Zone,Proc,Setting,Specialty,Q7,Fluff\n';
/** 0.1 MB of rows in a layout of nobody: the count and the ZIP stand under names that no guess can know. */
export const vendorRows = Array.from({ length: 2000 }, (_, i) => {
  const [site, specialty] = i % 2 ? ['11', 'Rheumatology'] : ['22', 'Orthopedic Surgery'];
  return `${1_200_000_000 + (i % 97)},${ZIPS[i % (i % 2 ? 8 : 4)]},1731${i % 3},${site},${specialty},${20 + (i % 7)},kept by nobody\n`;
}).join('');

/** The sample's CMS file as another year: services of all rows by one factor, those of one state by another. */
export function cmsYear(dataDir: string, factor: number, inMaine: number): { head: string; body: string } {
  const folder = readdirSync(dataDir).find((name) => name.startsWith('sample-'))!;
  const [head = '', ...rows] = readFileSync(path.join(dataDir, folder, 'claims-cms.csv'), 'utf8')
    .trim()
    .split('\n');
  const body = rows.map((row) => {
    const by = row.includes(',ME,') ? inMaine : factor;
    return row.replace(
      /,(\d+),(\d+),(\d+)((?:,[\d.]+){4})$/,
      (_, people, services, days, rest) =>
        [people, services, days].map((count) => `,${Number(count) * by}`).join('') + rest,
    );
  });
  return { head: `${head}\n`, body: `${body.join('\n')}\n` };
}

/** ZIPs of physicians who order, all over the Northeast. */
export const ORDERING = [
  '02115',
  '02139',
  '01608',
  '04101',
  '03101',
  '05401',
  '02903',
  '06103',
  '06510',
  '10001',
  '11201',
  '12207',
  '14201',
  '15213',
  '19103',
  '07102',
  '21201',
  '20001',
];
const LABS = ['07666', '21227'];
/** Two laboratories perform nearly everything; each physician orders from both, some of it in counts that may not be shown. */
function labFile(): { head: string; body: string; counted: number } {
  const head =
    'performing_npi,performing_zip,ordering_npi,ordering_zip,specialty,code,code_name,family,place_of_service,month,claim_count,paid\n';
  const rows: string[] = [];
  let counted = 0;
  for (const [i, zip] of ORDERING.entries())
    for (const [k, lab] of LABS.entries()) {
      const count = i % 3 === 0 && k === 1 ? 4 : 60 + 7 * i + k;
      counted += count < 11 ? 5.5 : count;
      rows.push(
        `${1_300_000_000 + k},${lab},${1_400_000_000 + i},${zip},Clinical Laboratory,BWL1,Tissue panel,Panels,81,2026-03,${count},${count * 40}`,
      );
    }
  rows.push(`1500000000,02115,1500000000,02115,Oncology,BWL1,Tissue panel,Panels,11,2026-03,50,2000`);
  return { head, body: `${rows.join('\n')}\n`, counted: counted + 50 };
}
export const LAB_FILE = labFile();
/** What is said of it beside the figures. */
export const LAB_WARNING = `Laboratories hold ${Math.round((1 - 50 / LAB_FILE.counted) * 100)} % of the services`;
