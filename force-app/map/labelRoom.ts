import type { Map as LeafletMap } from 'leaflet';
import type { Sheet } from './canvasOverlay.ts';
import type { Box, Room } from './labels.ts';

/** Where labels may stand on a sheet that reaches beyond the map: not under the map's own buttons nor under what covers it. */
export function roomOf(map: LeafletMap, sheet: Sheet, covered: readonly Box[]): Room {
  const { x: width, y: height } = map.getSize();
  const [marginX, marginY] = [(sheet.width - width) / 2, (sheet.height - height) / 2];
  const onSheet = ([left, top, right, bottom]: Box): Box => [
    left + marginX,
    top + marginY,
    right + marginX,
    bottom + marginY,
  ];
  const container = map.getContainer();
  const controls = [...container.querySelectorAll('.leaflet-control')].map((control) => boxWithin(control, container));
  return { sight: onSheet([0, 0, width, height]), covered: [...controls, ...covered].map(onSheet) };
}

/** The box of an element in pixels of another. */
export function boxWithin(element: Element, container: Element): Box {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const origin = container.getBoundingClientRect();
  return [left - origin.left, top - origin.top, right - origin.left, bottom - origin.top];
}
