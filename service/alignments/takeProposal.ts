import { difference, type Territory } from '../core/alignment.ts';
import { BailiwickError } from '../core/errors.ts';
import type { RequestUser } from '../http/identity.ts';
import { adopt } from './adopt.ts';
import type { AlignmentDeps, Alignments } from './alignments.ts';
import { proposalBody } from './proposalSchemas.ts';
import type { Proposal, StoredAlignment } from './store.ts';
import type { StoredResult } from './storedResult.ts';

/** A computed plan as it is written into a draft. */
interface Taken {
  readonly version: number;
  readonly owners: readonly number[];
  readonly added: readonly Territory[];
  /** Territories that are seated elsewhere. */
  readonly moved: NonNullable<StoredResult['moved']>;
  readonly note: string;
}

/** The plan of a finished computation that was chosen. @throws BailiwickError not_ready, bad_request */
export function chosen(proposal: Proposal, plan: number): Omit<Taken, 'version'> {
  const result = proposal.result as StoredResult | null;
  if (!result)
    throw new BailiwickError('not_ready', 'This proposal has no plan yet.', { action: 'Wait until it is done.' });
  const owners = result.choices ? result.choices[plan] : result.owners;
  if (!owners)
    throw new BailiwickError('bad_request', `There is no plan number ${plan} to choose.`, {
      action: 'Choose one of the plans shown.',
    });
  const { preset, task } = proposalBody.parse(proposal.request);
  const note = `Accepted a computed plan (${task.kind === 'balance' ? preset : task.kind}).`;
  return { owners, added: result.added ?? [], moved: result.moved ?? [], note };
}

/** Writes it into a draft as one edit: with new territories as a whole, else as moves that merge with others. */
export function take(
  deps: AlignmentDeps & { alignments: Alignments },
  user: RequestUser,
  draft: StoredAlignment,
  { version, owners, added, moved, note }: Taken,
): Promise<{ version: number; applied: number }> {
  if (added.length + moved.length > 0) return adopt(deps, user, draft.id, { version, owners, added, moved, note });
  const zip = (unit: number) => deps.ports.geography.ids[unit]!;
  const crmId = (index: number) => draft.territories[index]?.id ?? null;
  return deps.alignments.move(user, draft.id, {
    version,
    moves: difference(draft.owners, owners).map(({ unit, from, to }) => ({
      unit: zip(unit),
      from: crmId(from),
      to: crmId(to),
    })),
    overrides: [],
    note,
  });
}
