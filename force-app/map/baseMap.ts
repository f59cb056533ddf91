import { fillOnSheet, strokeOnSheet, type Sheet } from './canvasOverlay.ts';
import { linesOf, type Base, type Units } from './geographyData.ts';
import { Links } from './links.ts';
import { pathOnSquare, square } from './mercator.ts';
import { isTown } from './townNames.ts';

/** Whole numbers up to this lie well within what canvas draws exactly. */
const FACTOR = 2 ** 21;
const COUNTY_ZOOM = 7;

/** A text that wants a place on the map; earlier ones win. */
export interface Label {
  readonly text: string;
  readonly note?: string | undefined;
  readonly tone?: 'bad' | 'plain' | undefined;
  readonly kind: 'territory' | 'city' | 'focus';
  /** Place on the mercator square. */
  readonly x: number;
  readonly y: number;
}

/** Land below the units; county and state lines, links over water and city names above them. */
export class BaseMap {
  private readonly land: Path2D;
  private readonly states: Path2D;
  private readonly counties: Path2D;
  private readonly links: Links;
  private readonly cities: readonly { label: Label; rank: number }[];

  constructor(base: Base, units: Units) {
    this.links = new Links(units);
    const states = linesOf(base.states);
    this.land = new Path2D(pathOnSquare(states, FACTOR, true));
    this.states = this.land;
    this.counties = new Path2D(pathOnSquare(linesOf(base.counties), FACTOR, false));
    this.cities = base.cities
      .filter(({ name }) => isTown(name))
      .sort((a, b) => a.rank - b.rank)
      .map(({ name, lat, lon, rank }) => {
        const [x, y] = square(lat, lon);
        return { label: { text: name, kind: 'city', x, y }, rank };
      });
  }

  drawLand(sheet: Sheet): void {
    fillOnSheet(sheet, this.land, FACTOR, '#f6f5f1');
  }

  /** Lines above the units; water and gap links only where units show. */
  drawLines(sheet: Sheet, { showLinks, showCounties }: { showLinks: boolean; showCounties: boolean }): void {
    if (showLinks) this.links.draw(sheet);
    if (showCounties || sheet.zoom >= COUNTY_ZOOM)
      strokeOnSheet(sheet, this.counties, FACTOR, 'rgba(70, 80, 95, 0.28)', 0.8);
    strokeOnSheet(sheet, this.states, FACTOR, 'rgba(40, 46, 58, 0.5)', 1);
  }

  /** More cities the closer one looks. */
  cityLabels(zoom: number): Label[] {
    const most = zoom <= 5 ? 6 : zoom === 6 ? 14 : zoom === 7 ? 40 : zoom === 8 ? 120 : this.cities.length;
    return this.cities.slice(0, most).map(({ label }) => label);
  }
}
