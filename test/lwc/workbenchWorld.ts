import TerritoryWorkbench from 'c/territoryWorkbench';
import { find, findAll, mount, plan, serve, until, world } from './kit';

/** The workbench over the small world, with a draft open in the design step. */
const summary = (id: string, state: string) => ({
  ...{ id, name: id, teamId: 'team', state, version: 1 },
  updatedAt: '2026-01-01',
});
export const draft = { ...plan, id: 'draft', name: 'Draft', state: 'draft' };
export const inputs = {
  inputs: world.inputs,
  travel: world.travel,
  callPlan: world.callPlan,
  source: { label: 'Claims', period: '2025', formula: 'x' },
  suppressedShare: 0,
  uncertainty: { varianceUsd2: world.owners.map(() => 1e6), unplacedShare: 0 },
};
export const answers = {
  'GET /api/alignments?team': { alignments: [summary('live', 'live'), summary('draft', 'draft')] },
  'GET /api/alignments/draft/inputs': inputs,
  'GET /api/alignments/draft': draft,
  'POST /api/alignments/draft/moves': { version: 2, applied: 1 },
};
export const pane = (element: Element) => find(element, 'c-plan-pane');
export const bars = (element: Element) => pane(element) && find(pane(element), 'c-balance-bars');
export const design = (element: Element) => find(element, 'c-design-step');
export const draw = (element: Element, units: number[], phase = 'end') =>
  find(element, 'c-territory-map').dispatchEvent(new CustomEvent('draw', { detail: { units, phase } }));
export const pickTab = (element: Element, tab: string) =>
  find(find(pane(element), 'c-tab-row'), `[data-tab=${tab}]`).click();
export const unitsOf = (territory: number) =>
  world.owners.flatMap((owner, unit) => (owner === territory ? [unit] : []));

export async function designing(more = {}) {
  const calls = serve({ ...answers, ...more });
  const element = mount('c-territory-workbench', TerritoryWorkbench);
  await until('the bars', () => bars(element) && findAll(bars(element), 'tr[data-index]').length === 4);
  find(find(element, 'c-step-path'), '[data-step=design]').click();
  await until('the tools', () => design(element));
  find(bars(element), 'tr[data-index="1"]').click();
  return { element, calls };
}
