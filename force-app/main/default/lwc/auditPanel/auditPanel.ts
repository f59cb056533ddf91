import { LightningElement, api } from 'lwc';
import { count, download, hours, moment, OCTETS, percent, poll, post, reduceErrors, usd } from 'c/bailiwick';
import type { AskedAudit, MapAudit, Problem } from 'c/bailiwick';

type Basis = 'plan' | 'owners';
const BASES: readonly { value: Basis; label: string; hint: string }[] = [
  { value: 'plan', label: 'The live plan', hint: 'Territories as the plan has them' },
  { value: 'owners', label: 'Owners of accounts', hint: 'The map that account owners in Salesforce make' },
];
const WORDS: Readonly<Record<string, string>> = { workloadHours: 'Hours', potentialUsd: 'Market potential' };

/** How good today's map is on one page: fairness, what is uncovered, what a good plan with the same seats would gain. */
export default class AuditPanel extends LightningElement {
  private basis: Basis = 'plan';
  private share = 0;
  private audit: MapAudit | null = null;
  private problem: Problem | null = null;
  private said = '';
  private planIdShown = '';
  private turn = 0;

  readonly bases = BASES;

  @api get planId(): string {
    return this.planIdShown;
  }
  set planId(id: string) {
    if (id === this.planIdShown) return;
    this.planIdShown = id;
    void this.load();
  }

  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.audit === null && this.problem === null;
  }
  get progressValue(): number {
    return Math.round(this.share * 100);
  }
  get progressText(): string {
    return `${percent(this.share)} · pockets first, then a good plan is computed to compare with`;
  }
  get sentence(): string {
    if (!this.audit) return '';
    const { today, best, uncoveredUsd } = this.audit;
    const now = today.fairness[0]?.onTarget ?? 0;
    const then = best?.figures.fairness[0]?.onTarget;
    const gain = then === undefined ? '' : `; a good plan with the same seats has ${then}`;
    return `${now} of ${today.territories} territories are on target in hours${gain}. ${usd(uncoveredUsd)} a year is worked by nobody.`;
  }
  get rows() {
    if (!this.audit) return [];
    const { today, best } = this.audit;
    const fair = today.fairness.flatMap(({ measure, tolerance, onTarget, worst, variation }, k) => {
      const then = best?.figures.fairness[k];
      const name = WORDS[measure] ?? measure;
      return [
        row(`${name}: on target, ±${percent(tolerance)}`, count(onTarget), then && count(then.onTarget)),
        row(`${name}: farthest off`, signed(worst), then && signed(then.worst)),
        row(`${name}: variation`, percent(variation), then && percent(then.variation)),
      ];
    });
    const over = row(
      'Overloaded, over 115 %',
      count(today.bands.overloaded),
      best && count(best.figures.bands.overloaded),
    );
    const idle = row(
      'Under-used, under 70 %',
      count(today.bands['under-used']),
      best && count(best.figures.bands['under-used']),
    );
    return [...fair, over, idle, row('On the road', hours(today.travelHours), best && hours(best.figures.travelHours))];
  }
  get gainText(): string {
    const { best, impossible } = this.audit ?? {};
    if (best)
      return `The good plan moves ${count(best.zips)} ZIPs, ${percent(best.accountsShare)} of accounts and ${percent(best.salesShare)} of sales.`;
    return impossible ? `No plan was computed: ${impossible}` : '';
  }
  get uncovered() {
    if (!this.audit) return [];
    const { withoutOwner, uncoveredUsd, demandUsd, pockets, furtherPockets } = this.audit;
    return [
      `In no territory: ${usd(withoutOwner.potentialUsd)} of market potential in ${count(withoutOwner.units)} ZIPs.`,
      `Worked by nobody: ${usd(uncoveredUsd)} of ${usd(demandUsd)}.`,
      ...pockets.map(
        ({ place, opportunityUsd, workloadHours, fte }) =>
          `${place}: ${usd(opportunityUsd)}, ${hours(workloadHours)} (${fte.toFixed(2)} of a full-time rep).`,
      ),
      ...(furtherPockets > 0 ? [`And ${count(furtherPockets)} smaller pockets: see White space.`] : []),
    ].map((text) => ({ text }));
  }
  get merges() {
    return (this.audit?.merges ?? []).map(({ a, b, share }) => ({
      key: `${a} ${b}`,
      text: `${a} and ${b} together fill ${percent(share)} of one rep’s hours: they could be one.`,
    }));
  }
  get hasMerges(): boolean {
    return this.merges.length > 0;
  }
  get sourceText(): string {
    if (!this.audit) return '';
    const { source, at, travel } = this.audit;
    const driven = `Travel is estimated; against day tours in ${count(travel.checked)} territories it is off by ${percent(travel.median)} in the middle and ${percent(travel.p90)} in 9 of 10.`;
    return `${driven} ${source.label}, ${source.period}. Computed ${moment(at)}.`;
  }

  private pickBasis(event: CustomEvent<Basis>): void {
    this.basis = event.detail;
    void this.load();
  }

  private async print(): Promise<void> {
    const { key = '', planName = '' } = this.audit ?? {};
    this.said = '';
    try {
      await download(`/insights/${this.planIdShown}/audit.pdf?audit=${key}`, `${planName} audit.pdf`, OCTETS);
      this.said = 'The page is saved: print it from there.';
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private async load(): Promise<void> {
    const turn = ++this.turn;
    [this.audit, this.problem, this.share, this.said] = [null, null, 0, ''];
    if (!this.planIdShown) return;
    try {
      await poll(() => post<AskedAudit>(`/insights/${this.planIdShown}/audit`, { basis: this.basis }), {
        isFinal: ({ state }) => state === 'done',
        isWanted: () => turn === this.turn,
        seen: ({ share, audit }) => {
          [this.share, this.audit] = [share, audit];
        },
      });
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }
}

const row = (label: string, now: string, then: string | null | undefined) => ({ label, now, then: then ?? '—' });
const signed = (deviation: number): string => `${deviation >= 0 ? '+' : '−'}${percent(Math.abs(deviation))}`;
