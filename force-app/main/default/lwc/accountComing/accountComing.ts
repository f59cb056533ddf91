import { LightningElement, api } from 'lwc';
import { get, percent, plainDay, plural, reduceErrors } from 'c/bailiwick';
import type { ComingChange, Problem } from 'c/bailiwick';

const DEALS: Readonly<Record<ComingChange['deals'], string>> = {
  stay: 'stay with their owner',
  move: 'move with the account',
  untilStage: 'move with the account, until a late stage',
};

/** An account that an announced plan gives to somebody else: to whom, when, why, and what happens to the deals. */
export default class AccountComing extends LightningElement {
  private coming: ComingChange[] = [];
  private problem: Problem | null = null;
  private account = '';

  @api get accountId(): string {
    return this.account;
  }
  set accountId(id: string) {
    if (id === this.account) return;
    [this.account, this.coming] = [id, []];
    void this.load();
  }

  get changes() {
    return this.coming.map((change, i) => {
      const { from, to, effectiveOn, backOn, planName, approvedBy, reasons, openDeals, deals, dealStage } = change;
      const until = backOn ? ` until ${plainDay(backOn)}` : '';
      const when = effectiveOn ? `on ${plainDay(effectiveOn)}${until}` : 'on a day that is not set yet';
      return {
        key: `${i}`,
        title: `This account changes hands ${when}`,
        rows: [
          { label: 'Now', value: holder(from) },
          { label: 'Then', value: holder(to) },
          { label: 'Plan', value: `“${planName}”, ${approvedBy.length > 0 ? `approved by ${approvedBy.join(', ')}` : 'announced, not approved yet'}` }, // prettier-ignore
          {
            label: 'Open deals',
            value: openDeals === 0 ? 'none' : `${plural(openDeals, 'deal')}: ${openDeals === 1 ? DEALS[deals].replace('stay', 'stays').replace('move', 'moves').replace('their', 'its') : DEALS[deals]}${dealStage ? ` (${dealStage})` : ''}`, // prettier-ignore
          },
        ],
        reasons,
      };
    });
  }

  private async load(): Promise<void> {
    const id = this.account;
    this.problem = null;
    try {
      const { coming } = await get<{ coming: ComingChange[] }>(`/accounts/${id}/coming`);
      if (id === this.account) this.coming = coming;
    } catch (error) {
      if (id === this.account) this.problem = reduceErrors(error);
    }
  }
}

function holder(one: ComingChange['from']): string {
  if (!one) return 'nobody';
  const { repName, territoryName, before, after } = one;
  const hours = before === null || after === null ? '' : ` (${percent(before)} → ${percent(after)} of the hours)`;
  return `${repName ?? 'nobody yet'}, ${territoryName}${hours}`;
}
