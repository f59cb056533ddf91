import { LightningElement, api } from 'lwc';
import { count, percent, plural, points, usd } from 'c/bailiwick';
import type { Comparison } from 'c/bailiwick';

/** Published range of what an account's sales lose when its rep changes. */
const LOSS = { low: 0.13, high: 0.18 };

/** Compare: the draft against today, in figures; the dashed lines on the map are today's borders. */
export default class CompareStep extends LightningElement {
  @api comparison: Comparison | null = null;
  @api planName = '';
  @api planId = '';
  @api version = 0;
  @api canEdit = false;

  get figures() {
    const c = this.comparison;
    if (!c) return [];
    return [
      {
        label: 'Territories on target in hours',
        value: `${c.onTargetBefore} → ${c.onTargetAfter} of ${c.territories}`,
      },
      { label: 'Accounts changing rep', value: `${count(c.accounts)} (${percent(c.accountsShare)})` },
      { label: 'Sales changing rep', value: `${usd(c.salesUsd)} (${percent(c.salesShare)})` },
      {
        label: 'Sales at risk, 13–18 % of those',
        value: `${usd(c.salesUsd * LOSS.low)} – ${usd(c.salesUsd * LOSS.high)}`,
      },
      { label: 'Accounts that get a rep', value: count(c.newlyCovered) },
      { label: 'ZIPs moved', value: count(c.units) },
    ];
  }
  get isSame(): boolean {
    return (this.comparison?.units ?? 0) === 0;
  }
  get rows() {
    return (this.comparison?.perTerritory ?? [])
      .map((row) => ({
        ...row,
        gainsText: row.gains ? `+${plural(Math.round(row.gains), 'account')}` : '',
        losesText: row.loses ? `−${plural(Math.round(row.loses), 'account')}` : '',
        hours: `${percent(row.before)} → ${percent(row.after)}`,
        change: points(row.after - row.before),
        size: Math.abs(row.after - row.before),
      }))
      .sort((a, b) => b.size - a.size);
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
  private next(): void {
    this.dispatchEvent(new CustomEvent('next'));
  }
}
