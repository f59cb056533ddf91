import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { FieldRep, FieldState } from '../core/fieldState.ts';
import type { WorkAccount } from '../core/unitInputs.ts';

const [zipped, unzipped] = [promisify(gzip), promisify(gunzip)];

/** A state with the territories that its owners count. */
export interface PlanState {
  /** Ids of territories, in the order of the plan. */
  readonly territories: readonly string[];
  readonly names: readonly string[];
  readonly state: FieldState;
}

/** As text that can be stored: short, because a country has hundreds of thousands of accounts. */
export async function packed({ territories, names, state }: PlanState): Promise<{ text: string; contentHash: string }> {
  const { demand, accounts, reps, parameters } = state;
  const json = JSON.stringify({
    territories,
    names,
    volumes: [...demand.volumes].map(([key, { procedures, opportunityUsd, involvedProcedures }]) => [
      ...[key, procedures, opportunityUsd, involvedProcedures],
    ]),
    byUnit: demand.byUnit,
    accounts: accounts.map(({ id, kind, unit, keys, address, salesUsd }) => [id, kind, unit, keys, address, salesUsd]),
    reps,
    parameters,
  });
  const contentHash = createHash('sha256').update(json).digest('hex');
  return { text: (await zipped(json)).toString('base64'), contentHash };
}

interface Packed extends Pick<PlanState, 'territories' | 'names'> {
  readonly volumes: readonly (readonly [string, number, number, number])[];
  readonly byUnit: FieldState['demand']['byUnit'];
  readonly accounts: readonly (readonly [string, WorkAccount['kind'], number, string[], string, number])[];
  readonly reps: FieldState['reps'];
  readonly parameters: FieldState['parameters'];
}

export async function unpacked(text: string): Promise<PlanState> {
  const found = JSON.parse((await unzipped(Buffer.from(text, 'base64'))).toString('utf8')) as Packed;
  return {
    territories: found.territories,
    names: found.names,
    state: {
      demand: {
        volumes: new Map(
          found.volumes.map(([key, procedures, opportunityUsd, involvedProcedures]) => [
            key,
            { procedures, opportunityUsd, involvedProcedures },
          ]),
        ),
        byUnit: found.byUnit,
      },
      accounts: found.accounts.map(([id, kind, unit, keys, address, salesUsd]) => ({
        ...{ id, kind, unit, keys, address, salesUsd },
      })),
      reps: found.reps,
      parameters: found.parameters,
    },
  };
}

/** Both on the same territories: one that a side does not have has no seat and no units there. */
export function aligned(before: PlanState, after: PlanState) {
  const territories = [...new Set([...after.territories, ...before.territories])];
  const index = new Map(territories.map((id, j) => [id, j]));
  const moved = ({ territories: own, state }: PlanState): FieldState => {
    const at = (j: number) => (j < 0 ? j : index.get(own[j]!)!);
    const known = new Set(own);
    const without: FieldRep[] = territories
      .filter((id) => !known.has(id))
      .map((territory) => ({ territory, home: null, fte: 0, targetShare: 0 }));
    return {
      ...state,
      reps: {
        list: [...state.reps.list, ...without],
        owners: state.reps.owners.map(at),
        held: (state.reps.held ?? []).map(({ accountId, territory }) => ({ accountId, territory: at(territory) })),
      },
    };
  };
  const nameOf = new Map([before, after].flatMap(({ territories: own, names }) => own.map((id, j) => [id, names[j]!])));
  return {
    territories,
    names: territories.map((id) => nameOf.get(id)!),
    states: [moved(before), moved(after)] as const,
  };
}
