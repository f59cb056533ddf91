import { filled, post } from 'c/bailiwick';
import type { Plan, PlanTerritory } from 'c/bailiwick';
import type { DeskAction } from './deskView';
import { texts } from './texts';

/** Edits that the service makes at once: they move no unit. */
export type Asked = Extract<DeskAction, { do: 'lock' | 'hold' | 'territory' }>;

/** Changes start from what the plan holds at this moment, so that a second try is right too. */
export async function send(plan: Plan, action: Asked, zips: readonly string[]): Promise<void> {
  const { id, version, territories } = plan;
  if (action.do === 'hold') {
    const to = action.to === null ? null : (territories[action.to]?.id ?? null);
    const overrides = [{ accountId: action.accountId, to }];
    await post(`/alignments/${id}/moves`, { version, moves: [], overrides });
  } else if (action.do === 'lock') {
    const lockedUnits = toggled(plan.lockedUnits, action.units, action.isOn).map((unit) => zips[unit]);
    const closed = toggled(plan.lockedTerritories, action.territories, action.isOn);
    const lockedTerritories = closed.map((index) => territories[index]?.id ?? '');
    await post(`/alignments/${id}/locks`, { version, lockedUnits, lockedTerritories });
  } else {
    const was = territories[action.index];
    const change = was && { id: was.id, ...changesOf(was, action) };
    if (change && Object.keys(change).length > 1)
      await post(`/alignments/${id}/territories`, { version, changes: [change] });
  }
}

/** Each field that differs, with the value that it was changed from. */
function changesOf(was: PlanTerritory, { name, repId, targetShare }: Extract<Asked, { do: 'territory' }>) {
  return {
    ...(name !== undefined && name !== was.name ? { name: { from: was.name, to: name } } : {}),
    ...(repId !== undefined && repId !== was.repId ? { repId: { from: was.repId, to: repId } } : {}),
    ...(targetShare !== undefined && targetShare !== was.targetShare
      ? { targetShare: { from: was.targetShare, to: targetShare } }
      : {}),
  };
}

function toggled(list: readonly number[], some: readonly number[] = [], isOn: boolean): number[] {
  const changed = new Set(some);
  return [...list.filter((one) => !changed.has(one)), ...(isOn ? some : [])];
}

export function holdText(
  { accountName, to }: { accountName: string; to: number | null },
  { territories }: Plan,
): string {
  return to === null
    ? filled(texts.followsItsZipAgain, accountName)
    : filled(texts.isHeldInWhateverItsZipDoes, accountName, territories[to]?.name ?? texts.noTerritory);
}
