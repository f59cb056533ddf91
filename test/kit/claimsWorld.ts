import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClaims, type Claims, type ClaimsOptions } from '../../service/claims/claims.ts';

/** Three units in two states, one of them with a ZIP that hangs on it. */
export const SMALL_GROUND = {
  ids: ['02115', '02116', '06510'] as never[],
  states: ['MA', 'MA', 'CT'],
  counties: ['25025', '25025', '09009'],
  parents: { '02297': '02115' as never },
  lat: [42.34, 42.35, 41.3],
  lon: [-71.09, -71.07, -72.92],
};

export const VENDOR_HEADER =
  'facility_npi,facility_ccn,facility_name,facility_zip,performing_npi,performing_zip,ordering_npi,ordering_zip,specialty,code,code_name,family,place_of_service,month,claim_count,patient_count,paid';

export interface VendorRow {
  facility?: string;
  ccn?: string;
  facilityZip?: string;
  performing?: string;
  performingZip?: string;
  ordering?: string;
  orderingZip?: string;
  code?: string;
  site?: string;
  month?: string;
  count?: string | number;
  paid?: string | number;
}

/** One line of a vendor file; what is not said is an ordinary value. */
export function vendorLine(row: VendorRow): string {
  const {
    facility = '',
    ccn = '',
    facilityZip = '',
    performing = '2900000011',
    performingZip = '02115',
    ordering = '',
    orderingZip = '',
  } = row;
  const { code = 'BW101', site = '22', month = '2026-03', count = 20, paid = 1000 } = row;
  const name = facility === '' ? '' : `Hospital ${facility}`;
  return [
    facility,
    ccn,
    name,
    facilityZip,
    performing,
    performingZip,
    ordering,
    orderingZip,
    'Surgery',
    code,
    `Name of ${code}`,
    'Family',
    site,
    month,
    count,
    count,
    paid,
  ].join(',');
}

export const vendorText = (...rows: VendorRow[]) => `${VENDOR_HEADER}\n${rows.map(vendorLine).join('\n')}\n`;

/** A claims slice in memory and a folder for its files; close() clears both away. */
export async function claimsWorld(ports: ClaimsOptions['ports'] = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-claims-'));
  const claims: Claims = await createClaims({
    geography: SMALL_GROUND,
    clock: () => new Date('2026-11-01T12:00:00Z'),
    ports,
  });
  return {
    claims,
    folder,
    write: (name: string, text: string | Buffer) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    close: async () => {
      await claims.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
