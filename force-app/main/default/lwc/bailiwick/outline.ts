import formFactor from '@salesforce/client/formFactor';
import { get, ServiceError } from './service';
import { session } from './session';
import type { Plan } from './answers';
import type { BailiwickMap } from '../../../../map/main.ts';
import type { GeographyData, GeographyInfo } from '../../../../map/geographyData.ts';
import type { MapView } from '../../../../map/mapView.ts';
import type { Pocket } from '../../../../map/pockets.ts';
import { texts } from './texts';

/** The map component as its users see it. */
export interface MapElement extends HTMLElement {
  pockets: readonly Pocket[];
  open(serviceUrl: string, info: GeographyInfo): Promise<OpenedMap | null>;
  setDescribe(describe: (unit: number) => unknown): void;
}
export interface OpenedMap {
  map: BailiwickMap;
  data: GeographyData;
  view: MapView;
}

/** Opens the geography of the service on this map. */
export async function openMap(element: MapElement | null): Promise<OpenedMap | null> {
  const [info, { serviceUrl }] = await Promise.all([get<GeographyInfo>('/geography'), session()]);
  return (await element?.open(serviceUrl, info)) ?? null;
}

/** One territory outlined and named, its neighbours quiet, as far as this user may see them; `inSight` units are shown too. */
export async function outline(
  { map, data, view }: OpenedMap,
  {
    alignmentId,
    index,
    name,
    units,
    inSight = [],
  }: { alignmentId: string; index: number; name: string; units: number[]; inSight?: number[] },
): Promise<(unit: number) => { title: string; lines: string[] }> {
  letPageScroll(view);
  const plan = await planOrOwn(alignmentId, { index, units, all: data.units.ids.length });
  const count = plan.territories.length;
  const touching = map.core.touchingTerritories(plan.owners, count, data.units.neighbors);
  const colors = map.core.territoryColors(touching);
  const vacant = plan.territories.flatMap((territory, i) => (territory?.vacant ? [i] : []));
  // a territory of somebody else is not in the reader's plan: its place comes with its name
  const owners = plan.owners.slice();
  for (const unit of units) owners[unit] = index;
  view.setPaint({ colorBy: 'territory', owners, colors, vacant, focus: index, ...('id' in plan ? { plan } : {}) });
  const others = map.core.unitsByTerritory(plan.owners, count);
  const around = new Set(touching[index] ?? []);
  const names = plan.territories.flatMap((territory, i) =>
    territory && around.has(i) ? [{ text: territory.name, units: others[i] ?? [] }] : [],
  );
  view.setNames([{ text: name, units, focus: true }, ...names]);
  view.fitUnits([...units, ...inSight]);
  return (unit) => {
    const territory = plan.territories[plan.owners[unit] ?? -1];
    const isIts = owners[unit] === index;
    const owner =
      isIts && !territory
        ? name
        : territory
          ? `${territory.name} · ${territory.repName ?? texts.noRep}`
          : texts.notYourTerritory;
    return { title: `${data.units.ids[unit]} ${data.units.names[unit]}, ${data.units.states[unit]}`, lines: [owner] };
  };
}

/** What of a plan the outline needs. */
type PlanAround = Plan | Pick<Plan, 'territories' | 'owners'>;

/** The plan as far as this user may see it; where she may not see it at all, or it cannot be counted yet, its one territory. */
async function planOrOwn(
  alignmentId: string,
  { index, units, all }: { index: number; units: readonly number[]; all: number },
): Promise<PlanAround> {
  try {
    return await get<Plan>(`/alignments/${alignmentId}`);
  } catch (error) {
    if (!(error instanceof ServiceError) || !UNSEEN.includes(error.status)) throw error;
    const owners = new Array<number>(all).fill(NOT_SHOWN);
    for (const unit of units) owners[unit] = index;
    return { owners, territories: new Array<null>(index + 1).fill(null) };
  }
}
/** Not this user's to see, or nothing to count yet. */
const UNSEEN = [404, 503];
/** As the service marks units whose owner the reader may not know. */
const NOT_SHOWN = -2;

/** A map within a page must not catch the wheel or the finger that scrolls the page; buttons and two fingers zoom. */
function letPageScroll({ leaflet }: MapView): void {
  leaflet.scrollWheelZoom.disable();
  if (formFactor === 'Small') leaflet.dragging.disable();
}
