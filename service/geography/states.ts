import { BailiwickError } from '../core/errors.ts';

/** State codes and their FIPS numbers: the 50 states and DC. */
const FIPS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'AL01 AK02 AZ04 AR05 CA06 CO08 CT09 DE10 DC11 FL12 GA13 HI15 ID16 IL17 IN18 IA19 KS20 KY21 LA22 ME23 MD24 MA25 MI26 MN27 MS28 MO29 MT30 ' +
    'NE31 NV32 NH33 NJ34 NM35 NY36 NC37 ND38 OH39 OK40 OR41 PA42 RI44 SC45 SD46 TN47 TX48 UT49 VT50 VA51 WA53 WV54 WI55 WY56'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), entry.slice(2)]),
);

/** The sample's market. */
export const NORTHEAST = ['CT', 'DC', 'DE', 'MA', 'MD', 'ME', 'NH', 'NJ', 'NY', 'PA', 'RI', 'VT'] as const;

/** @throws BailiwickError geography_unknown for anything but the 50 states and DC */
export function fipsOf(state: string): string {
  const fips = FIPS[state];
  if (fips) return fips;
  throw new BailiwickError('geography_unknown', `There is no state "${state}" in the shapes at hand.`, {
    action: 'Use two-letter codes of the 50 states and DC.',
  });
}

export const STATE_CODES: readonly string[] = Object.keys(FIPS);

const BY_FIPS = new Map(Object.entries(FIPS).map(([state, fips]) => [fips, state]));

/** State code of a two-digit FIPS number; undefined for territories. */
export function stateOf(fips: string): string | undefined {
  return BY_FIPS.get(fips);
}
