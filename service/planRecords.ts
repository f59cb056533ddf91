import type { AlignmentPorts } from './alignments/ports.ts';
import { revokeApprovals } from './planning/lifeStore.ts';
import { addToPlanLog } from './planning/logStore.ts';

/** States that plans come into by being published or carried over, in the log of plans. */
export const recordedAt =
  (now: () => Date): AlignmentPorts['recorded'] =>
  async (tx, { plan, what, note, by }) => {
    // what was approved is over: whoever wants it once more approves it once more
    if (what === 'takenBack' || what === 'dropped') await revokeApprovals(tx, plan.id, now());
    await addToPlanLog(tx, {
      at: now(),
      ...{ teamId: plan.teamId, alignmentId: plan.id, planName: plan.name, version: plan.version, what, note },
      ...{ byId: by.id, byName: by.name },
    });
  };
