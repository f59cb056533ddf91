import type { Sheet } from './canvasOverlay.ts';
import type { Card } from './hoverCard.ts';
import type { Box } from './labels.ts';
import type { LegendEntry } from './legend.ts';
import type { UnitPlaces } from './unitPlaces.ts';
import { filled, words } from './words.ts';

export type PocketKind = 'whiteSpace' | 'newRep';

/** Units that stand out together, whoever owns them: outlined, with a label that says their rank. */
export interface Pocket {
  readonly id: string;
  /** Short, such as "1" or "1 · Springfield". */
  readonly label: string;
  readonly units: readonly number[];
  readonly kind: PocketKind;
}

interface Look {
  readonly color: string;
  /** Stroke and gap in pixels: never by colour alone. */
  readonly dash: readonly number[];
  readonly pattern: 'bold' | 'dashed';
  readonly word: 'whiteSpaceByRank' | 'newRepArea';
}
const LOOKS: Readonly<Record<PocketKind, Look>> = {
  whiteSpace: {
    color: '#9d0b28',
    dash: [],
    pattern: 'bold',
    word: 'whiteSpaceByRank',
  },
  newRep: { color: '#00594f', dash: [9, 4], pattern: 'dashed', word: 'newRepArea' },
};
const KINDS = Object.keys(LOOKS) as PocketKind[];
const FONT = '700 12px "Salesforce Sans", "Segoe UI", Arial, sans-serif';
/** Half the height of a label, and its room left and right of the text. */
const [HALF, SIDE] = [10, 8];
const NOWHERE: Box = [0, 0, 0, 0];

/** One kind of pocket as tiles need it: which pocket a unit is in, and how its outline is drawn. */
export interface PocketOutline {
  readonly look: Look;
  readonly of: ReadonlyMap<number, number>;
}

/** Pockets of one page: their outlines, their labels and what lies under the pointer. */
export class Pockets {
  readonly all: readonly Pocket[];
  readonly outlines: readonly PocketOutline[];
  private boxes: readonly Box[] = [];
  private corner: readonly [number, number] = [0, 0];

  /** Where a unit is in two pockets of a kind it belongs to the first. */
  constructor(pockets: readonly Pocket[]) {
    this.all = pockets;
    this.outlines = KINDS.flatMap((kind) => {
      const of = new Map<number, number>();
      for (const [i, pocket] of pockets.entries())
        if (pocket.kind === kind) for (const unit of pocket.units) if (!of.has(unit)) of.set(unit, i);
      return of.size > 0 ? [{ look: LOOKS[kind], of }] : [];
    });
  }

  legend(): LegendEntry[] {
    return this.outlines.map(({ look: { word, color, pattern } }) => ({
      kind: 'line',
      label: words[word],
      color,
      pattern,
    }));
  }

  /** Draws the labels; answers the boxes that they take up on the sheet. */
  draw(sheet: Sheet, points: Pick<UnitPlaces, 'middleOf' | 'x' | 'y'>): readonly Box[] {
    this.corner = [sheet.left, sheet.top];
    this.boxes = this.all.map((pocket) => {
      const unit = points.middleOf(pocket.units);
      if (unit === undefined) return NOWHERE;
      return drawBadge(sheet.context, pocket, sheet.at(points.x[unit] ?? 0, points.y[unit] ?? 0));
    });
    return this.boxes;
  }

  /** The pocket whose label lies at this place, given in world pixels of the zoom on screen; the topmost one. */
  labelAt(x: number, y: number): Pocket | undefined {
    const [atX, atY] = [x - this.corner[0], y - this.corner[1]];
    const hits = this.all.filter((_, i) => {
      const [l, t, r, b] = this.boxes[i] ?? NOWHERE;
      return atX >= l && atX < r && atY >= t && atY < b;
    });
    return hits.at(-1);
  }

  /** The pocket that a unit is in, white space before suggestions. */
  ofUnit(unit: number): Pocket | undefined {
    const found = this.outlines.find(({ of }) => of.has(unit));
    return found && this.all[found.of.get(unit) ?? -1];
  }
}

export const NO_POCKETS = new Pockets([]);

/** Lines between what is in a pocket and what is not, or between two pockets. */
export function isPocketLine({ of }: PocketOutline, left: number, right: number): boolean {
  return of.get(left) !== (right < 0 ? undefined : of.get(right));
}

/** A pocket as the card of its units calls it. */
export function pocketTitle({ kind, label }: Pocket): string {
  return filled(kind === 'newRep' ? words.newRep : words.whiteSpace, label);
}

export function pocketCard(pocket: Pocket): Card {
  const { length } = pocket.units;
  return {
    title: pocketTitle(pocket),
    lines: [length === 1 ? words.oneZip : filled(words.zips, length), words.clickToPick],
  };
}

function drawBadge(context: CanvasRenderingContext2D, { label, kind }: Pocket, [x, y]: [number, number]): Box {
  context.font = FONT;
  const half = Math.max(HALF, context.measureText(label).width / 2 + SIDE);
  const [left, top] = [x - half, y - HALF];
  context.beginPath();
  context.roundRect(left, top, 2 * half, 2 * HALF, HALF);
  context.fillStyle = LOOKS[kind].color;
  context.fill();
  context.strokeStyle = '#ffffff';
  context.lineWidth = 1.6;
  context.stroke();
  context.fillStyle = '#ffffff';
  context.textAlign = 'center';
  context.fillText(label, x, y + 4);
  return [left, top, left + 2 * half, top + 2 * HALF];
}
