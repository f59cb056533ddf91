import { filled, get } from 'c/bailiwick';
import type {
  Demand,
  Inputs,
  LayerChoice,
  LayerOptions,
  MapPocket,
  MeasurePaint,
  OpenedMap,
  Paint,
  PointSet,
} from 'c/bailiwick';
import { texts } from './texts';

/** Everything off: the map as the page paints it. */
export const NO_LAYERS: LayerChoice = {
  color: '',
  method: 'quantile',
  breaks: [],
  counties: true,
  circles: true,
  physicians: false,
  facilities: false,
  homes: false,
  pockets: true,
  rings: '',
};

interface Pin {
  lat: number;
  lon: number;
  name: string;
}
interface Vectors {
  names: string[];
  notes: string[];
  lat: number[];
  lon: number[];
}
type Key = 'potentialUsd' | 'salesUsd' | 'headroomUsd' | 'procedures' | 'providers' | 'accounts';

/** What units can be coloured by, beside the territory's distance from its target. */
const MEASURES: Readonly<Record<Key, Pick<MeasurePaint, 'label' | 'unit' | 'noun' | 'isAdditive'>>> = {
  potentialUsd: { label: texts.marketPotential, unit: 'usd' },
  salesUsd: { label: texts.currentSales, unit: 'usd' },
  headroomUsd: { label: texts.headroom, unit: 'usd' },
  procedures: { label: texts.procedures, unit: 'count', noun: 'procedures' },
  providers: { label: texts.providers, unit: 'count', noun: 'providers', isAdditive: false },
  accounts: { label: texts.accounts, unit: 'count', noun: 'accounts' },
};
/** Claims say where these are unknown or partly estimated. */
const FROM_CLAIMS: readonly string[] = ['potentialUsd', 'headroomUsd', 'procedures', 'providers'];
const MINUTES = [30, 60, 90];

/** Fetches what the chosen layers need, once, and lays it over the map. The service decides what this user gets. */
export class LayerKeeper {
  pin: Pin | null = null;
  private pockets: readonly MapPocket[] = [];
  private readonly opened: OpenedMap;
  private paint: Paint | null = null;
  private choice = NO_LAYERS;
  private readonly kept = new Map<string, Promise<unknown>>();

  constructor(opened: OpenedMap) {
    this.opened = opened;
  }

  /** Where figures come from, for the line below a picture. */
  async source(): Promise<string> {
    const { plan } = this.paint ?? {};
    if (!plan) return '';
    const { source } = await this.inputs(plan.id);
    return `${source.label}, ${source.period}`;
  }

  get planName(): string {
    return this.paint?.plan?.name ?? '';
  }

  options(): LayerOptions {
    const { plan, deviation } = this.paint ?? {};
    const homes = (plan?.territories ?? []).flatMap((territory, i) =>
      territory?.home ? [{ label: `${territory.repName ?? texts.noRep} · ${territory.name}`, value: String(i) }] : [],
    );
    return {
      hasPlan: plan !== undefined,
      hasDeviation: deviation !== undefined,
      hasPin: this.pin !== null,
      hasPockets: this.pockets.length > 0,
      homes,
    };
  }

  /** What the page wants outlined; seen unless it was switched off. */
  setPockets(pockets: readonly MapPocket[]): void {
    this.pockets = pockets;
    this.outline(this.choice);
  }

  private outline({ pockets }: LayerChoice): void {
    this.opened.view.setPockets(pockets ? this.pockets : []);
  }

  /** The page has painted anew: what is worked out from owners follows. */
  async follow(paint: Paint): Promise<void> {
    const isOther = paint.plan?.id !== this.paint?.plan?.id;
    const owners = this.paint?.owners;
    this.paint = paint;
    const isStale = isOther || (owners !== paint.owners && this.choice.color === 'workload');
    if (isStale && this.choice.color !== '') await this.color(this.choice);
    if (isOther && this.choice.homes) this.showPoints(await this.points(this.choice));
  }

  async apply(choice: LayerChoice): Promise<void> {
    const before = this.choice;
    this.choice = choice;
    const { view } = this.opened;
    const isColored = (['color', 'method', 'breaks'] as const).some((key) => before[key] !== choice[key]);
    if (isColored) await this.color(choice);
    if (before.counties !== choice.counties) view.setCountiesAfar(choice.counties);
    if (before.circles !== choice.circles) view.showPlaces(choice.circles);
    const hasPoints = (['physicians', 'facilities', 'homes'] as const).some((key) => before[key] !== choice[key]);
    if (hasPoints) this.showPoints(await this.points(choice));
    if (before.pockets !== choice.pockets) this.outline(choice);
    await this.ring(choice.rings);
  }

