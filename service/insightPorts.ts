import { BailiwickError } from './core/errors.ts';
import { DEMAND_ROLES } from './claims/demandRows.ts';
import { providerRows } from './claims/providerRows.ts';
import { withClaims } from './claims/store.ts';
import { createGeography } from './geography/geography.ts';
import type { InsightPorts } from './insights/field.ts';

/** Claims and geography of a data directory for the insights. */
export const insightPorts: InsightPorts = {
  providers: (dataDir, { value, role: named, import: snapshot, ...lists }) => {
    const role = DEMAND_ROLES.find((known) => known === named);
    if (named !== undefined && role === undefined)
      throw new BailiwickError('bad_request', `--role ${named} is no role.`, {
        action: `Give one of ${DEMAND_ROLES.join(', ')}.`,
      });
    const valueUsd = value === undefined ? null : Number(value);
    if (valueUsd !== null && !(valueUsd >= 0))
      throw new BailiwickError('bad_request', `--value ${value} is no amount of dollars.`, {
        action: 'Give a number such as 1200.',
      });
    return withClaims(dataDir, (db) => providerRows(db, { ...lists, valueUsd, snapshotId: snapshot ?? null, role }));
  },
  geography: (dataDir) => createGeography({ dataDir }).geography,
};
