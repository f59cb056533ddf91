import { LightningElement, api } from 'lwc';
import formFactor from '@salesforce/client/formFactor';
import { loadMap, reduceErrors } from 'c/bailiwick';
import type {
  Card,
  GeographyInfo,
  LayerChoice,
  LayerOptions,
  LegendEntry,
  MapPlace,
  MapPocket,
  OpenedMap,
  Paint,
  Problem,
} from 'c/bailiwick';
import { findPlaces } from './finder';
import { firstChoice } from './firstChoice';
import { LayerKeeper, NO_LAYERS } from './layerKeeper';
import { legendRow, type LegendRow } from './legendRows';
import { boxesOver } from './covers';
import { pictureWords } from './pictureWords';
import { texts } from './texts';

const NOTHING: LayerOptions = { hasPlan: false, hasDeviation: false, hasPin: false, hasPockets: false, homes: [] };
/** How near a single ZIP is looked at, and how much is left free around many. */
const [NEAR_ZOOM, ROOM] = [10, 0.15];

/** The map with its legend and its tools. Vectors come in by method, never as properties: a property would wrap every value. */
export default class TerritoryMap extends LightningElement {
  readonly texts = texts;
  @api label = texts.mapOfTerritories;
  /** Which tools lie over the map: any of search, layers, save. */
  @api tools = 'search layers save';
  /** What units are coloured by at first: a measure of the layer panel, or "territory". */
  @api measure = 'territory';
  /** Layers shown at first: any of circles, physicians, facilities, homes. */
  @api layers = '';

  /** White space and suggested areas to outline; a click on a label says `pocketpick` with its id. */
  @api
  get pockets(): readonly MapPocket[] {
    return this.outlined;
  }
  set pockets(pockets: readonly MapPocket[]) {
    this.outlined = pockets ?? [];
    this.takePockets();
  }

  private outlined: readonly MapPocket[] = [];
  private legend: LegendRow[] = [];
  private problem: Problem | null = null;
  /** On a phone the map needs the room. */
  private isLegendOpen = formFactor !== 'Small';
  private isLoading = true;
  private isLayering = false;
  private layerProblem = '';
  private choice = NO_LAYERS;
  private options = NOTHING;
  private opened: OpenedMap | null = null;
  private keeper: LayerKeeper | null = null;
  private paint: Paint | null = null;
  private describe: (unit: number) => Card | null = () => null;

  /** Loads the map for a geography; answers what the caller needs to colour it, or null where it is gone or broken. */
  @api
  async open(serviceUrl: string, info: GeographyInfo): Promise<OpenedMap | null> {
    this.problem = null;
    this.isLoading = true;
    try {
      const map = await loadMap(this);
      const data = await map.loadGeography(serviceUrl, info);
      const container = this.template?.querySelector<HTMLElement>('.map');
      if (!this.isConnected || !container) return null;
      this.opened?.view.destroy();
      const view = map.createMap(container, data, this.events());
      this.opened = { map, data, view };
      this.keeper = new LayerKeeper(this.opened);
      if (this.outlined.length > 0) this.takePockets();
      return this.opened;
    } catch (error) {
      this.problem = reduceErrors(error);
      return null;
    } finally {
      this.isLoading = false;
    }
  }

  /** What the card beside the pointer says. */
  @api
  setDescribe(describe: (unit: number) => Card | null): void {
    this.describe = describe;
  }

  /** What lies over the map has grown or closed: names step aside. */
  renderedCallback(): void {
    const size = this.coverBoxes().join(' ');
    if (size === this.coverSize) return;
    this.coverSize = size;
    this.opened?.view.coverChanged();
  }
  private coverSize = '';

  disconnectedCallback(): void {
    this.opened?.view.destroy();
    this.opened = null;
  }

