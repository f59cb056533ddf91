import { BailiwickError } from '../core/errors.ts';
import type { TerritoryId } from '../core/ids.ts';
import { PLANNED_ID } from '../core/replan.ts';
import type { RowOutcome } from '../org/writes.ts';
import { crmState } from './crmState.ts';
import { settle, type JournalRow, type Settled } from './journalStore.ts';
import { effectsOf, ledgerEffects, type Effects } from './recheck.ts';
import { effectContext, type Run } from './runContext.ts';
import { territoryMade } from './structureStore.ts';

/** The reply was lost for good: what became of these rows is looked up before anything else is done with them. */
export async function settleLost({ deps }: Run, rows: readonly JournalRow[], error: unknown): Promise<void> {
  const { code, message } = error instanceof BailiwickError ? error : { code: 'internal', message: String(error) };
  const advice = 'Go on: what became of it is looked up first.';
  const unknown = rows.map(({ id }): Settled => ({ id, outcome: 'unknown', code, message, advice }));
  await settle(deps.store, unknown, { at: deps.now() });
}

/** Notes what became of rows, and what that means for the ledger. */
export async function settleOutcomes(
  run: Run,
  rows: readonly JournalRow[],
  outcomes: readonly RowOutcome[],
): Promise<void> {
  const { deps } = run;
  const effects: Effects = { settled: [], made: [], removed: [] };
  const met: JournalRow[] = [];
  rows.forEach((row, k) => {
    const outcome = outcomes[k];
    if (!outcome) return;
    if (!outcome.ok) {
      const { code, message, action: advice } = outcome;
      effects.settled.push({ id: row.id, outcome: 'failed', code, message, advice });
    } else if (outcome.already && row.action.startsWith('add')) met.push(row);
    else {
      effects.settled.push({ id: row.id, outcome: 'written', ...(outcome.id ? { recordId: outcome.id } : {}) });
      const { made, removed } = ledgerEffects(row, outcome.id, effectContext(run));
      effects.made.push(...made);
      effects.removed.push(...removed);
    }
  });
  // a repeat after a lost reply meets its own row: then it is ours, otherwise somebody was faster
  const lookedUp = met.length ? effectsOf(met, await crmState(deps, met), effectContext(run)) : null;
  await settle(deps.store, [...effects.settled, ...(lookedUp?.settled ?? [])], {
    at: deps.now(),
    made: [...effects.made, ...(lookedUp?.made ?? [])],
    removed: effects.removed,
  });
  await settleVanished(run, met, lookedUp);
  await noteTerritories(run, rows, outcomes);
}

/** Said to be there already and yet not found: somebody removed it in between. */
async function settleVanished({ deps }: Run, met: readonly JournalRow[], lookedUp: Effects | null): Promise<void> {
  const found = new Set(lookedUp?.settled.map(({ id }) => id));
  const gone = met.filter(({ id }) => !found.has(id));
  const advice = 'Go on: it is tried once more.';
  const message = 'Salesforce said that it was there already, but it is not.';
  const settled = gone.map(({ id }): Settled => ({ id, outcome: 'failed', code: 'DUPLICATE_VALUE', message, advice }));
  await settle(deps.store, settled, { at: deps.now() });
}

/** A territory that a plan only foresaw has an id now, or has none again: the journal and the plan go on with that. */
async function noteTerritories({ deps, publish }: Run, rows: readonly JournalRow[], outcomes: readonly RowOutcome[]) {
  const rename = (from: string, to: string) =>
    deps.ports.renameTerritoryId(publish.alignmentId, from as TerritoryId, to as TerritoryId);
  for (const [k, row] of rows.entries()) {
    const outcome = outcomes[k];
    const at = row.territoryId ?? '';
    if (!outcome?.ok) continue;
    if (row.action === 'removeTerritory' && row.details?.from) await rename(at, row.details.from);
    if (row.action !== 'createTerritory' || outcome.id === null || !PLANNED_ID.test(at)) continue;
    await rename(at, outcome.id);
    await territoryMade(deps.store, publish.id, { plannedId: at, id: outcome.id });
  }
}
