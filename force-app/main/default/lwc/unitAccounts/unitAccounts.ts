import { LightningElement, api } from 'lwc';
import { filled, get, plural, reduceErrors, usd } from 'c/bailiwick';
import type { HeldRow, PaneView, Problem, UnitAccount } from 'c/bailiwick';
import { texts } from './texts';

type Unit = NonNullable<PaneView['unit']>;

/** Accounts of one ZIP, each to be given to another territory or held where it is; and all that are held by name. */
export default class UnitAccounts extends LightningElement {
  readonly texts = texts;
  @api planId = '';
  @api held: HeldRow[] = [];
  @api choices: { label: string; value: string }[] = [];
  @api canEdit = false;

  private looked: Unit | null = null;
  private accounts: UnitAccount[] | null = null;
  private targets: Readonly<Record<string, string>> = {};
  private problem: Problem | null = null;
  private loaded = '';

  get title(): string {
    return filled(texts.accountsIn, `${this.unit?.zip ?? ''} ${this.unit?.name ?? ''}`);
  }
  get caption(): string {
    return filled(texts.accountsIn, this.unit?.zip ?? '');
  }

  /** The ZIP, with the version of its plan: a newer one is read again. */
  @api
  get unit(): Unit | null {
    return this.looked;
  }
  set unit(unit: Unit | null) {
    this.looked = unit;
    const key = unit ? `${unit.zip} ${unit.version}` : '';
    if (key === this.loaded) return;
    if (!key.startsWith(this.loaded.slice(0, 6))) this.accounts = null;
    [this.loaded, this.targets] = [key, {}];
    // the plan's id is set in the same turn
    void Promise.resolve().then(() => this.load());
  }

  get hint(): string {
    if (this.unit) return '';
    return this.canEdit ? texts.pickTheToolAccountsAndClickAZipOr : texts.accountsAreGivenByNameInTheDesign;
  }
  get hasRows(): boolean {
    return (this.accounts ?? []).length > 0;
  }
  get countText(): string {
    if (this.accounts)
      return this.hasRows ? plural(this.accounts.length, texts.account2) : texts.noAccountThatYouMaySee;
    return this.problem ? '' : texts.readingAccounts;
  }
  get rows() {
    return (this.accounts ?? []).map((account) => {
      const { accountId, accountName, kind, held, canEdit, territory, part } = account;
      const target = this.targets[accountId] ?? '';
      const name = this.nameOf(territory);
      return {
        ...{ accountId, accountName, held, canEdit, territory: name, kind: kind ?? '' },
        effectKey: `${accountId} effect`,
        potential: usd(part.potentialUsd ?? 0),
        sales: usd(part.salesUsd ?? 0),
        targets: this.choices.filter(({ value }) => Number(value) !== territory),
        cannotGive: target === '',
        effect: target === '' ? '' : this.effect(account, Number(target)),
        label: filled(texts.giveTo2, accountName),
        giveLabel: filled(texts.give2, accountName),
        lockText: held ? texts.remove : texts.holdHere,
        lockLook: held ? 'small small-on' : 'small',
        lockPressed: String(held),
        lockLabel: held ? filled(texts.letFollowItsZip, accountName) : filled(texts.holdIn, accountName, name),
      };
    });
  }
  get hasHeld(): boolean {
    return this.held.length > 0;
  }
  get heldText(): string {
    return this.hasHeld
      ? filled(texts.theyStayWhateverTheirZipDoes, plural(this.held.length, texts.account2))
      : texts.noAccountEveryOneFollowsItsZip;
  }
  get heldRows() {
    return this.held.map((row, i) => ({ ...row, key: `${i}`, label: filled(texts.letFollowItsZip, row.accountName) }));
  }

  private nameOf(territory: number): string {
    return (
      this.choices.find(({ value }) => Number(value) === territory)?.label.split(' · ')[0] ?? texts.anotherTerritory
    );
  }
  /** Before it is given: what goes from whom to whom. */
  private effect({ part, territory }: UnitAccount, to: number): string {
    const hours = Math.round((part.callHours ?? 0) + (part.caseHours ?? 0));
    const what = filled(
      texts.marketPotentialOfSalesAndHOfCalls,
      usd(part.potentialUsd ?? 0),
      usd(part.salesUsd ?? 0),
      hours,
    );
    return filled(texts.goFromTo, what, this.nameOf(territory), this.nameOf(to));
  }

  private async load(): Promise<void> {
    const { unit, loaded } = this;
    this.problem = null;
    if (!unit || !this.planId) return;
    try {
      const path = `/alignments/${this.planId}/accounts?unit=${unit.zip}`;
      const { accounts } = await get<{ accounts: UnitAccount[] }>(path);
      if (loaded === this.loaded) this.accounts = accounts;
    } catch (error) {
      if (loaded === this.loaded) this.problem = reduceErrors(error);
    }
  }

  private accountOf(event: Event): UnitAccount | undefined {
    const { account } = (event.currentTarget as HTMLElement).dataset;
    return this.accounts?.find(({ accountId }) => accountId === account);
  }
  private pickTarget(event: Event): void {
    const { value, dataset } = event.currentTarget as HTMLSelectElement;
    this.targets = { ...this.targets, [dataset.account ?? '']: value };
  }
  private give(event: Event): void {
    const account = this.accountOf(event);
    if (account) this.hold(account, Number(this.targets[account.accountId]));
  }
  private lock(event: Event): void {
    const account = this.accountOf(event);
    if (account) this.hold(account, account.held ? null : account.territory);
  }
  private release(event: Event): void {
    const { account = '', name = '' } = (event.currentTarget as HTMLElement).dataset;
    this.hold({ accountId: account, accountName: name }, null);
  }
  private hold({ accountId, accountName }: Pick<UnitAccount, 'accountId' | 'accountName'>, to: number | null): void {
    this.dispatchEvent(new CustomEvent('desk', { detail: { do: 'hold', accountId, accountName, to } }));
  }
}
