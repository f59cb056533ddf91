import { count, day, filled } from 'c/bailiwick';
import type { BoundaryVersion, StateAreas } from 'c/bailiwick';
import { texts } from './texts';

const KINDS: Readonly<Record<BoundaryVersion['kind'], string>> = {
  shapes: texts.zipAreas,
  gazetteer: texts.gazetteer,
  zip_to_zcta: texts.zipToZcta,
  zip_to_county: texts.zipToCounty,
};

/** States whose areas are approximate now, said in one sentence; empty where there are none. */
export function approximateText(states: readonly StateAreas[]): string {
  const partly = states
    .filter(({ areaKind }) => areaKind === 'partly')
    .map(({ state, areas, zips }) =>
      filled(texts.isPartlyExactOfZipsHaveAnArea, state, count(areas ?? 0), count(zips ?? 0)),
    );
  const named = states.filter(({ areaKind }) => areaKind === 'approximate').map(({ state }) => state);
  return [approximateIn(named, states.length), ...partly].filter((text) => text !== '').join(' ');
}

function approximateIn(named: readonly string[], all: number): string {
  if (named.length === 0) return '';
  const where = named.length === all ? texts.inEveryStateOfThisMap : filled(texts.in, named.join(', '));
  return filled(texts.zipAreasAreApproximateNearestPoint, where);
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
    text: filled(
      texts.loaded,
      KINDS[kind],
      vintage === null ? texts.yearNotStated : filled(texts.boundariesOf, vintage),
      day(importedAt),
    ),
    statesText: listed.map(([state, areas]) => `${state} ${count(areas)}`).join(', '),
    useLook: inUse.length > 0 ? 'used' : 'quiet',
    useText: isShapes ? shapesText(version, states, open) : inUse.length > 0 ? texts.inUse : texts.notInUse,
    useLabel: filled(texts.use, file),
    appliedText: filled(texts.usedOnceApplied, file),
    isUsable,
    change: isUsable ? change : null,
  };
}

/** What is chosen and what the service runs on differ until it starts again. */
function shapesText({ inUse, importedAt }: BoundaryVersion, states: readonly StateAreas[], open: readonly string[]) {
  if (inUse.length === 0) return texts.notInUse;
  const running = new Set(states.filter((areas) => areas.importedAt === importedAt).map(({ state }) => state));
  const now = inUse.filter((state) => running.has(state));
  const later = inUse.filter((state) => !running.has(state));
  const parts = [
    now.length > 0 ? filled(texts.inUseIn, now.join(', ')) : '',
    later.length > 0 ? filled(texts.inUseInOnceItIsApplied, later.join(', ')) : '',
    open.length > 0 ? filled(texts.notIn, open.join(', ')) : '',
  ];
  const text = parts.filter((part) => part !== '').join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
