import { pixelRatio } from './unitTiles.ts';

/** The line of the lasso or the ring of the brush, over everything else. */
export class Sketch {
  private readonly canvas = document.createElement('canvas');
  private readonly container: HTMLElement;
  private isEmpty = true;

  constructor(container: HTMLElement) {
    this.container = container;
    this.canvas.setAttribute('class', 'bailiwick-sketch');
    container.append(this.canvas);
  }

  draw(line: readonly number[], brush: { x: number; y: number; radius: number } | null): void {
    if (this.isEmpty && line.length === 0 && !brush) return;
    const context = this.canvas.getContext('2d');
    if (!context) return;
    this.resize();
    const ratio = pixelRatio();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.isEmpty = line.length === 0 && !brush;
    context.strokeStyle = '#181818';
    context.lineWidth = 1.6;
    if (line.length >= 4) drawLasso(context, line);
    if (brush) drawBrush(context, brush);
  }

  private resize(): void {
    const ratio = pixelRatio();
    const { clientWidth, clientHeight } = this.container;
    if (this.canvas.width === clientWidth * ratio && this.canvas.height === clientHeight * ratio) return;
    this.canvas.width = clientWidth * ratio;
    this.canvas.height = clientHeight * ratio;
  }
}

function drawLasso(context: CanvasRenderingContext2D, line: readonly number[]): void {
  const corners: string[] = [];
  for (let i = 0; i < line.length; i += 2) corners.push(`${line[i]} ${line[i + 1]}`);
  const path = new Path2D(`M${corners.join('L')}Z`);
  context.fillStyle = 'rgba(1, 118, 211, 0.12)';
  context.fill(path);
  context.setLineDash([6, 4]);
  context.stroke(path);
  context.setLineDash([]);
}

function drawBrush(
  context: CanvasRenderingContext2D,
  { x, y, radius }: { x: number; y: number; radius: number },
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = 'rgba(1, 118, 211, 0.14)';
  context.fill();
  context.stroke();
}
