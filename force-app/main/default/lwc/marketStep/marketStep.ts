import { LightningElement, api } from 'lwc';
import canOperate from '@salesforce/customPermission/Bailiwick_Operate';
import { count, day, filled, get, percent, poll, post, reduceErrors, sentence, usd } from 'c/bailiwick';
import type { Demand, Facets, ImportReport, Market, Markets, Place, Problem } from 'c/bailiwick';
import { texts } from './texts';

/** A CMS file names no families. */
const NO_FAMILY = texts.proceduresWithoutAFamily;

/** Market: demand alone, before any line is drawn. Every choice repaints the map at once. */
export default class MarketStep extends LightningElement {
  readonly texts = texts;
  @api openUpload = false;
  /** The team whose territories are compared from year to year. */
  @api teamId = '';

  private markets: Market[] = [];
  private marketId = '';
  private planMarketId = '';
  private facets: Facets = { specialties: [], codes: [], sites: [], periods: [], roles: [], laboratoryShare: 0 };
  private sites: string[] = [];
  private specialties: string[] = [];
  private families: string[] = [];
  private demand: Demand | null = null;
  private problem: Problem | null = null;
  private isEditing = false;
  private query = '';
  private asked = 0;
  private share: number | null = null;
  private places: Place[] = [];
  private change: (number | null)[] | null = null;

  connectedCallback(): void {
    void this.load();
  }

  renderedCallback(): void {
    if (!this.openUpload || this.hasScrolled || this.demand === null) return;
    this.hasScrolled = true;
    this.template?.querySelector('.upload')?.scrollIntoView?.({ block: 'start' });
  }
  private hasScrolled = false;

  get marketOptions() {
    return this.markets.map(({ id, name }) => ({ label: name, value: id }));
  }
  /** What demand can be narrowed by; a list without an entry is left out. */
  get facetLists() {
    const { sites, codes, specialties } = this.facets;
    const families = new Map<string, number>();
    // families by name: a bare code says nothing
    for (const { family, procedures } of codes) families.set(family, (families.get(family) ?? 0) + procedures);
    const option = (value: string, name: string, procedures: number) => ({
      value,
      label: `${name} · ${count(procedures)}`,
    });
    return [
      {
        name: 'sites',
        label: texts.sitesOfCareProcedures,
        options: sites.map(({ code, name, procedures }) => option(code, name, procedures)),
        value: this.sites,
      },
      {
        name: 'families',
        label: texts.procedureFamiliesNoneTickedAll,
        options: [...families].map(([family, procedures]) => option(family, family || NO_FAMILY, procedures)),
        value: this.families,
      },
      {
        name: 'specialties',
        label: texts.specialtiesNoneTickedAll,
        options: specialties.map(({ name, procedures }) => option(name, name, procedures)),
        value: this.specialties,
      },
    ].filter(({ options }) => options.length > 0);
  }
  get total() {
    if (!this.demand) return null;
    const { total, source } = this.demand;
    const { low, high } = total.interval;
    return {
      potential: usd(total.opportunityUsd),
      // Nothing is uncertain about nothing: then the way to a value is what helps.
      between:
        total.opportunityUsd > 0
          ? filled(texts.betweenAndWhatIsEstimatedAndHow, usd(low), usd(high))
          : texts.noDollarsYetTheFileNamesNoneGive,
      volumes: filled(texts.proceduresAndProviders, count(total.procedures), count(total.providers)),
      suppressed: filled(texts.ofItIsEstimated, percent(total.suppressedShare)),
      source: filled(texts.imported, source.label, source.period, day(source.importedAt)),
      corrected: this.demand.corrected ?? '',
      formula: sentence(source.formula),
    };
  }
  /** What counts and stands nowhere on this map is said, by its reason. */
  get remainder() {
    return (this.demand?.total.remainder ?? [])
      .filter(({ procedures, opportunityUsd }) => procedures > 0 || opportunityUsd > 0)
      .map(({ reason, procedures, opportunityUsd }) => ({
        reason,
        text: filled(texts.proceduresAreNotOnThisMap, count(procedures), usd(opportunityUsd), reason),
      }));
  }
  get hasRemainder(): boolean {
    return this.remainder.length > 0;
  }
  get market(): Market | null {
    return this.markets.find(({ id }) => id === this.marketId) ?? null;
  }
  get periods(): string[] {
    return this.facets.periods.map(({ period }) => period);
  }
  get canEdit(): boolean {
    return this.canLoad && this.market !== null && !this.isEditing;
  }
  get canLoad(): boolean {
    return canOperate === true;
  }
  /** Big files are added up for seconds: with a number, and without a word where it is done at once. */
  get waitingText(): string {
    if (this.share !== null) return filled(texts.addingUpClaims, percent(this.share));
    return !this.demand && !this.problem ? texts.addingUpClaims2 : '';
  }

