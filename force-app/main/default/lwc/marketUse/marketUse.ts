import { LightningElement, api } from 'lwc';
import { filled, percent, post, putJson, reduceErrors } from 'c/bailiwick';
import type { Facets, Market, MarketBody, MarketRole, Markets } from 'c/bailiwick';
import { texts } from './texts';

/** From here on laboratories make a map of tests useless: the service warns from the same share on. */
const MOST_LABORATORIES = 0.5;

const COUNTED: Readonly<Record<MarketRole, string>> = {
  facility: texts.countedWhereTheyArePerformed,
  location: texts.countedWhereTheCareWasGiven,
  performing: texts.countedWithWhoPerformsThem,
  ordering: texts.countedWithWhoOrdersThem,
  billing: texts.countedWithWhoBillsThem,
};

/** Whose volume the market counts, switched by one button where laboratories hold it, and whether plans count under it. */
export default class MarketUse extends LightningElement {
  readonly texts = texts;
  @api market: Market | null = null;
  @api markets: Market[] = [];
  @api facets: Facets | null = null;
  @api planMarketId = '';
  /** Only who loads claims may change what counts. */
  @api canEdit = false;

  private isBusy = false;
  private problem = '';

  get isLabs(): boolean {
    return (this.facets?.laboratoryShare ?? 0) > MOST_LABORATORIES;
  }
  get isOrdering(): boolean {
    return this.market?.role === 'ordering';
  }
  get warning(): string {
    if (!this.isLabs || this.isOrdering) return '';
    return filled(texts.laboratoriesHoldOfTheServices, percent(this.facets?.laboratoryShare ?? 0));
  }
  get countsText(): string {
    if (!this.market) return '';
    const cases = this.market.preset === 'diagnostics' ? ` ${texts.noCaseHours}` : '';
    return COUNTED[this.market.role] + cases;
  }
  /** Empty where there is nothing to switch to. */
  get switchLabel(): string {
    const roles = this.facets?.roles ?? [];
    if (!this.canEdit || !this.isLabs || !roles.includes('ordering') || roles.length < 2) return '';
    return this.isOrdering ? texts.countWhereTheyArePerformed : texts.countWithWhoOrdersThem;
  }
  get isPlanMarket(): boolean {
    return this.market !== null && this.market.id === this.planMarketId;
  }
  get canChoose(): boolean {
    return this.canEdit && this.market !== null && !this.isPlanMarket;
  }
  get planText(): string {
    return filled(texts.todayTheyCountUnder, this.planName);
  }
  get planName(): string {
    return this.markets.find(({ id }) => id === this.planMarketId)?.name ?? '';
  }

  private switchRole(): void {
    const { market, facets } = this;
    if (!market || !facets) return;
    const performed = facets.roles.find((role) => role === 'facility' || role === 'performing') ?? 'performing';
    void this.guarded(async () => {
      const { snapshotId: _, ...body } = market;
      // tests have no cases in an operating room, whoever counts
      const changed: MarketBody = { ...body, role: this.isOrdering ? performed : 'ordering', preset: 'diagnostics' };
      const saved = await putJson<Market>(`/markets/${market.id}`, changed);
      this.dispatchEvent(new CustomEvent('saved', { detail: saved }));
    });
  }

  private choose(): void {
    void this.guarded(async () => {
      const { planMarketId } = await post<Markets>(`/markets/${this.market?.id}/plan`);
      this.dispatchEvent(new CustomEvent('planned', { detail: planMarketId }));
    });
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    [this.isBusy, this.problem] = [true, ''];
    try {
      await work();
    } catch (error) {
      const { message, action } = reduceErrors(error);
      this.problem = `${message} ${action}`;
    }
    this.isBusy = false;
  }
}
