import { LightningElement, api } from 'lwc';
import { filled, get, percent, plainDay, plural, reduceErrors } from 'c/bailiwick';
import type { ComingChange, Problem } from 'c/bailiwick';
import { texts } from './texts';

const DEALS: Readonly<Record<ComingChange['deals'], string>> = {
  stay: texts.stayWithTheirOwner,
  move: texts.moveWithTheAccount,
  untilStage: texts.moveWithTheAccountUntilALateStage,
};

/** An account that an announced plan gives to somebody else: to whom, when, why, and what happens to the deals. */
export default class AccountComing extends LightningElement {
  readonly texts = texts;
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
      const until = backOn ? ` ${filled(texts.until, plainDay(backOn))}` : '';
      const when = effectiveOn ? filled(texts.on, plainDay(effectiveOn), until) : texts.onADayThatIsNotSetYet;
      return {
        key: `${i}`,
        title: filled(texts.thisAccountChangesHands, when),
        rows: [
          { label: texts.now, value: holder(from) },
          { label: texts.then, value: holder(to) },
          { label: texts.plan, value: `“${planName}”, ${approvedBy.length > 0 ? filled(texts.approvedBy, approvedBy.join(', ')) : texts.announcedNotApprovedYet}` }, // prettier-ignore
          {
            label: texts.openDeals,
            value: openDeals === 0 ? texts.none : `${plural(openDeals, texts.deal)}: ${openDeals === 1 ? DEALS[deals].replace('stay', 'stays').replace('move', 'moves').replace('their', 'its') : DEALS[deals]}${dealStage ? ` (${dealStage})` : ''}`, // prettier-ignore
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
  const hours =
    before === null || after === null ? '' : ` ${filled(texts.ofTheHours, percent(before), percent(after))}`;
  return `${repName ?? texts.nobodyYet}, ${territoryName}${hours}`;
}
