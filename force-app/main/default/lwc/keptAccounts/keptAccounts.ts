import { LightningElement, api } from 'lwc';
import { count, filled, get, reduceErrors } from 'c/bailiwick';
import type { HeldRow, MapPlace, UnitAccount } from 'c/bailiwick';
import { texts } from './texts';

interface FoundAccount {
  id: string;
  name: string;
  city: string | null;
  zip: string | null;
  unit: number;
  territoryName: string | null;
}

/** Accounts that stay with their rep by name, whatever a computation does with their ZIP: found by words, listed, let go again. */
export default class KeptAccounts extends LightningElement {
  readonly texts = texts;
  @api planId = '';
  @api held: HeldRow[] = [];
  /** Territories by index, as the plan numbers them. */
  @api choices: { label: string; value: string }[] = [];

  private message = '';
  private zips: ReadonlyMap<string, string> = new Map();

  get summary(): string {
    return filled(
      texts.accountsThatStayWithTheirRep,
      this.hasHeld ? filled(texts.byName, count(this.held.length)) : 'none',
    );
  }
  get hasHeld(): boolean {
    return this.held.length > 0;
  }
  get rows() {
    return this.held.map((row, i) => ({
      ...row,
      key: `${i}`,
      label: filled(texts.letFollowItsZip, row.accountName),
      staysText: filled(texts.staysInZip, row.territory, row.zip),
    }));
  }

  /** Only what lies in a ZIP of the map has a territory to stay in. */
  readonly find = async (text: string): Promise<MapPlace[]> => {
    const wanted = text.trim();
    if (wanted.length < 2) return [];
    const { accounts } = await get<{ accounts: FoundAccount[] }>(`/accounts?q=${encodeURIComponent(wanted)}&limit=8`);
    const placed = accounts.filter(({ unit, zip }) => unit >= 0 && zip);
    this.zips = new Map(placed.map(({ id, zip }) => [id, zip ?? '']));
    return placed.map(({ id, name, city, zip, unit, territoryName }) => ({
      key: id,
      kind: 'Account',
      label: name,
      note: [city, zip, territoryName].filter(Boolean).join(' · '),
      units: [unit],
    }));
  };

  private async add({ detail: { key, label } }: CustomEvent<MapPlace>): Promise<void> {
    this.message = '';
    try {
      const zip = (this.zips.get(key) ?? '').slice(0, 5);
      const { accounts } = await get<{ accounts: UnitAccount[] }>(`/alignments/${this.planId}/accounts?unit=${zip}`);
      const account = accounts.find(({ accountId }) => accountId === key);
      if (!account?.canEdit) this.message = filled(texts.isYoursToSeeNotToChangeItsOwnerOr, label);
      else if (account.territory < 0) this.message = filled(texts.isInNoTerritoryYetThereIsNoRepTo, label);
      else this.hold(key, label, account.territory);
    } catch (error) {
      this.message = reduceErrors(error).message;
    }
  }
  private release(event: Event): void {
    const { account = '', name = '' } = (event.currentTarget as HTMLElement).dataset;
    this.hold(account, name, null);
  }
  private hold(accountId: string, accountName: string, to: number | null): void {
    const name = this.choices.find(({ value }) => Number(value) === to)?.label.split(' · ')[0] ?? texts.itsTerritory;
    this.message =
      to === null ? filled(texts.followsItsZipAgain, accountName) : filled(texts.staysIn, accountName, name);
    this.dispatchEvent(new CustomEvent('desk', { detail: { do: 'hold', accountId, accountName, to } }));
  }
}
