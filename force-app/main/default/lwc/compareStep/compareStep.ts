import { LightningElement, api } from 'lwc';
import { count, csvLine, filled, hours, percent, plural, points, saveText, usd } from 'c/bailiwick';
import type { Comparison, PlanSummary } from 'c/bailiwick';
import { texts } from './texts';

type Group = 'territory' | 'rep';
const GROUPS: readonly { value: Group; label: string }[] = [
  { value: 'territory', label: texts.byTerritory },
  { value: 'rep', label: texts.byRep },
];
interface Side {
  id: string;
  version: number | null;
}

/** Published range of what an account's sales lose when its rep changes. */
const LOSS = { low: 0.13, high: 0.18 };

/** Compare: the draft against today, or any two plans or versions, in figures; dashed lines on the map are the borders before. */
export default class CompareStep extends LightningElement {
  readonly texts = texts;
  @api comparison: Comparison | null = null;
  @api planName = '';
  @api planId = '';
  @api version = 0;
  @api canEdit = false;
  /** All plans of the team. */
  @api plans: PlanSummary[] = [];
  @api liveId = '';

  readonly groups = GROUPS;
  private group: Group = 'territory';
  /** Two others than the draft and today. */
  private others: { before: Side; after: Side } | null = null;

  /** A plan was opened from a text: the workbench shows it. */
  private passOn(event: CustomEvent<{ value: string }>): void {
    this.dispatchEvent(new CustomEvent('planopened', { detail: event.detail }));
  }

  get title(): string {
    if (!this.others) return filled(texts.againstToday, this.planName);
    const name = ({ id, version }: Side) =>
      `${this.plans.find((plan) => plan.id === id)?.name ?? ''}${version === null ? '' : filled(texts.version, version)}`;
    return filled(texts.against, name(this.others.after), name(this.others.before));
  }
  get sameText(): string {
    return this.others ? texts.bothHaveTheSameMap : texts.theDraftEqualsTodaysMapMoveSome;
  }
  get canChoose(): boolean {
    return this.canEdit && !this.others;
  }
  /** Sales and hours are those of the draft against today, not of two others. */
  get isOfDraft(): boolean {
    return this.others === null && this.planId !== '';
  }
  get cannotPublish(): boolean {
    return this.isSame || this.others !== null;
  }
  get hasRows(): boolean {
    return (this.comparison?.perTerritory.length ?? 0) > 0;
  }
  get byTerritory(): boolean {
    return this.group === 'territory';
  }

  get figures() {
    const c = this.comparison;
    if (!c) return [];
    return [
      {
        label: texts.territoriesOnTargetInHours,
        value: filled(texts.of, c.onTargetBefore, c.onTargetAfter, c.territories),
      },
      { label: texts.accountsChangingRep, value: `${count(c.accounts)} (${percent(c.accountsShare)})` },
      { label: texts.salesChangingRep, value: `${usd(c.salesUsd)} (${percent(c.salesShare)})` },
      {
        label: texts.salesAtRisk1318OfThose,
        value: `${usd(c.salesUsd * LOSS.low)} – ${usd(c.salesUsd * LOSS.high)}`,
      },
      { label: texts.marketPotentialChangingRep, value: usd(c.potentialUsd) },
      { label: texts.accountsThatGetARep, value: count(c.newlyCovered) },
      { label: texts.zipsMoved, value: count(c.units) },
    ];
  }
  get isSame(): boolean {
    const { units = 0, perTerritory = [] } = this.comparison ?? {};
    return units === 0 && perTerritory.length === 0;
  }
  get rows() {
    return (this.comparison?.perTerritory ?? [])
      .map((row) => ({
        ...row,
        gainsText: moved('+', row.gains, row.gainsSalesUsd),
        losesText: moved('−', row.loses, row.losesSalesUsd),
        rep: row.repName === row.repBefore ? row.repName : `${row.repBefore} → ${row.repName}`,
        hours: filled(texts.ofHours, `${percent(row.before)} → ${percent(row.after)}`),
        change: points(row.after - row.before),
        size: Math.abs(row.after - row.before),
      }))
      .sort((a, b) => b.size - a.size);
  }

  get reps() {
    return (this.comparison?.perRep ?? []).map((row) => ({
      ...row,
      where: row.territories.join(', ') || texts.noTerritoryAnyMore,
      hours: `${hours(row.hoursBefore)} → ${hours(row.hoursAfter)}`,
      gainsText: moved('+', row.gains, row.gainsSalesUsd),
      losesText: moved('−', row.loses, row.losesSalesUsd),
    }));
  }

  private pickGroup(event: CustomEvent<Group>): void {
    this.group = event.detail;
  }
  private passCompare(event: CustomEvent<{ before: Side; after: Side } | null>): void {
    this.others = event.detail;
    this.dispatchEvent(new CustomEvent('compare', { detail: event.detail }));
  }
  private saveCsv(): void {
    const head = [
      texts.territory,
      texts.repBefore,
      texts.repAfter,
      texts.accountsGained,
      texts.accountsLost,
      texts.salesGainedUsd,
    ];
    const more = [
      texts.salesLostUsd,
      texts.potentialGainedUsd,
      texts.potentialLostUsd,
      texts.hoursBefore,
      texts.hoursAfter,
    ];
    const rows = (this.comparison?.perTerritory ?? []).map((row) => [
      ...[row.name, row.repBefore, row.repName, row.gains, row.loses, row.gainsSalesUsd, row.losesSalesUsd],
      ...[row.gainsPotentialUsd, row.losesPotentialUsd, row.hoursBefore, row.hoursAfter],
    ]);
    saveText([[...head, ...more], ...rows].map(csvLine).join(''), `${this.title}.csv`);
  }

  private pick(event: Event): void {
    const detail = Number((event.currentTarget as HTMLElement).dataset.index);
    this.dispatchEvent(new CustomEvent('pick', { detail }));
  }
  private passLook(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent('proposal', { detail: event.detail }));
  }
  private passAccepted(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent('accepted', { detail: event.detail }));
  }
  /** Other hours: the plan is read anew. */
  private passHours(): void {
    this.dispatchEvent(new CustomEvent('hourssaved'));
  }
  private next(): void {
    this.dispatchEvent(new CustomEvent('next'));
  }
}

/** Accounts and their sales that come or go: “+12 accounts, $1.2M”. */
function moved(sign: string, accounts: number, salesUsd: number): string {
  if (!accounts && !salesUsd) return '';
  return `${sign}${plural(Math.round(accounts), texts.account)}, ${usd(salesUsd)}`;
}
