import type { Map as LeafletMap } from 'leaflet';
import type { LegendEntry } from './legend.ts';

/** What is written around the map in a picture of it. */
export interface PictureWords {
  readonly title: string;
  readonly date: string;
  readonly source: string;
}

const FONT = '"Salesforce Sans", "Segoe UI", Arial, sans-serif';
const [PAD, TITLE_HEIGHT, FOOT_ROW, ROW, LEGEND_WIDTH] = [14, 46, 15, 19, 270];
/** Twice the screen's pixels, so that a print is sharp. */
const RATIO = 2;

/** The map as it is on the screen with title, date, legend and source, on one canvas. */
export function drawPicture(
  leaflet: LeafletMap,
  legend: readonly LegendEntry[],
  words: PictureWords,
): HTMLCanvasElement {
  const { x: width, y: height } = leaflet.getSize();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no pictures.');
  const rows = wrapped(context, legend);
  const tall = Math.max(height, rows.length * ROW + 2 * PAD);
  const pageWidth = width + LEGEND_WIDTH + 2 * PAD;
  context.font = `11px ${FONT}`;
  const foot = linesOf(context, words.source, pageWidth - 2 * PAD);
  const pageHeight = tall + TITLE_HEIGHT + foot.length * FOOT_ROW + PAD;
  canvas.width = pageWidth * RATIO;
  canvas.height = pageHeight * RATIO;
  context.setTransform(RATIO, 0, 0, RATIO, 0, 0);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, pageWidth, pageHeight);
  write(context, words.title, { x: PAD, y: 29, font: `700 18px ${FONT}`, color: '#10253f' });
  write(context, words.date, { x: pageWidth - PAD, y: 29, font: `12px ${FONT}`, color: '#44546a', align: 'right' });
  foot.forEach((line, i) => {
    const y = TITLE_HEIGHT + tall + (i + 1) * FOOT_ROW;
    write(context, line, { x: PAD, y, font: `11px ${FONT}`, color: '#44546a' });
  });
  drawMap(context, leaflet, { x: PAD, y: TITLE_HEIGHT, width, height });
  rows.forEach((row, i) => drawRow(context, row, PAD + width + PAD, TITLE_HEIGHT + PAD + i * ROW));
  return canvas;
}

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Every canvas and image of the map where it stands on the screen, from below to above. */
function drawMap(context: CanvasRenderingContext2D, leaflet: LeafletMap, { x, y, width, height }: Frame): void {
  const origin = leaflet.getContainer().getBoundingClientRect();
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.fillStyle = '#dce8f0';
  context.fillRect(x, y, width, height);
  const panes = ['basemap', 'land', 'tilePane', 'above'];
  for (const name of panes) {
    for (const part of leaflet.getPane(name)?.querySelectorAll('canvas, img') ?? []) {
      const box = part.getBoundingClientRect();
      const [left, top] = [box.left - origin.left + x, box.top - origin.top + y];
      if (box.width > 0) context.drawImage(part as HTMLCanvasElement, left, top, box.width, box.height);
    }
  }
  context.restore();
  context.strokeStyle = '#aeb6c1';
  context.lineWidth = 1;
  context.strokeRect(x, y, width, height);
}

interface Row extends LegendEntry {
  /** A further line of the entry above. */
  readonly isMore: boolean;
}

/** Long entries go over several lines. */
function wrapped(context: CanvasRenderingContext2D, legend: readonly LegendEntry[]): Row[] {
  context.font = `12px ${FONT}`;
  return legend.flatMap((entry) =>
    linesOf(context, entry.label, LEGEND_WIDTH - PAD - 40).map((label, i) => ({ ...entry, label, isMore: i > 0 })),
  );
}

/** Words on as many lines as the font of the context and this width ask for. */
function linesOf(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (context.measureText(line).width > width && lines.at(-1) !== '') lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines;
}

function drawRow(context: CanvasRenderingContext2D, row: Row, x: number, y: number): void {
  const isHeading = row.kind === 'heading';
  if (!row.isMore) drawSample(context, row, x, y);
  const font = `${isHeading ? '700 ' : ''}12px ${FONT}`;
  write(context, row.label, { x: isHeading ? x : x + 36, y: y + 13, font, color: '#181818' });
}

function drawSample(
  context: CanvasRenderingContext2D,
  { kind, color, pattern, shape, size = 8 }: LegendEntry,
  x: number,
  y: number,
) {
  context.fillStyle = color;
  context.strokeStyle = kind === 'line' ? color : 'rgba(60, 70, 85, 0.5)';
  context.lineWidth = kind === 'line' ? 2 : 1;
  if (kind === 'fill') {
    context.fillRect(x, y + 3, 26, 13);
    context.strokeRect(x + 0.5, y + 3.5, 26, 13);
    drawPattern(context, pattern, x, y + 3);
  } else if (kind === 'circle' && shape) {
    context.fill(
      new Path2D(shape === 'square' ? `M${x + 8} ${y + 4}h10v10h-10Z` : `M${x + 13} ${y + 2}l7 7l-7 7l-7 -7Z`),
    );
  } else if (kind === 'circle') {
    context.beginPath();
    context.arc(x + 13, y + 9, Math.min(size / 2, 8), 0, 2 * Math.PI);
    context.fill();
  } else if (kind === 'line') {
    context.setLineDash(pattern === 'dashed' ? [5, 4] : pattern === 'dotted' ? [2, 2] : []);
    context.stroke(new Path2D(`M${x} ${y + 9}h26`));
    context.setLineDash([]);
  }
}

function drawPattern(context: CanvasRenderingContext2D, pattern: LegendEntry['pattern'], x: number, y: number): void {
  const lines: string[] = [];
  for (let at = 0; at < 26; at += 6) {
    if (pattern === 'hatch' || pattern === 'cross')
      lines.push(`M${x + at} ${y + 13}L${Math.min(x + at + 13, x + 26)} ${y}`);
    if (pattern === 'cross') lines.push(`M${x + at} ${y}L${Math.min(x + at + 13, x + 26)} ${y + 13}`);
    if (pattern === 'dots') lines.push(`M${x + at + 2} ${y + 4}h1.2M${x + at + 2} ${y + 9}h1.2`);
  }
  if (lines.length === 0) return;
  context.strokeStyle = pattern === 'cross' ? '#aaaaaa' : '#5b6776';
  context.stroke(new Path2D(lines.join('')));
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y, font, color, align = 'left' }: { x: number; y: number; font: string; color: string; align?: CanvasTextAlign },
): void {
  context.font = font;
  context.fillStyle = color;
  context.textAlign = align;
  context.fillText(text, x, y);
}
