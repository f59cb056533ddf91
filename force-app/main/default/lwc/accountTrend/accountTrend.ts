import { LightningElement, api } from 'lwc';
import { count, get, reduceErrors, usd } from 'c/bailiwick';
import type { AccountPast, Problem } from 'c/bailiwick';
import { texts } from './texts';

/** Under 11 only a guarded count is a fraction; it is never told. */
const SMALL = 11;

/** What an account did in every period that was loaded, under the market of today. */
export default class AccountTrend extends LightningElement {
  readonly texts = texts;
  private answer: AccountPast | null = null;
  private problem: Problem | null = null;
  private account = '';

  @api get accountId(): string {
    return this.account;
  }
  set accountId(id: string) {
    if (id === this.account) return;
    this.account = id;
    this.answer = null;
    void this.load();
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get hasRows(): boolean {
    return this.rows.length > 0;
  }
  get emptyText(): string {
    return this.answer && !this.hasRows ? texts.noClaimsAreKnownForItUnderThis : '';
  }
  get aloneText(): string {
    return this.rows.length === 1 ? texts.thereIsOnePeriodOnlyWhenSalesOps : '';
  }
  get rows() {
    const periods = this.answer?.periods ?? [];
    const most = Math.max(1, ...periods.map(({ procedures }) => procedures));
    return periods.map(({ period, file, procedures, opportunityUsd, suppressed, change }) => {
      const isSmall = procedures < SMALL && !Number.isInteger(procedures);
      return {
        key: `${period} ${file}`,
        period,
        file,
        procedures: isSmall ? `< ${SMALL}` : `${count(procedures)}${suppressed ? ' *' : ''}`,
        style: `width:${((100 * procedures) / most).toFixed(1)}%`,
        change: isSmall ? '—' : signed(change),
        potential: usd(opportunityUsd),
      };
    });
  }

  private async load(): Promise<void> {
    const { account } = this;
    this.problem = null;
    try {
      const answer = await get<AccountPast>(`/accounts/${account}/past`);
      if (account === this.account) this.answer = answer;
    } catch (error) {
      if (account === this.account) this.problem = reduceErrors(error);
    }
  }
}

function signed(ratio: number | null): string {
  if (ratio === null) return '—';
  return `${ratio > 0 ? '+' : ratio < 0 ? '−' : '±'}${Math.abs(ratio * 100).toFixed(0)} %`;
}
