import { LightningElement, api } from 'lwc';
import { count, download, filled, hours, moment, OCTETS, percent, poll, post, reduceErrors, usd } from 'c/bailiwick';
import type { AskedAudit, MapAudit, Problem } from 'c/bailiwick';
import { texts } from './texts';

type Basis = 'plan' | 'owners';
const BASES: readonly { value: Basis; label: string; hint: string }[] = [
  { value: 'plan', label: texts.theLivePlan, hint: texts.territoriesAsThePlanHasThem },
  { value: 'owners', label: texts.ownersOfAccounts, hint: texts.theMapThatAccountOwnersIn },
];
const WORDS: Readonly<Record<string, string>> = { workloadHours: texts.hours, potentialUsd: texts.marketPotential };

/** How good today's map is on one page: fairness, what is uncovered, what a good plan with the same seats would gain. */
export default class AuditPanel extends LightningElement {
  readonly texts = texts;
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
    return filled(texts.pocketsFirstThenAGoodPlanIs, percent(this.share));
  }
  get sentence(): string {
    if (!this.audit) return '';
    const { today, best, uncoveredUsd } = this.audit;
    const now = today.fairness[0]?.onTarget ?? 0;
    const then = best?.figures.fairness[0]?.onTarget;
    const gain = then === undefined ? '' : filled(texts.aGoodPlanWithTheSameSeatsHas, then);
    return filled(texts.ofTerritoriesAreOnTargetInHoursA, now, today.territories, gain, usd(uncoveredUsd));
  }
  get rows() {
    if (!this.audit) return [];
    const { today, best } = this.audit;
    const fair = today.fairness.flatMap(({ measure, tolerance, onTarget, worst, variation }, k) => {
      const then = best?.figures.fairness[k];
      const name = WORDS[measure] ?? measure;
      return [
        row(filled(texts.onTarget, name, percent(tolerance)), count(onTarget), then && count(then.onTarget)),
        row(filled(texts.farthestOff, name), signed(worst), then && signed(then.worst)),
        row(filled(texts.variation, name), percent(variation), then && percent(then.variation)),
      ];
    });
    const over = row(
      texts.overloadedOver115,
      count(today.bands.overloaded),
      best && count(best.figures.bands.overloaded),
    );
    const idle = row(
      texts.underUsedUnder70,
      count(today.bands['under-used']),
      best && count(best.figures.bands['under-used']),
    );
    return [
      ...fair,
      over,
      idle,
      row(texts.onTheRoad, hours(today.travelHours), best && hours(best.figures.travelHours)),
    ];
  }
  get gainText(): string {
    const { best, impossible } = this.audit ?? {};
    if (best)
      return filled(
        texts.theGoodPlanMovesZipsOfAccountsAnd,
        count(best.zips),
        percent(best.accountsShare),
        percent(best.salesShare),
      );
    return impossible ? filled(texts.noPlanWasComputed, impossible) : '';
  }
  get uncovered() {
    if (!this.audit) return [];
    const { withoutOwner, uncoveredUsd, demandUsd, pockets, furtherPockets } = this.audit;
    return [
      filled(texts.inNoTerritoryOfMarketPotentialIn, usd(withoutOwner.potentialUsd), count(withoutOwner.units)),
      filled(texts.workedByNobodyOf, usd(uncoveredUsd), usd(demandUsd)),
      ...pockets.map(({ place, opportunityUsd, workloadHours, fte }) =>
        filled(texts.ofAFullTimeRep, place, usd(opportunityUsd), hours(workloadHours), fte.toFixed(2)),
      ),
      ...(furtherPockets > 0 ? [filled(texts.andSmallerPocketsSeeWhiteSpace, count(furtherPockets))] : []),
    ].map((text) => ({ text }));
  }
  get merges() {
    return (this.audit?.merges ?? []).map(({ a, b, share }) => ({
      key: `${a} ${b}`,
      text: filled(texts.andTogetherFillOfOneRepsHoursThey, a, b, percent(share)),
    }));
  }
  get hasMerges(): boolean {
    return this.merges.length > 0;
  }
  get sourceText(): string {
    if (!this.audit) return '';
    const { source, at, travel } = this.audit;
    const driven = filled(
      texts.travelIsEstimatedAgainstDayToursIn,
      count(travel.checked),
      percent(travel.median),
      percent(travel.p90),
    );
    return filled(texts.computed, driven, source.label, source.period, moment(at));
  }

  private pickBasis(event: CustomEvent<Basis>): void {
    this.basis = event.detail;
    void this.load();
  }

  private async print(): Promise<void> {
    const { key = '', planName = '' } = this.audit ?? {};
    this.said = '';
    try {
      await download(`/insights/${this.planIdShown}/audit.pdf?audit=${key}`, filled(texts.auditPdf, planName), OCTETS);
      this.said = texts.thePageIsSavedPrintItFromThere;
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
