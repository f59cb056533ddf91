import { ADDRESSABLE_SHARE, CODES, SPECIALTIES } from './procedures.ts';

/** The market that the sample is calibrated for, as the claims slice takes it. */
export function sampleMarket() {
  return {
    name: 'Joint, spine and nerve implants',
    preset: 'medtech' as const,
    specialties: SPECIALTIES.map(({ name }) => name),
    codes: CODES.map(({ code, name, family, rule, valueUsd }) => ({ code, name, family, rule, valueUsd })),
    sites: ['11', '19', '21', '22', '24'],
    role: 'facility' as const,
    addressableShare: ADDRESSABLE_SHARE,
  };
}
