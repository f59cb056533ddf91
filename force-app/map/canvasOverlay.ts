import { Layer, type Map as LeafletMap } from 'leaflet';
import { worldPixels } from './mercator.ts';
import { pixelRatio } from './unitTiles.ts';

/** A canvas a little larger than the map; `at` turns a place on the mercator square into pixels of the canvas. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  /** World pixels of the canvas's corner. */
  readonly left: number;
  readonly top: number;
  readonly at: (x: number, y: number) => [number, number];
}

const MARGIN_SHARE = 0.15;

/**
 * Lines, labels and circles between or above the tiles: drawn in the frame after each move, once however much has changed,
 * and carried along while dragging.
 */
export class CanvasOverlay extends Layer {
  private readonly paneName: string;
  private readonly paint: (sheet: Sheet) => void;
  private readonly canvas = document.createElement('canvas');
  private map: LeafletMap | undefined;
  private isWaiting = false;

  constructor(paneName: string, paint: (sheet: Sheet) => void) {
    super();
    this.paneName = paneName;
    this.paint = paint;
  }

  override onAdd(map: LeafletMap): this {
    this.map = map;
    this.canvas.style.setProperty('position', 'absolute');
    this.canvas.style.setProperty('pointer-events', 'none');
    map.getPane(this.paneName)?.append(this.canvas);
    // a zoom ends with a move
    map.on('moveend resize', this.redraw, this);
    this.redraw();
    return this;
  }

  override onRemove(map: LeafletMap): this {
    map.off('moveend resize', this.redraw, this);
    this.canvas.remove();
    this.map = undefined;
    return this;
  }

  redraw(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    requestAnimationFrame(() => this.drawIfWaiting());
  }

  /** What waits for the next frame, now. */
  drawIfWaiting(): void {
    if (this.isWaiting) this.draw();
    this.isWaiting = false;
  }

  private draw(): void {
    const { map } = this;
    const context = this.canvas.getContext('2d');
    if (!map || !context) return;
    const size = map.getSize();
    const ratio = pixelRatio();
    const [marginX, marginY] = [Math.round(size.x * MARGIN_SHARE), Math.round(size.y * MARGIN_SHARE)];
    const [width, height] = [size.x + 2 * marginX, size.y + 2 * marginY];
    const corner = map.containerPointToLayerPoint([-marginX, -marginY]);
    this.resize(width, height, ratio);
    this.canvas.style.setProperty('transform', `translate(${corner.x}px, ${corner.y}px)`);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const zoom = map.getZoom();
    const world = worldPixels(zoom);
    const min = map.getPixelBounds().min ?? { x: 0, y: 0 };
    const [left, top] = [min.x - marginX, min.y - marginY];
    this.paint({ context, zoom, width, height, ratio, left, top, at: (x, y) => [x * world - left, y * world - top] });
  }

  /** A canvas that is given a size is made anew, even the same size. */
  private resize(width: number, height: number, ratio: number): void {
    const { canvas } = this;
    if (canvas.width === Math.floor(width * ratio) && canvas.height === Math.floor(height * ratio)) return;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.setProperty('width', `${width}px`);
    canvas.style.setProperty('height', `${height}px`);
  }
}

/** Draws a path given on the mercator square times `factor`; line widths stay in pixels. */
export function strokeOnSheet(sheet: Sheet, path: Path2D, factor: number, color: string, width: number): void {
  onSquare(sheet, factor, (scale) => {
    sheet.context.strokeStyle = color;
    sheet.context.lineWidth = width / scale;
    sheet.context.stroke(path);
  });
}

export function fillOnSheet(sheet: Sheet, path: Path2D, factor: number, color: string): void {
  onSquare(sheet, factor, () => {
    sheet.context.fillStyle = color;
    sheet.context.fill(path);
  });
}

function onSquare({ context, zoom, ratio, left, top }: Sheet, factor: number, draw: (scale: number) => void): void {
  const scale = worldPixels(zoom) / factor;
  context.setTransform(scale * ratio, 0, 0, scale * ratio, -left * ratio, -top * ratio);
  draw(scale);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}
