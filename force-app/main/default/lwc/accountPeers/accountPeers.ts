import { LightningElement, api } from 'lwc';
import { count, get, percent, plural, reduceErrors, usd } from 'c/bailiwick';
import type { AccountPeers as Answer, Problem } from 'c/bailiwick';

const WORDS: Readonly<Record<Answer['rows'][number]['measure'], { label: string; text: (value: number) => string }>> = {
  procedures: { label: 'Procedures it takes part in', text: count },
  potentialUsd: { label: 'Market potential', text: usd },
  salesUsd: { label: 'Current sales', text: usd },
  headroomUsd: { label: 'Headroom', text: usd },
  salesShare: { label: 'Sales, % of potential', text: percent },
};

/** An account among accounts of its kind, without their names. */
export default class AccountPeers extends LightningElement {
  private answer: Answer | null = null;
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
  get title(): string {
    return this.answer ? `Against ${plural(this.answer.others, 'other account')} of its kind: ${this.answer.group}` : 'Against its kind'; // prettier-ignore
  }
  get hasRows(): boolean {
    return (this.answer?.rows.length ?? 0) > 0;
  }
  get rows() {
    return (this.answer?.rows ?? []).map((row) => ({ ...row, ...WORDS[row.measure] }));
  }
  get note(): string {
    return this.hasRows
      ? 'All accounts of the market count, also those of others; nobody is named.'
      : 'There are fewer than five others of its kind, or nothing is known of them: too few to be compared without naming them.';
  }

  private async load(): Promise<void> {
    const { account } = this;
    this.problem = null;
    try {
      const answer = await get<Answer>(`/accounts/${account}/peers`);
      if (account === this.account) this.answer = answer;
    } catch (error) {
      if (account === this.account) this.problem = reduceErrors(error);
    }
  }
}
