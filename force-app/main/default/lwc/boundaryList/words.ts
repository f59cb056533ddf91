import { count, day } from 'c/bailiwick';
import type { BoundaryVersion, StateAreas } from 'c/bailiwick';

const KINDS: Readonly<Record<BoundaryVersion['kind'], string>> = {
  shapes: 'ZIP areas',
  gazetteer: 'Gazetteer',
  zip_to_zcta: 'ZIP to ZCTA',
  zip_to_county: 'ZIP to county',
};

/** States whose areas are approximate now, said in one sentence; empty where there are none. */
export function approximateText(states: readonly StateAreas[]): string {
  const partly = states
    .filter(({ areaKind }) => areaKind === 'partly')
    .map(
      ({ state, areas, zips }) =>
        `${state} is partly exact: ${count(areas ?? 0)} of ${count(zips ?? 0)} ZIPs have an area.`,
    );
  const named = states.filter(({ areaKind }) => areaKind === 'approximate').map(({ state }) => state);
  return [approximateIn(named, states.length), ...partly].filter((text) => text !== '').join(' ');
}

function approximateIn(named: readonly string[], all: number): string {
  if (named.length === 0) return '';
  const where = named.length === all ? 'in every state of this map' : `in ${named.join(', ')}`;
  return `ZIP areas are approximate ${where}: nearest-point areas around the ZIP’s point. Load the areas of a state to make them exact.`;
}

/** One loaded file as a row of the list; the states are those that the service runs on. */
export function boundaryRow(version: BoundaryVersion, states: readonly StateAreas[]) {
  const { id, kind, file, vintage, importedAt, inUse, change } = version;
  const listed = Object.entries(version.states).sort(([a], [b]) => (a < b ? -1 : 1));
  const isShapes = kind === 'shapes';
  const open = isShapes ? listed.map(([state]) => state).filter((state) => !inUse.includes(state)) : [];
  const isUsable = isShapes ? open.length > 0 : inUse.length === 0;
  return {
    id,
    file,
    text: `${KINDS[kind]}, ${vintage === null ? 'year not stated' : `boundaries of ${vintage}`}; loaded ${day(importedAt)}`,
    statesText: listed.map(([state, areas]) => `${state} ${count(areas)}`).join(', '),
    useLook: inUse.length > 0 ? 'used' : 'quiet',
    useText: isShapes ? shapesText(version, states, open) : inUse.length > 0 ? 'In use' : 'Not in use',
    useLabel: `Use ${file}`,
    isUsable,
    change: isUsable ? change : null,
  };
}

/** What is chosen and what the service runs on differ until it starts again. */
function shapesText({ inUse, importedAt }: BoundaryVersion, states: readonly StateAreas[], open: readonly string[]) {
  if (inUse.length === 0) return 'Not in use';
  const running = new Set(states.filter((areas) => areas.importedAt === importedAt).map(({ state }) => state));
  const now = inUse.filter((state) => running.has(state));
  const later = inUse.filter((state) => !running.has(state));
  const parts = [
    now.length > 0 ? `in use in ${now.join(', ')}` : '',
    later.length > 0 ? `in use in ${later.join(', ')} once it is applied` : '',
    open.length > 0 ? `not in ${open.join(', ')}` : '',
  ];
  const text = parts.filter((part) => part !== '').join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
