import { LightningElement, api } from 'lwc';
import { count, download, filled, get, plural, reduceErrors, usd } from 'c/bailiwick';
import type { Handover, Problem } from 'c/bailiwick';
import { texts } from './texts';

const MOST = 100;
const nameOf = (name: string | null): string => name ?? texts.noRep;

/** Who hands what to whom: pairs of reps with their sums, the accounts of one pair, and all of it as a file. */
export default class PublishHandover extends LightningElement {
  readonly texts = texts;
  @api publishId = '';
  private answer: Handover | null = null;
  private problem: Problem | null = null;
  private open = '';

  connectedCallback(): void {
    void this.load();
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get isEmpty(): boolean {
    return this.answer?.pairs.length === 0;
  }
  get pairs() {
    return (this.answer?.pairs ?? []).map((pair) => {
      const key = `${pair.fromName}|${pair.toName}`;
      const isOpen = key === this.open;
      return {
        key,
        names: `${nameOf(pair.fromName)} → ${nameOf(pair.toName)}`,
        text: filled(
          texts.salesOf,
          plural(pair.accounts, texts.account),
          usd(pair.salesUsd),
          plural(pair.openDeals, texts.openDeal),
          usd(pair.openUsd),
        ),
        expanded: String(isOpen),
        accounts: isOpen ? this.accountsOf(pair) : [],
        more: isOpen && pair.accounts > MOST ? filled(texts.ofShownTheFileHasAll, MOST, count(pair.accounts)) : '',
      };
    });
  }

  private accountsOf({ fromName, toName }: Handover['pairs'][number]) {
    const rows = (this.answer?.rows ?? []).filter((row) => row.fromName === fromName && row.toName === toName);
    return rows.slice(0, MOST).map(({ accountId, accountName, salesUsd, openDeals }) => ({
      accountId,
      accountName,
      text: [
        filled(texts.sales, usd(salesUsd)),
        ...openDeals.map(({ name, nextStep }) => (nextStep ? filled(texts.next, name, nextStep) : name)),
      ].join(' · '),
    }));
  }

  private toggle(event: Event): void {
    const { pair = '' } = (event.currentTarget as HTMLElement).dataset;
    this.open = this.open === pair ? '' : pair;
  }
  private save(): Promise<void> {
    return this.guarded(() => download(`/publishes/${this.publishId}/handover.csv`, 'handover.csv'));
  }
  private load(): Promise<void> {
    return this.guarded(async () => {
      this.answer = await get<Handover>(`/publishes/${this.publishId}/handover`);
    });
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
