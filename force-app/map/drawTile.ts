import type { Fill, Paint } from './paint.ts';
import { isPocketLine, type PocketOutline } from './pockets.ts';
import { TILE_PIXELS, type TileView } from './tileStore.ts';

/** What a tile is drawn from, besides its geography. */
export interface Scene {
  readonly paint: Paint;
  readonly fillOf: (unit: number) => Fill;
  /** Units under the lasso or brush. */
  readonly selected: ReadonlySet<number>;
  /** Outlined whoever owns them. */
  readonly pockets?: readonly PocketOutline[];
}

const HATCH_PIXELS = 8;
const TERRITORY_LINE = '#1f3a5f';
const GHOST_LINE = '#b5179e';
const COAST_LINE = '#8fa3b5';

/** Draws one tile: one path a colour, then the lines whose two sides belong to different owners. */
export function drawTile(context: CanvasRenderingContext2D, view: TileView, scene: Scene, ratio: number): void {
  const scale = view.scale * ratio;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, TILE_PIXELS * ratio, TILE_PIXELS * ratio);
  const place = () => context.setTransform(scale, 0, 0, scale, view.shiftX * ratio, view.shiftY * ratio);
  place();
  const groups = byFill(view, scene);
  for (const { fill, paths } of groups.values()) {
    const path = new Path2D(paths.join(''));
    context.fillStyle = fill.color;
    context.fill(path);
    if (fill.pattern !== 'none') drawPattern(context, path, fill.pattern, ratio);
    place();
  }
  closeSeams(context, view, scene);
  drawLines(context, view, scene);
}

interface Group {
  readonly fill: Fill;
  readonly paths: string[];
}

function byFill({ tile }: TileView, { fillOf }: Scene): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const [unit, path] of tile.units) {
    const fill = fillOf(unit);
    const key = fill.color + fill.pattern;
    const group = groups.get(key);
    if (group) group.paths.push(path);
    else groups.set(key, { fill, paths: [path] });
  }
  return groups;
}

/**
 * Smoothing leaves the ground shining through between two colours: a hair of one of them closes the gap. Units of one colour
 * are one path and have none, so few lines are enough.
 */
function closeSeams(context: CanvasRenderingContext2D, { tile, scale }: TileView, scene: Scene): void {
  const hairs = new Map<string, string[]>();
  for (const [left, right, path] of tile.borders) {
    if (right < 0) continue;
    const color = scene.fillOf(left).color;
    if (color === scene.fillOf(right).color) continue;
    const hair = hairs.get(color);
    if (hair) hair.push(path);
    else hairs.set(color, [path]);
  }
  context.lineWidth = 0.8 / scale;
  for (const [color, paths] of hairs) {
    context.strokeStyle = color;
    context.stroke(new Path2D(paths.join('')));
  }
}

/** Patterns are drawn in screen pixels, so that they look the same at every zoom and run on across tiles. */
function drawPattern(context: CanvasRenderingContext2D, path: Path2D, pattern: Fill['pattern'], ratio: number): void {
  context.save();
  context.clip(path);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.strokeStyle = pattern === 'cross' ? '#c4c4c4' : '#5b6776';
  context.lineWidth = pattern === 'cross' ? 0.7 : 1;
  context.globalAlpha = pattern === 'dots' ? 0.75 : 0.55;
  context.stroke(patternPath(pattern));
  context.restore();
}

const patternPaths = new Map<string, Path2D>();

function patternPath(pattern: Fill['pattern']): Path2D {
  const known = patternPaths.get(pattern);
  if (known) return known;
  const parts: string[] = [];
  for (let at = -TILE_PIXELS; at < TILE_PIXELS; at += HATCH_PIXELS) {
    if (pattern === 'dots') {
      for (let y = 4; y < TILE_PIXELS && at >= 0; y += HATCH_PIXELS) parts.push(`M${at + 4} ${y}h1.2`);
    } else {
      parts.push(`M${at} ${TILE_PIXELS}L${at + TILE_PIXELS} 0`);
      if (pattern === 'cross') parts.push(`M${at} 0L${at + TILE_PIXELS} ${TILE_PIXELS}`);
    }
  }
  const path = new Path2D(parts.join(''));
  patternPaths.set(pattern, path);
  return path;
}

function drawLines(context: CanvasRenderingContext2D, view: TileView, scene: Scene): void {
  const { paint, selected, pockets = [] } = scene;
  const lines = sortLines(view, paint, selected);
  const draw = (paths: readonly string[], color: string, width: number, dash: readonly number[] = []) => {
    if (paths.length === 0) return;
    context.strokeStyle = color;
    context.lineWidth = width / view.scale;
    context.setLineDash(dash.map((length) => length / view.scale));
    context.stroke(new Path2D(paths.join('')));
  };
  context.lineJoin = 'round';
  draw(lines.unit, 'rgba(60, 72, 88, 0.45)', 0.8, [1.5, 2]);
  draw(lines.coast, COAST_LINE, 1);
  draw(lines.territory, 'rgba(255, 255, 255, 0.85)', 3);
  draw(lines.territory, TERRITORY_LINE, 1.6);
  draw(lines.ghost, '#ffffff', 3.2);
  draw(lines.ghost, GHOST_LINE, 2, [5, 4]);
  draw(lines.focus, '#ffffff', 5);
  draw(lines.focus, '#0b3d91', 2.8);
  for (const pocket of pockets) {
    const paths = view.tile.borders.flatMap(([left, right, path]) => (isPocketLine(pocket, left, right) ? [path] : []));
    draw(paths, '#ffffff', 5.4);
    draw(paths, pocket.look.color, 3, pocket.look.dash);
  }
  draw(lines.selected, '#ffffff', 4);
  draw(lines.selected, '#181818', 2);
  context.setLineDash([]);
}

function sortLines({ tile }: TileView, paint: Paint, selected: ReadonlySet<number>) {
  const lines = {
    unit: [] as string[],
    coast: [] as string[],
    territory: [] as string[],
    ghost: [] as string[],
    focus: [] as string[],
    selected: [] as string[],
  };
  const { owners, ghost, focus = null, showUnitLines, colorBy } = paint;
  for (const [left, right, path] of tile.borders) {
    const [a, b] = [owners[left] ?? -1, right < 0 ? -3 : (owners[right] ?? -1)];
    if (showUnitLines) lines.unit.push(path);
    if (right < 0) lines.coast.push(path);
    if (colorBy !== 'demand') {
      if (a !== b && right >= 0) lines.territory.push(path);
      if (focus !== null && a !== b && (a === focus || b === focus)) lines.focus.push(path);
    }
    if (ghost && right >= 0 && ghost[left] !== ghost[right] && a === b) lines.ghost.push(path);
    if (selected.size > 0 && selected.has(left) !== (right >= 0 && selected.has(right))) lines.selected.push(path);
  }
  return lines;
}
