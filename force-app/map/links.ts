import { strokeOnSheet, type Sheet } from './canvasOverlay.ts';
import type { GeographyData, Units } from './geographyData.ts';
import { LINK_COLOR } from './legend.ts';
import { pathOnSquare, worldPixels } from './mercator.ts';
import type { Paint } from './paint.ts';

/** Whole numbers up to this lie well within what canvas draws exactly. */
const FACTOR = 2 ** 21;
/** Stroke and gap of the dashes in pixels. */
const DASHES = [5, 4];

/** Units that are neighbours over water or a gap: a dashed line from one to the other. */
export class Links {
  private readonly path: Path2D;

  constructor({ bridges = [], lat, lon }: Pick<Units, 'bridges' | 'lat' | 'lon'>) {
    const place = (unit: number) => [lon[unit] ?? 0, lat[unit] ?? 0];
    const lines = bridges.map(([a, b]) => [place(a), place(b)]);
    this.path = new Path2D(pathOnSquare(lines, FACTOR, false));
  }

  draw(sheet: Sheet): void {
    const scale = worldPixels(sheet.zoom) / FACTOR;
    sheet.context.setLineDash(DASHES.map((length) => length / scale));
    strokeOnSheet(sheet, this.path, FACTOR, LINK_COLOR, 1.6);
    sheet.context.setLineDash([]);
  }
}

/** What the lines of units on screen are, for the drawing and for its legend. */
export function unitLines({ info, units }: GeographyData, showUnitLines: boolean): Partial<Paint> {
  return { showUnitLines, unitLine: wordOf(info), hasLinks: (units.bridges?.length ?? 0) > 0 };
}

/** Quality of the areas as the legend says it. */
const QUALITY: Readonly<Record<string, string>> = {
  exact: '',
  mixed: ' (approximate in some states)',
  approximate: ' (approximate)',
};
const UNIT: Readonly<Record<string, string>> = { zip: 'ZIP area', county: 'county', mixed: 'ZIP area or county' };

function wordOf({ units = 'zip', areaKind = 'approximate' }: GeographyData['info']): string {
  return `${UNIT[units] ?? 'ZIP area'}${QUALITY[areaKind] ?? ''}`;
}
