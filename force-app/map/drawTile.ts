import { fillTile } from './fillTile.ts';
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

const TERRITORY_LINE = '#1f3a5f';
const GHOST_LINE = '#b5179e';
const COAST_LINE = '#8fa3b5';

/** Draws one tile: its units, then the lines whose two sides belong to different owners. */
export function drawTile(context: CanvasRenderingContext2D, view: TileView, scene: Scene, ratio: number): void {
  const scale = view.scale * ratio;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, TILE_PIXELS * ratio, TILE_PIXELS * ratio);
  const place = () => context.setTransform(scale, 0, 0, scale, view.shiftX * ratio, view.shiftY * ratio);
  place();
  fillTile(context, view, { fillOf: scene.fillOf, ratio, place });
  drawLines(context, view, scene);
}

/** Color, width in pixels, stroke and gap in pixels. */
type Stroke = readonly [string, number, (readonly number[])?];

function drawLines(context: CanvasRenderingContext2D, view: TileView, scene: Scene): void {
  const { paint, selected, pockets = [] } = scene;
  const lines = sortLines(view, paint, selected);
  const draw = (paths: readonly string[], ...strokes: readonly Stroke[]) => {
    if (paths.length === 0) return;
    const path = new Path2D(paths.join(''));
    for (const [color, width, dash = []] of strokes) {
      context.strokeStyle = color;
      context.lineWidth = width / view.scale;
      context.setLineDash(dash.map((length) => length / view.scale));
      context.stroke(path);
    }
  };
  context.lineJoin = 'round';
  draw(lines.unit, ['rgba(60, 72, 88, 0.45)', 0.8, [1.5, 2]]);
  draw(lines.coast, [COAST_LINE, 1]);
  draw(lines.territory, ['rgba(255, 255, 255, 0.85)', 3], [TERRITORY_LINE, 1.6]);
  draw(lines.ghost, ['#ffffff', 3.2], [GHOST_LINE, 2, [5, 4]]);
  draw(lines.focus, ['#ffffff', 5], ['#0b3d91', 2.8]);
  for (const pocket of pockets) {
    const paths = view.tile.borders.flatMap(([left, right, path]) => (isPocketLine(pocket, left, right) ? [path] : []));
    draw(paths, ['#ffffff', 5.4], [pocket.look.color, 3, pocket.look.dash]);
  }
  draw(lines.selected, ['#ffffff', 4], ['#181818', 2]);
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
