import { closeSync, openSync, writeSync } from 'node:fs';
import { below, seeded, type Random } from '../../../service/core/random.ts';

/** The columns of CMS "by Provider and Service", all 29 of them: reading past what is not used is part of the work. */
const HEADER =
  'Rndrng_NPI,Rndrng_Prvdr_Last_Org_Name,Rndrng_Prvdr_First_Name,Rndrng_Prvdr_MI,Rndrng_Prvdr_Crdntls,Rndrng_Prvdr_Gndr,Rndrng_Prvdr_Ent_Cd,Rndrng_Prvdr_St1,Rndrng_Prvdr_St2,Rndrng_Prvdr_City,Rndrng_Prvdr_State_Abrvtn,Rndrng_Prvdr_State_FIPS,Rndrng_Prvdr_Zip5,Rndrng_Prvdr_RUCA,Rndrng_Prvdr_RUCA_Desc,Rndrng_Prvdr_Cntry,Rndrng_Prvdr_Type,Rndrng_Prvdr_Mdcr_Prtcptg_Ind,HCPCS_Cd,HCPCS_Desc,HCPCS_Drug_Ind,Place_Of_Srvc,Tot_Benes,Tot_Srvcs,Tot_Bene_Day_Srvcs,Avg_Sbmtd_Chrg,Avg_Mdcr_Alowd_Amt,Avg_Mdcr_Pymt_Amt,Avg_Mdcr_Stdzd_Amt';

/** data.md, "Sample calibration": medians and spreads of logarithms that give p50 5, p90 17 rows and p50 40, p90 263, p99 1,500 services. */
const MEDIAN_ROWS = 5;
const ROWS_SPREAD = 0.955;
const MOST_ROWS = 97;
const MEDIAN_SERVICES = 40;
const SERVICES_SPREAD = 1.69;
const MOST_SERVICES = 85_000;
const FEWEST_BENEFICIARIES = 11;
const SPECIALTIES = 75;
const CODES = 4_000;
/** Codes that one specialty bills at all. */
const CODES_OF_SPECIALTY = 140;
const DRUG_SHARE = 0.03;
const ORGANIZATION_SHARE = 0.03;
/** Bytes gathered before they are written. */
const CHUNK = 4 * 1024 * 1024;

export interface NationalFile {
  readonly path: string;
  readonly rows: number;
  readonly seed: number;
  readonly zips: readonly string[];
  readonly states: readonly string[];
}

export const specialtyName = (i: number) => `Specialty ${String(i + 1).padStart(2, '0')}`;
export const codeName = (i: number) => String(10_000 + i * 7);
/** The codes of a specialty, most billed first; neighbours share some, as visits are shared. */
export const codeOf = (specialty: number, rank: number) =>
  codeName(rank < 8 ? rank : (specialty * 97 + rank * 31) % CODES);

/** Writes a file of so many rows in the layout of CMS, provider by provider; the same seed gives the same bytes. */
export function writeNationalFile({ path, rows, seed, zips, states }: NationalFile): {
  providers: number;
  services: number;
} {
  const random = seeded(seed);
  const file = openSync(path, 'w');
  let text = `${HEADER}\n`;
  let [written, providers, services] = [0, 0, 0];
  try {
    while (written < rows) {
      const lines = providerLines(random, { serial: providers++, zips, states }).slice(0, rows - written);
      written += lines.length;
      for (const line of lines) services += Number(line.split(',').at(-6));
      text += lines.join('');
      if (text.length > CHUNK) {
        writeSync(file, text);
        text = '';
      }
    }
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
  return { providers, services };
}

function providerLines(
  random: Random,
  { serial, zips, states }: { serial: number; zips: readonly string[]; states: readonly string[] },
): string[] {
  const zip = Math.min(zips.length - 1, Math.floor(zips.length * random() ** 2.2));
  const specialty = Math.floor(SPECIALTIES * random() ** 1.8);
  const facilityShare = specialty % 5 === 0 ? 0.47 : 0.08;
  const entity = random() < ORGANIZATION_SHARE ? 'O' : 'I';
  // ZIPs are spread over the list by a step that has no common divisor with it, so that big ones lie in every state.
  const place = (zip * 10_007) % zips.length;
  const provider = `${2_000_000_000 + serial * 7},"Lastname${serial % 9973}","First${serial % 499}","A","M.D.",F,${entity},"${serial % 9999} Main St","","City ${place % 811}",${states[place]},25,${zips[place]},1,"Metropolitan area core: primary flow within an urbanized area of 50,000 and greater",US,${specialtyName(specialty)},Y`;
  const count = Math.min(MOST_ROWS, Math.max(1, Math.round(MEDIAN_ROWS * Math.exp(ROWS_SPREAD * normal(random)))));
  const used = new Set<string>();
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const code = codeOf(specialty, Math.floor(CODES_OF_SPECIALTY * random() ** 2));
    const site = random() < facilityShare ? 'F' : 'O';
    if (used.has(code + site)) continue;
    used.add(code + site);
    lines.push(`${provider},${code},"",${random() < DRUG_SHARE ? 'Y' : 'N'},${site},${measures(random)}\n`);
  }
  return lines;
}

/** Beneficiaries, services, days and four averages. */
function measures(random: Random): string {
  const services = Math.min(
    MOST_SERVICES,
    FEWEST_BENEFICIARIES + Math.round((MEDIAN_SERVICES - 11) * Math.exp(SERVICES_SPREAD * normal(random))),
  );
  const days = Math.max(FEWEST_BENEFICIARIES, Math.round(services * (0.5 + 0.5 * random())));
  const people = Math.max(FEWEST_BENEFICIARIES, Math.round(days * (0.4 + 0.6 * random())));
  const paid = (5 + below(random, 40_000) / 100).toFixed(6);
  return `${people},${services},${days},${paid},${paid},${paid},${paid}`;
}

/** Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
