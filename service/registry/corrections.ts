import { correctedVolumes, type Correction, type CorrectionEffect } from '../core/corrections.ts';
import { BailiwickError } from '../core/errors.ts';
import type { Volume } from '../core/unitInputs.ts';
import type { RequestUser } from '../http/identity.ts';
import type { DuckDb } from '../store/duckDb.ts';
import type { Store } from '../store/store.ts';
import { keysOf, requireRecord } from './lookup.ts';
import { namesOf } from './specialties.ts';
import { endCorrection, insertCorrection, listCorrections, type StoredCorrection } from './store.ts';

/** A correction as every report lists it. */
export interface ListedCorrection {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly zip: string | null;
  readonly kind: 'volume' | 'access';
  readonly factor: number;
  readonly reason: string;
  readonly byName: string;
  readonly at: string;
  /** Null while it is in force. */
  readonly endedAt: string | null;
  readonly endedByName: string | null;
  readonly endedReason: string | null;
  /** What it changes under today's market; null for an ended one. */
  readonly effect: CorrectionEffect | null;
}

export interface CorrectionRequest {
  readonly kind: 'volume' | 'access';
  readonly factor: number;
  readonly reason: string;
}

/** Volumes after the corrections in force, and what each of them changed. */
export interface Corrected {
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly effects: readonly CorrectionEffect[];
}

interface CorrectionDeps {
  readonly db: DuckDb;
  readonly store: Store;
  readonly clock: () => Date;
  volumes(): Promise<ReadonlyMap<string, Volume>>;
}

export function createCorrections({ db, store, clock, volumes }: CorrectionDeps) {
  /** Those in force, oldest first, with every key of their records. */
  async function inForce(): Promise<Correction[]> {
    const open = (await listCorrections(store)).filter(({ endedAt }) => endedAt === null).reverse();
    return Promise.all(open.map((correction) => asCorrection(db, correction)));
  }

  async function apply(given: ReadonlyMap<string, Volume>): Promise<Corrected> {
    return correctedVolumes(given, await inForce());
  }

  async function list(): Promise<ListedCorrection[]> {
    const rows = await listCorrections(store);
    if (rows.length === 0) return [];
    const names = await namesOf(
      db,
      rows.map(({ registryKey }) => registryKey),
    );
    const { effects } = await apply(await volumes());
    const byId = new Map(effects.map((effect) => [effect.id, effect]));
    return rows.map((row) => listed(row, names.get(row.registryKey), byId.get(row.id) ?? null));
  }

  async function one(id: string): Promise<ListedCorrection> {
    const found = (await list()).find((correction) => correction.id === id);
    if (!found) throw noCorrection();
    return found;
  }

  return {
    list,
    apply,
    /** @throws BailiwickError not_found for a key that no active source knows, bad_request for an impossible factor */
    async add(user: RequestUser, key: string, { kind, factor, reason }: CorrectionRequest): Promise<ListedCorrection> {
      if (kind === 'access' && factor > 1) {
        throw new BailiwickError('bad_request', `Access of ${factor} is more than all of it.`, {
          action: 'Give a share from 0 (no access) to 1, or correct the volume.',
        });
      }
      const record = await requireRecord(db, key);
      const who = { byId: user.userId, byName: user.name, at: clock() };
      const { id } = await insertCorrection(store, { registryKey: record.key, kind, factor, reason, ...who });
      return one(id);
    },
    /** @throws BailiwickError not_found where there is none in force with this id */
    async end(user: RequestUser, id: string, reason: string | null): Promise<ListedCorrection> {
      const ended = await endCorrection(store, id, { at: clock(), byId: user.userId, byName: user.name, reason });
      if (!ended) throw noCorrection();
      return one(id);
    },
    /** Changes whenever what is in force does. */
    async revision(): Promise<string> {
      const open = (await listCorrections(store)).filter(({ endedAt }) => endedAt === null);
      return open.map(({ id }) => id).join();
    },
  };
}

export type Corrections = ReturnType<typeof createCorrections>;

/** A record that no active source lists any more is still known to claims by the key it had. */
async function asCorrection(db: DuckDb, { id, registryKey, kind, factor }: StoredCorrection): Promise<Correction> {
  const keys = await keysOf(db, registryKey);
  return { id, keys: keys.length > 0 ? keys : [registryKey], kind, factor };
}

function listed(
  row: StoredCorrection,
  named: { name: string; zip: string | null } | undefined,
  effect: CorrectionEffect | null,
): ListedCorrection {
  const { id, kind, factor, reason, byName, endedByName, endedReason } = row;
  return {
    id,
    key: row.registryKey,
    name: named?.name ?? '',
    zip: named?.zip ?? null,
    kind,
    factor,
    reason,
    byName,
    at: row.at.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    endedByName,
    endedReason,
    effect,
  };
}

export function noCorrection(): BailiwickError {
  return new BailiwickError('not_found', 'There is no such correction in force.', {
    action: 'Choose one of the list of corrections.',
  });
}
