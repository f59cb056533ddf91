/** How a code counts: procedures are demand, add-ons go with one, revenue-only lines are money without a procedure. */
export type CountingRule = 'procedure' | 'addOn' | 'revenueOnly';

/** An invented procedure. Codes begin with BW so that nobody takes them for CPT or HCPCS. */
export interface SampleCode {
  readonly code: string;
  readonly name: string;
  readonly family: string;
  readonly rule: CountingRule;
  /** What one procedure is worth to the sample's company, in US dollars. */
  readonly valueUsd: number;
  /** Sites of care where it is done, with their shares. */
  readonly sites: Readonly<Record<string, number>>;
}

const OUTPATIENT = { '22': 0.45, '24': 0.4, '19': 0.15 };
const MINOR = { '11': 0.55, '24': 0.3, '22': 0.15 };
const MAJOR = { '21': 0.45, '22': 0.4, '24': 0.15 };

const codes = (
  family: string,
  rows: readonly (readonly [string, string, CountingRule, number, Readonly<Record<string, number>>])[],
): SampleCode[] => rows.map(([code, name, rule, valueUsd, sites]) => ({ code, name, family, rule, valueUsd, sites }));

export const CODES: readonly SampleCode[] = [
  ...codes('Joint surface renewal', [
    ['BW101', 'Knee surface renewal', 'procedure', 3200, MAJOR],
    ['BW102', 'Hip rim renewal', 'procedure', 3600, MAJOR],
    ['BW103', 'Shoulder cuff anchoring', 'procedure', 1900, OUTPATIENT],
    ['BW109', 'Further anchor in the same joint', 'addOn', 400, OUTPATIENT],
  ]),
  ...codes('Spinal channel relief', [
    ['BW201', 'Lumbar channel relief, one level', 'procedure', 4100, MAJOR],
    ['BW202', 'Cervical channel relief, one level', 'procedure', 4400, MAJOR],
    ['BW209', 'Channel relief, further level', 'addOn', 1500, MAJOR],
  ]),
  ...codes('Nerve pacing', [
    ['BW301', 'Nerve pacer trial', 'procedure', 1100, MINOR],
    ['BW302', 'Nerve pacer placement', 'procedure', 6200, OUTPATIENT],
    ['BW308', 'Pacer settings visit', 'revenueOnly', 60, { '11': 1 }],
  ]),
  ...codes('Tendon and foot', [
    ['BW401', 'Heel tendon reattachment', 'procedure', 1500, OUTPATIENT],
    ['BW402', 'Forefoot realignment', 'procedure', 1300, OUTPATIENT],
    ['BW403', 'Tendon sheath release', 'procedure', 450, MINOR],
  ]),
];

/** Specialties of the sample with the codes their members use, first the usual one. */
export const SPECIALTIES: readonly {
  readonly name: string;
  readonly share: number;
  readonly codes: readonly string[];
}[] = [
  { name: 'Orthopedic Surgery', share: 0.46, codes: ['BW101', 'BW103', 'BW102', 'BW109'] },
  { name: 'Neurosurgery', share: 0.14, codes: ['BW201', 'BW202', 'BW209'] },
  { name: 'Interventional Pain Management', share: 0.2, codes: ['BW301', 'BW302', 'BW308'] },
  { name: 'Podiatry', share: 0.12, codes: ['BW402', 'BW401', 'BW403'] },
  { name: 'Hand Surgery', share: 0.08, codes: ['BW403', 'BW103'] },
];

/** Specialties that send patients and perform nothing themselves. */
export const REFERRING_SPECIALTIES = ['Family Practice', 'Internal Medicine', 'Rheumatology', 'Neurology'] as const;

export const SITE_NAMES: Readonly<Record<string, string>> = {
  '11': 'Office',
  '19': 'Off-campus outpatient hospital',
  '21': 'Inpatient hospital',
  '22': 'On-campus outpatient hospital',
  '24': 'Ambulatory surgical center',
};

/** Share of the volume that the sample's company can win at all. */
export const ADDRESSABLE_SHARE = 0.7;
