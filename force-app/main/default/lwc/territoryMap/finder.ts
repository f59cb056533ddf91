import { filled, get } from 'c/bailiwick';
import type { GeographyData, MapPlace, PaintedPlan } from 'c/bailiwick';
import { texts } from './texts';

const MOST_OF_A_KIND = 5;
/** One letter finds everything. */
const LEAST_LETTERS = 2;

interface FoundAccount {
  id: string;
  name: string;
  city: string | null;
  zip: string | null;
  unit: number;
  territoryName: string | null;
}

/** ZIPs, counties, cities and reps that are on the map, and accounts that the service lets this user see. */
export async function findPlaces(
  text: string,
  { units }: GeographyData,
  { plan, owners }: { plan?: PaintedPlan | undefined; owners: readonly number[] },
): Promise<MapPlace[]> {
  const wanted = text.trim().toLowerCase();
  if (wanted.length < LEAST_LETTERS) return [];
  const local = [...zips(wanted, units), ...cities(wanted, units), ...counties(wanted, units)];
  const reps = plan ? repsOf(wanted, plan, owners) : [];
  if (/^\d+$/.test(wanted)) return [...local, ...reps];
  const { accounts } = await get<{ accounts: FoundAccount[] }>(`/accounts?q=${encodeURIComponent(wanted)}&limit=8`);
  const placed = accounts.filter(({ unit }) => unit >= 0).map(accountPlace);
  // who types a whole name means that place
  const isExact = ({ label }: MapPlace) => label.split(/ County,|,/)[0]?.toLowerCase() === wanted;
  return [...local.filter(isExact), ...reps, ...local.filter((place) => !isExact(place)), ...placed];
}

function accountPlace({ id, name, city, zip, unit, territoryName }: FoundAccount): MapPlace {
  const note = [city, zip, territoryName].filter(Boolean).join(' · ');
  return { key: `account-${id}`, kind: 'Account', label: name, note, units: [unit] };
}

function zips(wanted: string, { ids, names, states, parents = {} }: GeographyData['units']): MapPlace[] {
  if (!/^\d{2,5}$/.test(wanted)) return [];
  const own = ids.flatMap((id, unit): MapPlace[] =>
    id.startsWith(wanted) ? [zipPlace(id, unit, `${names[unit]}, ${states[unit]}`)] : [],
  );
  const hanging = Object.entries(parents).flatMap(([zip, parent]) => {
    const unit = zip.startsWith(wanted) ? ids.indexOf(parent) : -1;
    return unit < 0 ? [] : [zipPlace(zip, unit, filled(texts.belongsTo, parent, names[unit]))];
  });
  return [...own, ...hanging].slice(0, MOST_OF_A_KIND);
}

const zipPlace = (zip: string, unit: number, note: string): MapPlace => ({
  key: `zip-${zip}`,
  kind: 'ZIP',
  label: zip,
  note,
  units: [unit],
});

function cities(wanted: string, { names, states }: GeographyData['units']): MapPlace[] {
  const found = new Map<string, number[]>();
  names.forEach((name, unit) => {
    if (!name.toLowerCase().startsWith(wanted)) return;
    const label = `${name}, ${states[unit]}`;
    const units = found.get(label);
    if (units) units.push(unit);
    else found.set(label, [unit]);
  });
  return biggest(found).map(([label, units]) => ({
    key: `city-${label}`,
    kind: 'City',
    label,
    note: ofZips(units),
    units,
  }));
}

function counties(wanted: string, { counties: codes, countyNames = {}, states }: GeographyData['units']): MapPlace[] {
  const named = new Set(
    Object.entries(countyNames).flatMap(([code, name]) => (name.toLowerCase().startsWith(wanted) ? [code] : [])),
  );
  if (named.size === 0) return [];
  const found = new Map<string, number[]>();
  codes.forEach((code, unit) => {
    if (!named.has(code)) return;
    const label = filled(texts.county, countyNames[code], states[unit]);
    const units = found.get(label);
    if (units) units.push(unit);
    else found.set(label, [unit]);
  });
  return biggest(found).map(([label, units]) => ({
    key: `county-${label}`,
    kind: 'County',
    label,
    note: ofZips(units),
    units,
  }));
}

function repsOf(wanted: string, { territories }: PaintedPlan, owners: readonly number[]): MapPlace[] {
  return territories
    .flatMap((territory, i): MapPlace[] => {
      const text = `${territory?.name ?? ''} ${territory?.repName ?? ''}`.toLowerCase();
      if (!territory || !text.split(/\s+/).some((_, at, words) => words.slice(at).join(' ').startsWith(wanted)))
        return [];
      const units = owners.flatMap((owner, unit) => (owner === i ? [unit] : []));
      return [{ key: `rep-${i}`, kind: 'Rep', label: territory.repName ?? texts.noRep, note: territory.name, units }];
    })
    .slice(0, MOST_OF_A_KIND);
}

const biggest = (found: ReadonlyMap<string, number[]>) =>
  [...found].sort(([, a], [, b]) => b.length - a.length).slice(0, MOST_OF_A_KIND);
const ofZips = (units: readonly number[]) => `${units.length} ${units.length === 1 ? 'ZIP' : 'ZIPs'}`;