  get legendLook(): string {
    return this.isLegendOpen ? 'legend' : 'legend legend-closed';
  }
  get legendButton(): string {
    return this.isLegendOpen ? texts.hideLegend : texts.legend;
  }
  get legendExpanded(): string {
    return String(this.isLegendOpen);
  }
  get has() {
    const isReady = !this.isLoading && !this.problem;
    const tool = (name: string) => isReady && this.tools.split(' ').includes(name);
    const [search, layers, save] = [tool('search'), tool('layers'), tool('save')];
    return { search, layers, save, bar: search || layers || save, legend: this.legend.length > 0 };
  }

  private coverBoxes() {
    const box = (part: string) => this.template?.querySelector(part)?.getBoundingClientRect();
    return boxesOver(box('.map'), [box('.legend'), box('.bar')]);
  }

  private toggleLegend(): void {
    this.isLegendOpen = !this.isLegendOpen;
  }
  private takePockets(): void {
    this.keeper?.setPockets(this.outlined);
    this.options = this.keeper?.options() ?? NOTHING;
  }
  private retry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
  private takeProblem(event: CustomEvent<unknown>): void {
    this.layerProblem = reduceErrors(event.detail).message;
  }

  private async takeLayers({ detail }: CustomEvent<LayerChoice | null>): Promise<void> {
    this.choice = detail ?? NO_LAYERS;
    await this.layering((keeper) => keeper.apply(this.choice));
  }

  private async layering(work: (keeper: LayerKeeper) => Promise<void>): Promise<void> {
    if (!this.keeper) return;
    this.layerProblem = '';
    this.isLayering = true;
    try {
      await work(this.keeper);
    } catch (error) {
      this.layerProblem = reduceErrors(error).message;
    }
    this.isLayering = false;
  }

  readonly find = async (text: string): Promise<MapPlace[]> => {
    const { opened, paint } = this;
    return opened ? findPlaces(text, opened.data, { plan: paint?.plan, owners: paint?.owners ?? [] }) : [];
  };

  /** A single ZIP gets the pin; many are shown whole. */
  private go({ detail }: CustomEvent<MapPlace>): void {
    const { opened, keeper } = this;
    const [unit] = detail.units;
    if (!opened || !keeper || unit === undefined) return;
    const { lat, lon } = opened.data.units;
    const place = { lat: lat[unit] ?? 0, lon: lon[unit] ?? 0 };
    if (detail.kind === 'Rep') this.dispatchEvent(new CustomEvent('unitpick', { detail: unit }));
    if (detail.units.length > 1) return opened.view.fitUnits(detail.units, ROOM);
    opened.view.lookAt(place, NEAR_ZOOM);
    opened.view.setMarker(place);
    keeper.pin = { ...place, name: detail.label };
    this.options = keeper.options();
  }

  readonly make = async () => {
    const { opened, keeper } = this;
    if (!opened || !keeper) throw new Error(texts.theMapIsNotThereYet);
    const words = await pictureWords(opened, keeper, this.label);
    return { canvas: opened.view.picture(words), words };
  };

  private events() {
    const tell = (name: string, detail?: unknown) => this.dispatchEvent(new CustomEvent(name, { detail }));
    return {
      describe: (unit: number) => this.describe(unit),
      picked: (unit: number) => tell('unitpick', unit),
      pocketPicked: (id: string) => tell('pocketpick', id),
      drawn: (drawn: unknown) => tell('draw', drawn),
      legend: (entries: LegendEntry[]) => {
        this.legend = entries.map(legendRow);
      },
      covered: () => this.coverBoxes(),
      settled: () => tell('settled'),
      painted: (paint: Paint) => {
        const isFirst = this.paint === null;
        if (isFirst) this.choice = firstChoice(this.measure, this.layers);
        void this.layering(async (keeper) => {
          await keeper.follow(paint);
          if (isFirst) await keeper.apply(this.choice);
        });
        this.paint = paint;
        this.options = this.keeper?.options() ?? NOTHING;
      },
    };
  }
}
