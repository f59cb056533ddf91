import { LightningElement, api } from 'lwc';
import { addressLine, filled, keysLine, sentence } from 'c/bailiwick';
import type { MatchEntry as Entry, MatchVerdict } from 'c/bailiwick';
import { candidateRow, standingText } from './words';
import { texts } from './texts';

/** One account, the records that it may be, and what somebody decides about it. */
export default class MatchEntry extends LightningElement {
  readonly texts = texts;
  @api entry: Entry | null = null;

  private isSearching = false;

  /** Hands it the keyboard. */
  @api focusEntry(): void {
    this.template?.querySelector<HTMLElement>('[data-entry]')?.focus();
  }

  get title(): string {
    return this.entry?.account.name ?? '';
  }
  get where(): string {
    return addressLine(this.entry!.account.street, this.entry!.account);
  }
  get ids(): string {
    return keysLine(this.entry!.account);
  }
  get standing(): string {
    return standingText(this.entry!);
  }
  get note(): string {
    return this.entry?.note ? sentence(this.entry.note) : '';
  }
  get candidates() {
    return this.entry!.candidates.map((one) => candidateRow(one, this.entry!));
  }
  get canTakeBack(): boolean {
    return this.entry?.decision != null;
  }
  get undoLabel(): string {
    return filled(texts.takeBackWhatWasDecidedAbout, this.title);
  }
  get searchLabel(): string {
    return this.isSearching ? texts.closeTheSearch : texts.searchByHand;
  }
  get searchTitle(): string {
    return filled(texts.theRecordOf, this.title);
  }
  get expanded(): string {
    return String(this.isSearching);
  }
  /** A record that was not among the proposed ones. */
  get byHandKey(): string {
    const { key, candidates } = this.entry!;
    return key !== null && !candidates.some((one) => one.key === key) ? key : '';
  }

  private open(event: Event): void {
    const detail = (event.currentTarget as HTMLElement).dataset['key'];
    this.dispatchEvent(new CustomEvent('open', { detail }));
  }
  private toggleSearch(): void {
    this.isSearching = !this.isSearching;
  }
  private decide(event: Event): void {
    const { key = '', verdict } = (event.currentTarget as HTMLElement).dataset;
    this.say({ verdict: verdict === 'rejected' ? 'rejected' : 'accepted', key, note: null });
  }
  private name(event: CustomEvent<string>): void {
    this.isSearching = false;
    this.say({ verdict: 'accepted', key: event.detail, note: null });
  }
  private undo(): void {
    this.say({ verdict: 'undo' });
  }

  /** Letters decide, arrows step; what is typed into the search is no decision. */
  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && this.isSearching) {
      this.isSearching = false;
      this.focusEntry();
      return;
    }
    if ((event.target as HTMLElement).tagName === 'C-REGISTRY-SEARCH') return;
    const first = this.entry!.candidates.find(({ rejected, key }) => !rejected && key !== this.entry!.key);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const detail = { id: this.entry!.account.id, by: event.key === 'ArrowDown' ? 1 : -1 };
      this.dispatchEvent(new CustomEvent('step', { detail }));
    } else if (this.entry!.state === 'toReview' && first && /^[ar]$/i.test(event.key)) {
      const verdict = event.key.toLowerCase() === 'a' ? 'accepted' : 'rejected';
      this.say({ verdict, key: first.key, note: null });
    }
  }

  private say(ask: MatchVerdict): void {
    this.dispatchEvent(new CustomEvent('decide', { detail: { id: this.entry!.account.id, ask } }));
  }
}
