import { BailiwickError } from '../core/errors.ts';
import type { Db, Store } from '../store/store.ts';
import { isHeld, missing } from './editRules.ts';
import type { AlignmentPorts, StateStep } from './ports.ts';
import * as db from './store.ts';

interface Deps {
  readonly store: Store;
  readonly ports: Pick<AlignmentPorts, 'recorded'>;
  readonly now: () => Date;
}

/** A plan under its lock, as those see it who lead it through its life. */
export interface PlanHead extends Pick<
  db.StoredAlignment,
  'id' | 'teamId' | 'name' | 'state' | 'stage' | 'version' | 'isFrozen' | 'createdById' | 'createdBy'
> {
  /** Who made the newest change; null where nobody changed anything. */
  readonly lastEditById: string | null;
}

/** How far a draft has come, changed under its lock so that a step and an edit, or two steps, follow each other. */
export function createHolding({ store, ports, now }: Deps) {
  /** The plan, locked until the transaction ends. @throws BailiwickError not_found */
  async function locked(tx: Db, id: string): Promise<PlanHead> {
    const plan = await db.lockAlignment(tx, id);
    if (!plan) throw missing();
    return { ...plan, lastEditById: await db.lastEditor(tx, id) };
  }

  async function setStage(tx: Db, id: string, stage: db.PlanStage): Promise<void> {
    await db.updateAlignment(tx, id, { stage });
  }

  /** A draft that nobody will go on with. */
  async function drop(tx: Db, plan: StateStep['plan'], step: Pick<StateStep, 'note' | 'by'>): Promise<void> {
    await db.updateAlignment(tx, plan.id, { state: 'archived', stage: 'draft', updatedAt: now() });
    await ports.recorded(tx, { plan, what: 'dropped', ...step });
  }

  /**
   * Takes a plan for writing it to the CRM: nobody changes it, and nobody takes its approval back, from here on.
   * @throws BailiwickError alignment_stale where it has changed since it was looked at, and whatever `mayBegin` refuses
   */
  async function claim(
    tx: Db,
    id: string,
    how: { version: number; isWhole: boolean; mayBegin: (plan: PlanHead) => Promise<void> },
  ): Promise<void> {
    const plan = await locked(tx, id);
    if (plan.version !== how.version)
      throw new BailiwickError('alignment_stale', `"${plan.name}" has changed since the preview was made.`, {
        action: 'Look at the new preview, then publish.',
      });
    await how.mayBegin(plan);
    if (how.isWhole) await db.updateAlignment(tx, id, { isFrozen: true });
  }

  return {
    locked,
    setStage,
    drop,
    claim,
    isHeld,
    head: (id: string) => store.transaction((tx) => locked(tx, id)),
  };
}
