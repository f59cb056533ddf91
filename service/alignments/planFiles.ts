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
  const text = JSON.stringify({ type: 'FeatureCollection', features });
  return new FileAnswer(nameOf(plan, '.geojson'), 'application/geo+json', text);
}
