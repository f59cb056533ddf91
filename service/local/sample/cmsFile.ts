import type { Geography } from '../../core/geography.ts';
import { chance, cumulated, normal, npi, pick, pickWeighted } from './identifiers.ts';
import type { Directory } from './directory.ts';
import { personName, street } from './names.ts';
import { CODES, REFERRING_SPECIALTIES, SPECIALTIES } from './procedures.ts';
import { quoted } from './vendorFile.ts';

const HEADER =
  'Rndrng_NPI,Rndrng_Prvdr_Last_Org_Name,Rndrng_Prvdr_First_Name,Rndrng_Prvdr_MI,Rndrng_Prvdr_Crdntls,Rndrng_Prvdr_Gndr,Rndrng_Prvdr_Ent_Cd,Rndrng_Prvdr_St1,Rndrng_Prvdr_St2,Rndrng_Prvdr_City,Rndrng_Prvdr_State_Abrvtn,Rndrng_Prvdr_State_FIPS,Rndrng_Prvdr_Zip5,Rndrng_Prvdr_RUCA,Rndrng_Prvdr_RUCA_Desc,Rndrng_Prvdr_Cntry,Rndrng_Prvdr_Type,Rndrng_Prvdr_Mdcr_Prtcptg_Ind,HCPCS_Cd,HCPCS_Desc,HCPCS_Drug_Ind,Place_Of_Srvc,Tot_Benes,Tot_Srvcs,Tot_Bene_Day_Srvcs,Avg_Sbmtd_Chrg,Avg_Mdcr_Alowd_Amt,Avg_Mdcr_Pymt_Amt,Avg_Mdcr_Stdzd_Amt';

/** Rows per provider and services per row follow the real files (data.md): medians 5 and 40, long tails. */
const MEDIAN_ROWS = 5;
const ROWS_SPREAD = 0.95;
const MEDIAN_SERVICES = 40;
const SERVICES_SPREAD = 1.45;
/** The real file holds no row with fewer beneficiaries. */
const FEWEST_BENEFICIARIES = 11;
const DRUG_SHARE = 0.03;
const MOST_DRUG_UNITS = 85_000;

/** Everything else that is billed: invented visits, images, injections and tests. */
const WORK = ['visit', 'image', 'injection', 'test', 'dressing', 'infusion', 'brace fitting', 'exercise hour'];
const PARTS = ['knee', 'hip', 'shoulder', 'back', 'neck', 'hand', 'foot', 'elbow', 'nerve', 'joint', 'skin', 'bone'];
const OTHER_CODES = WORK.flatMap((work, i) =>
  PARTS.map((part, k) => ({
    code: `BW${600 + i * PARTS.length + k}`,
    name: `${part} ${work}`,
    usd: 20 + 13 * i + 7 * k,
  })),
);
const DRUGS = PARTS.slice(0, 6).map((part, i) => ({ code: `BWJ${10 + i}`, name: `${part} gel, one unit`, usd: 2 + i }));

interface Biller {
  readonly npi: string;
  readonly last: string;
  readonly first: string;
  readonly middle: string;
  readonly unit: number;
  readonly street: string;
  readonly specialty: string;
  readonly codes: readonly string[];
}

/** A file in the layout of CMS "by Provider and Service" with exactly so many rows; CRM physicians come first. */
export function cmsFile(
  seed: number,
  rows: number,
  { geography, people, directory }: { geography: Geography; people: readonly number[]; directory: Directory },
): string {
  const lines = [HEADER];
  const weights = cumulated(people.map((count) => count ** 1.1));
  for (let i = 0; lines.length <= rows; i++) {
    const biller = billerAt(seed, i, { geography, weights, directory });
    const random = chance(seed, 'cms', i);
    const count = Math.min(97, Math.max(1, Math.round(MEDIAN_ROWS * Math.exp(ROWS_SPREAD * normal(random)))));
    const used = new Set<string>();
    for (let k = 0; k < count && lines.length <= rows; k++) {
      const line = serviceOf(biller, k, random);
      if (used.has(line.key)) continue;
      used.add(line.key);
      lines.push(`${providerPart(biller, geography)},${line.text}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function billerAt(
  seed: number,
  i: number,
  { geography, weights, directory }: { geography: Geography; weights: readonly number[]; directory: Directory },
): Biller {
  const physician = directory.physicians[i];
  if (physician) {
    const { npi: number, unit, street: at } = directory.physician(physician);
    const { first, middle, last } = physician.name;
    return {
      npi: number,
      first,
      middle,
      last,
      unit,
      street: at,
      specialty: physician.specialty,
      codes: physician.codes,
    };
  }
  const random = chance(seed, 'biller', i);
  const unit = pickWeighted(random, weights) % geography.ids.length;
  const specialty = pick(random, [...SPECIALTIES.map(({ name }) => name), ...REFERRING_SPECIALTIES]);
  const codes = SPECIALTIES.find(({ name }) => name === specialty)?.codes ?? [];
  const { first, middle, last } = personName(random);
  return { npi: npi(500_000 + i), first, middle, last, unit, street: street(random), specialty, codes };
}

function providerPart(biller: Biller, geography: Geography): string {
  const { unit } = biller;
  const [city, state, zip, county] = [
    geography.names[unit],
    geography.states[unit],
    geography.ids[unit],
    geography.counties[unit],
  ];
  const name = [biller.last, biller.first, biller.middle, 'M.D.', '', 'I'];
  const place = [quoted(biller.street), '', city, state, county?.slice(0, 2), zip, 1, 'Metropolitan area core', 'US'];
  return [biller.npi, ...name, ...place, biller.specialty, 'Y'].join(',');
}

/** One row's service: the provider's own codes first, then whatever else it bills. */
function serviceOf(biller: Biller, k: number, random: () => number): { key: string; text: string } {
  const own = CODES.find(({ code }) => code === biller.codes[k]);
  const isDrug = !own && random() < DRUG_SHARE;
  const other = pick(random, isDrug ? DRUGS : OTHER_CODES);
  const { code, name, usd } = own ? { ...own, usd: own.valueUsd / 4 } : other;
  const isFacility = own ? random() < 0.6 : random() < 0.15;
  const spread = Math.exp((isDrug ? 2.2 : SERVICES_SPREAD) * normal(random));
  const services = Math.max(FEWEST_BENEFICIARIES, Math.round(MEDIAN_SERVICES * spread * (isDrug ? 8 : 1)));
  const total = Math.min(isDrug ? MOST_DRUG_UNITS : 4000, services);
  const benes = Math.max(FEWEST_BENEFICIARIES, Math.round(total * (isDrug ? 0.05 : 0.4 + 0.5 * random())));
  const days = Math.max(benes, Math.round(isDrug ? benes * 1.4 : total * (0.85 + 0.15 * random())));
  const payment = usd * (0.8 + 0.4 * random());
  const money = [payment * 3.1, payment * 1.28, payment, payment * 0.99].map((value) => value.toFixed(4));
  const counts = [Math.min(benes, total), total, Math.min(days, total)];
  const place = isFacility ? 'F' : 'O';
  return { key: code + place, text: [code, quoted(name), isDrug ? 'Y' : 'N', place, ...counts, ...money].join(',') };
}
