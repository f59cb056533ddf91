import { csvRow } from '../core/csv.ts';
import { FileAnswer } from '../http/routes.ts';
import type { AlignmentPorts } from './ports.ts';
import type { StoredAlignment } from './store.ts';
import { territoryRows } from './views.ts';

const nameOf = ({ name, version }: StoredAlignment, ending: string): string => `${name} v${version}${ending}`;

/** Every unit of a plan with its territory, to be read back or by anybody else. */
export function planCsv(plan: StoredAlignment, { geography }: AlignmentPorts): FileAnswer {
  const { ids, names, states, counties } = geography;
  const head = csvRow(['zip', 'town', 'state', 'county', 'territory', 'territory_id', 'region', 'rep']);
  const rows = plan.owners.map((owner, unit) => {
    const territory = plan.territories[owner];
    const where = [ids[unit], names[unit], states[unit], counties[unit]].map((text) => text ?? null);
    return csvRow([
      ...where,
      ...[territory?.name ?? '', territory?.id ?? '', territory?.parentName ?? '', territory?.repName ?? ''],
    ]);
  });
  return new FileAnswer(nameOf(plan, ' ZIPs.csv'), 'text/csv; charset=utf-8', head + rows.join(''));
}

/** Every territory of a plan as a feature: its area, and its figures with their unit in the name (RFC 7946). */
export async function planGeoJson(plan: StoredAlignment, ports: AlignmentPorts): Promise<FileAnswer> {
  const market = await ports.market(plan);
  const shapes = ports.shapes(plan.owners, plan.territories.length);
  const features = territoryRows(plan, market).map((row, index) => {
    const { id, name, parentName, repName, targetShare } = plan.territories[index]!;
    const { units, accounts, potentialUsd, salesUsd, workloadHours, travelHours, utilization } = row;
    return {
      type: 'Feature',
      id,
      geometry: { type: 'MultiPolygon', coordinates: shapes[index] ?? [] },
      properties: {
        ...{ plan: plan.name, version: plan.version, name, region: parentName, rep: repName, targetShare },
        ...{ units, accounts, potentialUsd, salesUsd, workloadHours, travelHours, utilization },
      },
    };
  });
  return collection(nameOf(plan, '.geojson'), features);
}

const collection = (name: string, features: readonly object[]) =>
  new FileAnswer(name, 'application/geo+json', JSON.stringify({ type: 'FeatureCollection', features }));

/** Every unit of a plan as a feature: its area, whose it is, and what it holds; figures that nobody may derive stay guarded. */
export async function unitsGeoJson(plan: StoredAlignment, ports: AlignmentPorts): Promise<FileAnswer> {
  const { inputs } = await ports.market(plan);
  const { ids, names, states, counties } = ports.geography;
  const shapes = ports.shapes(
    ids.map((_, unit) => unit),
    ids.length,
  );
  const features = ids.map((id, unit) => {
    const territory = plan.territories[plan.owners[unit] ?? -1];
    const at = (vector: readonly number[]) => vector[unit] ?? 0;
    return {
      type: 'Feature',
      id,
      geometry: { type: 'MultiPolygon', coordinates: shapes[unit] ?? [] },
      properties: {
        ...{ zip: id, town: names[unit], state: states[unit], county: counties[unit] },
        ...{ territory: territory?.name ?? null, rep: territory?.repName ?? null },
        ...{
          potentialUsd: at(inputs.potentialUsd),
          salesUsd: at(inputs.salesUsd),
          headroomUsd: at(inputs.headroomUsd),
        },
        ...{ procedures: at(inputs.procedures), providers: at(inputs.providers), accounts: at(inputs.accounts) },
        ...{ callHours: at(inputs.callHours), caseHours: at(inputs.caseHours) },
      },
    };
  });
  return collection(nameOf(plan, ' ZIPs.geojson'), features);
}

/** Homes that travel is counted from, as points at ZIP level; territories without a home are left out. */
export function homesGeoJson(plan: StoredAlignment): FileAnswer {
  const features = plan.territories.flatMap(({ id, name, repName, homeZip, home, capacityHours }) =>
    home
      ? [
          {
            type: 'Feature',
            id,
            geometry: { type: 'Point', coordinates: [home.lon, home.lat] },
            properties: { territory: name, rep: repName, homeZip, capacityHours },
          },
        ]
      : [],
  );
  return collection(nameOf(plan, ' homes.geojson'), features);
}
