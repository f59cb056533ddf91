import type { AccountPorts, Reassignment } from './accounts/ports.ts';
import type { Alignments } from './alignments/alignments.ts';
import type { StoredAlignment } from './alignments/store.ts';
import { reasonNote } from './core/reasonNote.ts';
import type { RequestUser } from './http/identity.ts';
import type { Sync } from './sync/sync.ts';

interface ReassignDeps {
  readonly alignments: Alignments;
  readonly sync: Sync;
}

/** An account moved from its page: a draft from the live plan, the edit, and a publish of just these accounts. */
export function reassignNow({ alignments, sync }: ReassignDeps): AccountPorts['reassign'] {
  return async (user, change) => {
    const draft = await alignments.create(user, { teamId: change.teamId, name: change.name, from: change.alignmentId });
    try {
      return await publishChange({ alignments, sync }, { user, draft, change });
    } catch (error) {
      await alignments.discard(draft.id);
      throw error;
    }
  };
}

interface Change {
  readonly user: RequestUser;
  readonly draft: StoredAlignment;
  readonly change: Reassignment;
}

async function publishChange({ alignments, sync }: ReassignDeps, { user, draft, change }: Change) {
  const ownerOf = (unit: number) => draft.territories[draft.owners[unit] ?? -1]?.id ?? null;
  const { version } = await alignments.move(user, draft.id, {
    version: draft.version,
    moves: change.zips.map((unit) => ({ unit, from: ownerOf(alignments.unitOf(unit)), to: change.to })),
    overrides: change.overrides.map((accountId) => ({ accountId, to: change.to })),
    note: change.reason === null ? change.name : reasonNote(change.reason),
  });
  const accountIds = [...change.accountIds];
  const request = { alignmentId: draft.id, version, owners: true, ...change.deals, accountIds };
  const { previewHash } = await sync.preview(user, request);
  const { id } = await sync.publish(user, { ...request, previewHash }, { onTopOf: change.alignmentId });
  return { alignmentId: draft.id, version, publishId: id };
}