  private async color(choice: LayerChoice): Promise<void> {
    const { view } = this.opened;
    if (choice.color === '') return view.setMeasure(null);
    if (choice.color === 'workloadDeviation') return view.setDeviation('workload');
    if (choice.color === 'potentialDeviation') return view.setDeviation('potential');
    const measure = await this.measure(choice);
    // meanwhile something else may have been chosen
    if (measure && this.choice.color === choice.color) view.setMeasure(measure);
  }

  private async measure({ color, method, breaks }: LayerChoice): Promise<MeasurePaint | null> {
    const { plan, owners } = this.paint ?? {};
    if (!plan || !owners) return null;
    const { inputs, travel } = await this.inputs(plan.id);
    const classing = { method, breaks };
    const none = { suppressed: [], noData: [], classing };
    if (color === 'workload') {
      const { core } = this.opened.map;
      const hasHomes = plan.territories.some((territory) => territory?.home);
      const values = owners.map((owner, unit) => {
        if (inputs.callHours[unit] === null) return null;
        return core.unitWorkloadHours(inputs, unit, plan.territories[owner] ?? { home: null }, travel);
      });
      return { label: hasHomes ? texts.workload : texts.workloadWithoutTravel, unit: 'hours', values, ...none };
    }
    const key = color as Key;
    const flags = FROM_CLAIMS.includes(key) ? await this.demand(plan.marketId) : none;
    const { suppressed, noData } = flags;
    return { ...MEASURES[key], values: inputs[key], suppressed, noData, classing };
  }

  private async points({ physicians, facilities, homes }: LayerChoice): Promise<PointSet[]> {
    const sets: PointSet[] = [];
    if (physicians || facilities) {
      const answer = await this.once<{ physicians: Vectors; facilities: Vectors }>('/accounts/points');
      // the fewer lie above the many
      if (physicians) sets.push({ kind: 'physician', ...answer.physicians });
      if (facilities) sets.push({ kind: 'facility', ...answer.facilities });
    }
    const territories = (this.paint?.plan?.territories ?? []).filter((territory) => territory?.home);
    if (homes) {
      sets.push({
        kind: 'home',
        names: territories.map((territory) => territory?.repName ?? texts.noRep),
        notes: territories.map((territory) => territory?.name ?? ''),
        lat: territories.map((territory) => territory?.home?.lat ?? 0),
        lon: territories.map((territory) => territory?.home?.lon ?? 0),
      });
    }
    return sets;
  }

  private showPoints(sets: PointSet[]): void {
    this.opened.view.setPoints(sets);
  }

  private async ring(rings: string): Promise<void> {
    const { view } = this.opened;
    const place = this.ringPlace(rings);
    const { plan } = this.paint ?? {};
    if (!place || !plan) return view.setRings(null);
    const { travel } = await this.inputs(plan.id);
    view.setRings({ lat: place.lat, lon: place.lon, around: place.name, minutes: MINUTES, travel });
  }

  private ringPlace(rings: string): Pin | null {
    if (rings === '') return null;
    if (rings === 'pin') return this.pin;
    if (rings === 'middle') {
      const { lat, lng } = this.opened.view.leaflet.getCenter();
      return { lat, lon: lng, name: texts.theChosenPoint };
    }
    const territory = this.paint?.plan?.territories[Number(rings)];
    return territory?.home
      ? { ...territory.home, name: filled(texts.theHomeZipOf, territory.repName ?? texts.theVacancy) }
      : null;
  }

  private inputs(planId: string): Promise<Inputs> {
    return this.once<Inputs>(`/alignments/${planId}/inputs`);
  }
  private demand(marketId: string): Promise<Demand> {
    return this.once<Demand>(`/demand?market=${marketId}`);
  }

  /** Asked once; what failed is asked again. */
  private once<T>(path: string): Promise<T> {
    const known = this.kept.get(path) as Promise<T> | undefined;
    if (known) return known;
    const asked = get<T>(path);
    this.kept.set(path, asked);
    asked.catch(() => this.kept.delete(path));
    return asked;
  }
}
