import type { AlignmentPorts } from './alignments/ports.ts';
import { addToPlanLog } from './planning/logStore.ts';

/** States that plans come into by being published or carried over, in the log of plans. */
export const recordedAt =
  (now: () => Date): AlignmentPorts['recorded'] =>
  (tx, { plan, what, note, by }) =>
    addToPlanLog(tx, {
      at: now(),
      ...{ teamId: plan.teamId, alignmentId: plan.id, planName: plan.name, version: plan.version, what, note },
      ...{ byId: by.id, byName: by.name },
    });
