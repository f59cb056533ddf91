import { LightningElement, api } from 'lwc';
import formFactor from '@salesforce/client/formFactor';
import { loadMap, reduceErrors } from 'c/bailiwick';
import type { BailiwickMap, Card, GeographyData, GeographyInfo, LegendEntry, MapView, Problem } from 'c/bailiwick';

interface LegendRow {
  key: string;
  label: string;
  look: string;
  style: string;
}

/** The map and its legend. Vectors come in by method, never as properties: a property would wrap every value. */
export default class TerritoryMap extends LightningElement {
  @api label = 'Map of territories';

  private legend: LegendRow[] = [];
  private problem: Problem | null = null;
  /** On a phone the map needs the room. */
  private isLegendOpen = formFactor !== 'Small';
  private isLoading = true;
  private view: MapView | null = null;
  private describe: (unit: number) => Card | null = () => null;

  /** Loads the map for a geography; answers what the caller needs to colour it, or null where it is gone or broken. */
  @api
  async open(
    serviceUrl: string,
    info: GeographyInfo,
  ): Promise<{ map: BailiwickMap; data: GeographyData; view: MapView } | null> {
    this.problem = null;
    this.isLoading = true;
    try {
      const map = await loadMap(this);
      const data = await map.loadGeography(serviceUrl, info);
      const container = this.template?.querySelector<HTMLElement>('.map');
      if (!this.isConnected || !container) return null;
      this.view?.destroy();
      this.view = map.createMap(container, data, this.events());
      return { map, data, view: this.view };
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

  /** The legend has grown or closed: names step aside. */
  renderedCallback(): void {
    const size = this.legendBoxes().join(' ');
    if (size === this.legendSize) return;
    this.legendSize = size;
    this.view?.coverChanged();
  }
  private legendSize = '';

  disconnectedCallback(): void {
    this.view?.destroy();
    this.view = null;
  }

  get legendLook(): string {
    return this.isLegendOpen ? 'legend' : 'legend legend-closed';
  }

  get legendButton(): string {
    return this.isLegendOpen ? 'Hide legend' : 'Legend';
  }

  get legendExpanded(): string {
    return String(this.isLegendOpen);
  }

  get hasLegend(): boolean {
    return this.legend.length > 0;
  }

  private legendBoxes(): (readonly [number, number, number, number])[] {
    const [legend, map] = ['.legend', '.map'].map((part) =>
      this.template?.querySelector(part)?.getBoundingClientRect(),
    );
    if (!legend || !map) return [];
    return [[legend.left - map.left, legend.top - map.top, legend.right - map.left, legend.bottom - map.top]];
  }

  private toggleLegend(): void {
    this.isLegendOpen = !this.isLegendOpen;
  }

  private retry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }

  private events() {
    const tell = (name: string, detail?: unknown) => this.dispatchEvent(new CustomEvent(name, { detail }));
    return {
      describe: (unit: number) => this.describe(unit),
      picked: (unit: number) => tell('unitpick', unit),
      drawn: (drawn: unknown) => tell('draw', drawn),
      legend: (entries: LegendEntry[]) => {
        this.legend = entries.map(legendRow);
      },
      covered: () => this.legendBoxes(),
      settled: () => tell('settled'),
    };
  }
}

function legendRow({ kind, label, color, pattern, size = 0 }: LegendEntry, i: number): LegendRow {
  const key = `${i}-${label}`;
  if (kind === 'circle') {
    const pixels = `${Math.max(4, Math.round(size))}px`;
    return { key, label, look: 'swatch circle', style: `width:${pixels};height:${pixels};background:${color}` };
  }
  if (kind === 'line') return { key, label, look: `swatch line line-${pattern}`, style: `border-color:${color}` };
  return { key, label, look: `swatch fill fill-${pattern}`, style: `background-color:${color}` };
}