  private async load(): Promise<void> {
    await this.guarded(async () => {
      const { markets, planMarketId } = await get<Markets>('/markets');
      this.markets = markets;
      this.planMarketId = planMarketId ?? '';
      await this.openMarket(this.marketId || this.planMarketId);
    });
  }

  private async openMarket(id: string): Promise<void> {
    if (!id) throw new Error(texts.thereIsNoMarketYetLoadAClaimsFile);
    this.marketId = id;
    this.facets = await get<Facets>(`/markets/${id}/facets`);
    const market = this.markets.find((one) => one.id === id);
    const known = this.facets.sites.map(({ code }) => code);
    this.sites = market?.sites.length ? known.filter((code) => market.sites.includes(code)) : known;
    this.specialties = [];
    this.families = [];
    await this.ask();
  }

  /** Only the newest question is answered on the map. */
  private async ask(): Promise<void> {
    const turn = ++this.asked;
    const codes = this.facets.codes.filter(({ family }) => this.families.includes(family)).map(({ code }) => code);
    const query = new URLSearchParams({ market: this.marketId, by: 'zip' });
    if (this.sites.length > 0 && this.sites.length < this.facets.sites.length) query.set('sites', this.sites.join(','));
    if (this.specialties.length > 0) query.set('specialties', this.specialties.join(','));
    if (codes.length > 0) query.set('codes', codes.join(','));
    const [demand, { places }] = await this.watched(
      Promise.all([get<Demand>(`/demand?${query}`), get<{ places: Place[] }>(`/demand/places?${query}`)]),
    );
    if (turn !== this.asked) return;
    [this.demand, this.places, this.query] = [demand, places, query.toString()];
    this.say();
  }

  /** Shows how far the service is until it answers. */
  private async watched<T>(answer: Promise<T>): Promise<T> {
    const path = `/demand/progress?market=${this.marketId}`;
    let isThere = false;
    const seen = ({ share }: { share: number | null }) => void (this.share = share);
    const isWanted = () => !isThere;
    poll(() => get<{ share: number | null }>(path), { isFinal: () => false, isWanted, seen }).catch(() => null);
    try {
      return await answer;
    } finally {
      [isThere, this.share] = [true, null];
    }
  }

  private say(): void {
    if (!this.demand) return;
    const demand = { ...this.demand, change: this.change };
    this.dispatchEvent(new CustomEvent('demand', { detail: { demand, places: this.places } }));
  }
  private takeChange(event: CustomEvent<(number | null)[] | null>): void {
    this.change = event.detail;
    this.say();
  }

  private edit(): void {
    this.isEditing = true;
  }
  private closeEditor(): void {
    this.isEditing = false;
  }
  /** A saved market, new or changed, is the one that is shown. */
  private async takeSaved(event: CustomEvent<Market>): Promise<void> {
    const saved = event.detail;
    const others = this.markets.filter(({ id }) => id !== saved.id);
    this.markets = [...others, saved];
    await this.guarded(() => this.openMarket(saved.id));
    if (saved.id === this.planMarketId) this.sayFigures();
  }
  private takePlanned(event: CustomEvent<string>): void {
    this.planMarketId = event.detail;
    this.sayFigures();
  }
  /** What plans count has changed: whoever shows them reads them anew. */
  private sayFigures(): void {
    this.dispatchEvent(new CustomEvent('figures'));
  }

  private pickMarket(event: CustomEvent<{ value: string }>): void {
    void this.guarded(() => this.openMarket(event.detail.value));
  }
  private pickFacet(event: CustomEvent<{ value: string[] }>): void {
    const { facet } = (event.currentTarget as HTMLElement).dataset;
    if (facet === 'sites' || facet === 'families' || facet === 'specialties') this[facet] = event.detail.value;
    void this.guarded(() => this.ask());
  }

  /** Markets of the file's layout may count it now, or the first one was made of it. */
  private takeImport(): void {
    void this.load().then(() => this.sayFigures());
  }

  /** A market of everything in the loaded file, so that its demand can be looked at. */
  private async showFile(event: CustomEvent<ImportReport>): Promise<void> {
    const { id, file } = event.detail;
    await this.guarded(async () => {
      const preset = await get<object>(`/markets/preset?preset=medtech&snapshot=${id}`);
      const name = file.replace(/\.(csv|txt|tsv|zip|parquet)?(\.gz)?$/i, '');
      const market = await post<Market>('/markets', { ...preset, name });
      this.markets = [...this.markets, market];
      await this.openMarket(market.id);
      this.template?.querySelector('.step')?.scrollTo?.({ top: 0 });
    });
  }

  private next(): void {
    this.dispatchEvent(new CustomEvent('next'));
  }
  private retry(): void {
    void this.load();
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
}
