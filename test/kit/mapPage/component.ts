import type { BailiwickMap } from '../../../force-app/map/main.ts';
import type { DraftData, Standing } from '../../../force-app/map/draft.ts';
import type { GeographyInfo } from '../../../force-app/map/geographyData.ts';
import type { MapView } from '../../../force-app/map/mapView.ts';
import type { Paint } from '../../../force-app/map/paint.ts';
import type { Place } from '../../../force-app/map/places.ts';
import type { PointSet } from '../../../force-app/map/pointLayers.ts';

/** Plays the Lightning component on whichever side of the membrane the map runs. Text goes over it, nothing else. */
declare const bailiwickMap: BailiwickMap;
declare const expose: (run: (name: string, argument: string) => Promise<string>) => void;

/** What the bench's server made up. */
export interface Market {
  readonly info: GeographyInfo;
  readonly draft: DraftData;
  readonly places: readonly Place[];
  readonly points: readonly PointSet[];
  readonly names: readonly string[];
}

let view: MapView;
let market: Market;
let paint: Paint;
let standings: Standing[] = [];
let settle: (() => void) | undefined;
let drawn = 0;

const settled = () => new Promise<void>((resolve) => (settle = resolve));
const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

const commands: Record<string, (argument: never) => unknown> = {
  async open() {
    market = JSON.parse(await (await fetch('/market.json')).text()) as Market;
    const data = await bailiwickMap.loadGeography('', market.info);
    const done = settled();
    let draft: ReturnType<BailiwickMap['createDraft']> | undefined;
    view = bailiwickMap.createMap(document.querySelector('#map')!, data, {
      describe: (unit) => ({ title: data.units.ids[unit] ?? '', lines: [data.units.names[unit] ?? ''] }),
      picked: () => undefined,
      legend: () => undefined,
      settled: () => settle?.(),
      drawn: ({ units, phase }) => {
        draft ??= bailiwickMap.createDraft(market.draft, data);
        const moves = phase === 'drag' ? draft.movesTo(0, units) : [];
        standings = draft.preview(moves);
        drawn = Math.max(drawn, units.length);
        const touched = moves.map(({ unit }) => unit);
        view.setOwners(bailiwickMap.core.apply(draft.owners, moves), touched, [...units]);
      },
    });
    const { owners, seats } = market.draft;
    const { core } = bailiwickMap;
    const colors = core.territoryColors(core.touchingTerritories(owners, seats.length, data.units.neighbors));
    const { potentialUsd } = market.draft.inputs;
    paint = { colorBy: 'territory', owners, colors, demand: { values: potentialUsd, suppressed: [], noData: [] } };
    view.setPaint(paint);
    const units = core.unitsByTerritory(owners, seats.length);
    view.setNames(market.names.map((text, i) => ({ text, units: units[i] ?? [] })));
    view.setPlaces(market.places);
    view.setPoints(market.points);
    await done;
    await frame();
  },
  async look({ lat, lon, zoom }: { lat: number; lon: number; zoom: number }) {
    const { leaflet } = view;
    const isThere = leaflet.getZoom() === zoom && leaflet.getCenter().distanceTo([lat, lon]) < 1;
    const done = isThere ? null : settled();
    leaflet.setView([lat, lon], zoom, { animate: false });
    await done;
  },
  color(colorBy: Paint['colorBy']) {
    view.setPaint({ ...paint, colorBy });
  },
  tool(tool: 'pan' | 'lasso') {
    drawn = 0;
    view.setTool(tool);
    if (tool === 'lasso') view.setOwners(market.draft.owners, [], []);
  },
  /** After a drag new tiles come in; nothing to wait for is fine too. */
  async still() {
    const isLoading = () => (view as unknown as { tiles: { isLoading(): boolean } }).tiles.isLoading();
    while (isLoading()) await frame();
    await frame();
  },
  async refused() {
    const said = (work: () => unknown) => {
      try {
        work();
        return null;
      } catch (error) {
        return (error as Error).message;
      }
    };
    return {
      blob: said(() => new Blob(['a,b'], { type: 'text/csv' })),
      allowedBlob: said(() => new Blob(['a,b'], { type: 'application/octet-stream' })),
      fullscreen: said(() => document.body.requestFullscreen()),
    };
  },
  drawn: () => ({ units: drawn, bars: standings.length }),
};

expose(async (name, argument) => {
  const command = commands[name];
  if (!command) throw new Error(`No command is called ${name}.`);
  return JSON.stringify((await command(JSON.parse(argument) as never)) ?? null);
});
