import type { HeldRow, PaneView, TerritoryRow, UnitRow } from 'c/bailiwick';
import type { Bars, PlanBoard } from './planBoard';
import type { WorkingPlan } from './workingPlan';
import { texts } from './texts';

export type PaneTab = 'bars' | 'hours' | 'table' | 'units' | 'scatter' | 'accounts';
/** Wide tables lie below the map; bars and scatter beside it. */
export const isLow = (tab: PaneTab): boolean => tab === 'table' || tab === 'units' || tab === 'accounts';

/** Rows for the pane beside the map, always of the plan that is on it. */
export function paneView(board: PlanBoard, bars: Bars, { unit, tab }: { unit: number | null; tab: PaneTab }): PaneView {
  const { shown, geography, selected } = board;
  const none = {
    rows: [],
    units: [],
    held: [],
    choices: [],
    planId: '',
    planName: '',
    canEdit: false,
    unit: null,
    version: 0,
  };
  if (!shown) return none;
  const { ids, names, states } = geography.units;
  const place = unit === null ? null : { unit, zip: ids[unit] ?? '', name: `${names[unit]}, ${states[unit]}` };
  return {
    rows: territoryRows(board, bars),
    units: tab === 'units' && selected !== null ? unitRows(board, shown, selected) : [],
    held: tab === 'accounts' ? heldRows(board, shown) : [],
    choices: board.choices(bars).map(({ label, value }) => ({ label, value })),
    planId: shown.plan.id,
    version: shown.plan.version,
    planName: shown.plan.name,
    canEdit: mayEdit(board) && shown.plan.canEdit,
    unit: place && { ...place, version: shown.plan.version },
  };
}

const mayEdit = ({ step, proposal, draft }: PlanBoard): boolean =>
  step === 'design' && proposal === null && draft !== null;

export function territoryRows(board: PlanBoard, bars: Bars): TerritoryRow[] {
  const { shown } = board;
  return shown ? bars.map((bar) => territoryRow(bar, shown, mayEdit(board))) : [];
}

function territoryRow(bar: Bars[number], { plan }: WorkingPlan, canEdit: boolean): TerritoryRow {
  const territory = plan.territories[bar.index];
  const { index, name, units, accounts, potentialUsd, salesUsd, workloadHours, travelHours } = bar;
  const { utilization, workloadDeviation, potentialDeviation } = bar;
  return {
    ...{ index, name, units, accounts, potentialUsd, salesUsd, workloadHours, travelHours },
    ...{ utilization, workloadDeviation, potentialDeviation },
    region: territory?.parentName ?? '',
    rep: territory?.repName ?? '',
    repId: territory?.repId ?? null,
    targetShare: territory?.targetShare ?? 1,
    isLocked: plan.lockedTerritories.includes(index),
    canEdit: canEdit && (territory?.canEdit ?? false),
  };
}

function unitRows({ geography, owners }: PlanBoard, { plan, inputs }: WorkingPlan, territory: number): UnitRow[] {
  const { ids, names, states, counties } = geography.units;
  const { accounts, providers, potentialUsd, callHours, caseHours } = inputs.inputs;
  const locked = new Set(plan.lockedUnits);
  return owners.flatMap((owner, unit) => {
    if (owner !== territory) return [];
    return [
      {
        unit,
        zip: ids[unit] ?? '',
        name: `${names[unit]}, ${states[unit]}`,
        county: counties[unit] ?? '',
        accounts: accounts[unit] ?? 0,
        providers: providers[unit] ?? 0,
        potentialUsd: potentialUsd[unit] ?? 0,
        hours: (callHours[unit] ?? 0) + (caseHours[unit] ?? 0),
        isLocked: locked.has(unit),
      },
    ];
  });
}

/** Accounts held by name, with where their ZIP is in the plan on the map. */
export function heldRows({ geography, owners }: PlanBoard, { plan }: WorkingPlan): HeldRow[] {
  const name = (index: number) => plan.territories[index]?.name ?? texts.nobody;
  return plan.overrides.map(({ accountId, accountName, unit, territory }) => ({
    accountId,
    accountName: accountName ?? texts.anAccountThatIsNotSharedWithYou,
    zip: geography.units.ids[unit] ?? texts.noPlace,
    zipTerritory: name(owners[unit] ?? -1),
    territory: name(territory),
  }));
}
