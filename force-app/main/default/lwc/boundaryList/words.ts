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
  const named = states.filter(({ areaKind }) => areaKind === 'approximate').map(({ state }) => state);
  if (named.length === 0) return '';
  const where = named.length === states.length ? 'in every state of this map' : `in ${named.join(', ')}`;
  return `ZIP areas are approximate ${where}: nearest-point areas around the ZIP’s point. Load the areas of a state to make them exact.`;
}

/** One loaded file as a row of the list. */
export function boundaryRow(version: BoundaryVersion) {
  const { id, kind, file, vintage, importedAt, states, inUse, change } = version;
  const listed = Object.entries(states).sort(([a], [b]) => (a < b ? -1 : 1));
  const isShapes = kind === 'shapes';
  const open = isShapes ? listed.map(([state]) => state).filter((state) => !inUse.includes(state)) : [];
  const isUsable = isShapes ? open.length > 0 : inUse.length === 0;
  return {
    id,
    file,
    text: `${KINDS[kind]}, ${vintage === null ? 'year not stated' : `boundaries of ${vintage}`}; loaded ${day(importedAt)}`,
    statesText: listed.map(([state, areas]) => `${state} ${count(areas)}`).join(', '),
    useLook: inUse.length > 0 ? 'used' : 'quiet',
    useText: useText(isShapes, inUse, open),
    useLabel: `Use ${file}`,
    isUsable,
    change: isUsable ? change : null,
  };
}

function useText(isShapes: boolean, inUse: readonly string[], open: readonly string[]): string {
  if (inUse.length === 0) return 'Not in use';
  if (!isShapes) return 'In use';
  return `In use in ${inUse.join(', ')}${open.length > 0 ? `, not in ${open.join(', ')}` : ''}`;
}
