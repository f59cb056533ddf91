import { LightningElement, api } from 'lwc';
import { filled, get, moment, plainDay, reduceErrors } from 'c/bailiwick';
import type { AccountOwners as Answer, Problem } from 'c/bailiwick';
import { texts } from './texts';

/** Moves that are shown at once, newest first. */
const STEP = 10;

/** Who had this account and why: every move that was written, and the holder on a day. */
export default class AccountOwners extends LightningElement {
  readonly texts = texts;
  private answer: Answer | null = null;
  private problem: Problem | null = null;
  private account = '';
  private on = '';
  private most = STEP;
  private turn = 0;

  @api get accountId(): string {
    return this.account;
  }
  set accountId(id: string) {
    if (id === this.account) return;
    this.account = id;
    void this.load();
  }

  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get isEmpty(): boolean {
    return this.answer?.moves.length === 0;
  }
  get today(): string {
    return new Date().toISOString().slice(0, 10);
  }
  get onText(): string {
    if (this.on === '' || !this.answer) return '';
    const held = this.answer.on;
    if (!held) return filled(texts.nothingIsKnownOfNoChangeToThis, plainDay(this.on));
    return filled(
      texts.onOwner,
      plainDay(this.on),
      held.territory ?? texts.noTerritory,
      held.owner ?? texts.notChangedFromHere,
    );
  }
  get moves() {
    const newest = [...(this.answer?.moves ?? [])].reverse().slice(0, this.most);
    return newest.map(({ at, what, from, to, why, planName, byName, approvedBy }, i) => ({
      key: `${i}`,
      text: `${what}: ${from ?? texts.none} → ${to ?? texts.none}`,
      why,
      note: filled(texts.plan, moment(at), byName, planName, approvedBy ? filled(texts.approvedBy, approvedBy) : ''),
    }));
  }
  get canShowMore(): boolean {
    return (this.answer?.moves.length ?? 0) > this.most;
  }

  private showMore(): void {
    this.most += STEP;
  }
  private pickDay(event: Event): void {
    this.on = (event.target as HTMLInputElement).value;
    void this.load();
  }
  private async load(): Promise<void> {
    const turn = ++this.turn;
    this.problem = null;
    try {
      const query = this.on === '' ? '' : `?on=${this.on}`;
      const answer = await get<Answer>(`/accounts/${this.account}/owners${query}`);
      if (turn === this.turn) this.answer = answer;
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }
}
