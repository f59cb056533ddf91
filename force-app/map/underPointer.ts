import type { Map as LeafletMap } from 'leaflet';
import type { Above } from './above.ts';
import type { Card } from './hoverCard.ts';
import { worldPixels } from './mercator.ts';
import type { UnitTiles } from './unitTiles.ts';

/** How much closer a click on a cluster looks. */
const CLOSER = 2;

export interface UnderPorts {
  readonly leaflet: LeafletMap;
  readonly tiles: UnitTiles;
  readonly above: Above;
  readonly cardOf: (unit: number) => Card | null;
  readonly picked: (unit: number) => void;
  readonly pocketPicked: (id: string) => void;
}

/** What lies under a place of the map, given in pixels of its container. */
export class UnderPointer {
  private readonly ports: UnderPorts;

  constructor(ports: UnderPorts) {
    this.ports = ports;
  }

  unitAt(x: number, y: number): number | undefined {
    const { leaflet, tiles } = this.ports;
    return tiles.unitAtPixel(...this.inWorld(x, y), leaflet.getZoom());
  }

  cardAt(x: number, y: number): Card | null {
    const { above, leaflet, cardOf } = this.ports;
    const thing = above.cardAt(...this.inWorld(x, y), leaflet.getZoom());
    if (thing) return thing;
    const unit = this.unitAt(x, y);
    return unit === undefined ? null : cardOf(unit);
  }

  /** A pocket's label picks it, a cluster is looked at closer, else the unit is picked. */
  clicked(x: number, y: number): void {
    const { leaflet, above, picked, pocketPicked } = this.ports;
    const zoom = leaflet.getZoom();
    const [worldX, worldY] = this.inWorld(x, y);
    const pocket = above.pockets.labelAt(worldX, worldY);
    if (pocket) return pocketPicked(pocket.id);
    const closer = above.points.at(worldX, worldY, zoom)?.closer;
    const unit = this.unitAt(x, y);
    if (closer && zoom < leaflet.getMaxZoom()) {
      const world = worldPixels(zoom);
      const place = leaflet.unproject([closer.x * world, closer.y * world], zoom);
      leaflet.setView(place, Math.min(zoom + CLOSER, leaflet.getMaxZoom()), { animate: false });
    } else if (unit !== undefined) picked(unit);
  }

  /** World pixels of the zoom on screen. */
  private inWorld(x: number, y: number): [number, number] {
    const min = this.ports.leaflet.getPixelBounds().min ?? { x: 0, y: 0 };
    return [x + min.x, y + min.y];
  }
}
