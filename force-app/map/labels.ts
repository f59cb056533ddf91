import type { Label } from './baseMap.ts';
import type { Sheet } from './canvasOverlay.ts';

/** Left, top, right, bottom. */
export type Box = readonly [number, number, number, number];
const FONT = '"Salesforce Sans", "Segoe UI", Arial, sans-serif';
const LINE_PIXELS = 13;
/** Free pixels around a city's name, so that small towns do not fill the map. */
const CITY_ROOM = 7;
/** Where a name that matters is tried when its place is taken: pixels right and down. */
const NUDGES: readonly Spot[] = [
  [0, 0],
  [0, 28],
  [0, -40],
  [0, -80],
  [-90, 0],
  [90, 0],
  [-90, -60],
  [0, -130],
];

/** Where labels may stand. */
export interface Room {
  /** What is in sight of the sheet; a label at its edge is moved in or left out. */
  readonly sight: Box;
  /** What lies over the map, such as the legend. */
  readonly covered: readonly Box[];
}

/** Writes labels in order; one that would cover an earlier one is left out. */
export function drawLabels(sheet: Sheet, labels: readonly Label[], { sight, covered }: Room): void {
  const taken: Box[] = [...covered];
  for (const label of labels) {
    const [x, y] = sheet.at(label.x, label.y);
    if (x < 0 || y < 0 || x > sheet.width || y > sheet.height) continue;
    if (label.kind === 'city') drawCity(sheet, label, [x, y], { sight, taken });
    else drawName(sheet, label, [x, y], { sight, taken });
  }
}

interface Taken {
  readonly sight: Box;
  readonly taken: Box[];
}
type Spot = readonly [number, number];

function drawCity({ context }: Sheet, { text }: Label, [x, y]: Spot, { sight, taken }: Taken): void {
  context.font = `italic 11px ${FONT}`;
  const width = context.measureText(text).width;
  const box: Box = [x - 4, y - 8, x + 8 + width, y + 6];
  if (isCut(box, sight) || !claim(box, taken, CITY_ROOM)) return;
  context.beginPath();
  context.arc(x, y, 2.2, 0, 2 * Math.PI);
  context.fillStyle = '#ffffff';
  context.fill();
  context.strokeStyle = '#333333';
  context.lineWidth = 1;
  context.stroke();
  context.textAlign = 'left';
  write(context, text, x + 6, y + 4, '#3a3a3a');
}

function drawName(sheet: Sheet, label: Label, [atX, atY]: Spot, { sight, taken }: Taken): void {
  const { context } = sheet;
  const { text, note, tone, kind } = label;
  context.font = `700 ${kind === 'focus' ? 14 : 12}px ${FONT}`;
  const width = Math.max(context.measureText(text).width, note === undefined ? 0 : context.measureText(note).width);
  const below = note === undefined ? 5 : 5 + LINE_PIXELS;
  const isNeeded = kind === 'focus' || tone === 'bad';
  for (const [right, down] of isNeeded ? NUDGES : NUDGES.slice(0, 1)) {
    const [x, y] = movedIn([atX + right, atY + down], [width / 2 + 2, 10, width / 2 + 2, below], sight);
    const box: Box = [x - width / 2 - 2, y - 10, x + width / 2 + 2, y + below];
    if (isCut(box, sight) || !claim(box, taken)) continue;
    context.textAlign = 'center';
    write(context, text, x, y + 1, '#10253f');
    if (note !== undefined) write(context, note, x, y + 1 + LINE_PIXELS, tone === 'bad' ? '#a32100' : '#2e4a62');
    return;
  }
}

function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, color: string): void {
  context.lineJoin = 'round';
  context.strokeStyle = 'rgba(255, 255, 255, 0.92)';
  context.lineWidth = 3.5;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

/** A place in sight moves so far in that its label, reaching this far to each side, is whole. */
function movedIn([x, y]: Spot, [toLeft, toTop, toRight, toBottom]: Box, [left, top, right, bottom]: Box): Spot {
  if (x < left || x > right || y < top || y > bottom) return [x, y];
  return [Math.max(left + toLeft, Math.min(right - toRight, x)), Math.max(top + toTop, Math.min(bottom - toBottom, y))];
}

/** Partly in sight; what is wholly out of it waits to be dragged in. */
function isCut([l, t, r, b]: Box, [left, top, right, bottom]: Box): boolean {
  const isOut = r < left || l > right || b < top || t > bottom;
  return !isOut && (l < left || r > right || t < top || b > bottom);
}

/** Takes the box unless an earlier one is nearer than `room`. */
function claim(box: Box, taken: Box[], room = 0): boolean {
  const [left, top, right, bottom] = box;
  const isNear = ([l, t, r, b]: Box) => left - room < r && right + room > l && top - room < b && bottom + room > t;
  if (taken.some(isNear)) return false;
  taken.push(box);
  return true;
}
