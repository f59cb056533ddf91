import { LightningElement, api } from 'lwc';
import { get, poll, post, reduceErrors } from 'c/bailiwick';
import type { Boundaries, BoundaryChange, Problem, StateAreas, UnitChoice } from 'c/bailiwick';
import { approximateText, boundaryRow } from './words';
import { texts } from './texts';

/** Loaded boundaries: where each is in use, and what using another would change before anybody presses. */
export default class BoundaryList extends LightningElement {
  readonly texts = texts;
  private answer: Boundaries | null = null;
  private states: StateAreas[] = [];
  private asked = '';
  private message = '';
  private problem: Problem | null = null;
  private isBusy = false;
  private isApplied = false;
  private known = -1;
  private shouldFocus = false;
  private turn = 0;

  /** Changes when there is something new to list. */
  @api get stamp(): number {
    return this.known;
  }
  set stamp(stamp: number) {
    if (stamp === this.known) return;
    this.known = stamp;
    this.message = '';
    void this.load();
  }

  renderedCallback(): void {
    if (!this.shouldFocus) return;
    this.shouldFocus = false;
    this.template?.querySelector<HTMLElement>('[data-do=use]')?.focus();
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get isEmpty(): boolean {
    return this.answer?.versions.length === 0;
  }
  get approximateText(): string {
    return approximateText(this.states);
  }
  get atNextStart(): BoundaryChange | null {
    return this.answer?.atNextStart ?? null;
  }
  get canApply(): boolean {
    return this.answer?.canApply ?? false;
  }
  get nextLead(): string {
    return this.canApply ? texts.chosenAndNotAppliedYet : texts.atTheNextStartOfTheService;
  }
  get rows() {
    return (this.answer?.versions ?? []).map((version) => {
      const row = boundaryRow(version, this.states);
      const isAsked = this.asked === version.id;
      return { ...row, isAsked, canUse: row.isUsable && !isAsked };
    });
  }

  private ask(event: Event): void {
    this.asked = (event.currentTarget as HTMLElement).dataset['id'] ?? '';
    this.message = '';
    this.shouldFocus = true;
  }
  private leave(): void {
    this.asked = '';
  }

  private use(): Promise<void> {
    return this.guarded(async () => {
      this.isBusy = true;
      const { message } = await post<{ message: string }>(`/geography/boundaries/${this.asked}/activate`);
      this.message = message;
      this.asked = '';
      await this.load();
    });
  }

  private choose(event: CustomEvent<UnitChoice>): Promise<void> {
    return this.guarded(async () => {
      this.answer = await post<Boundaries>('/geography/units', { units: event.detail });
    });
  }

  /** The service changes its ground and does not answer for some seconds: it is asked until it stands on the new one. */
  private apply(): Promise<void> {
    return this.guarded(async () => {
      this.isBusy = true;
      const { geographyKey } = await post<{ geographyKey: string }>('/geography/boundaries/apply');
      this.message = texts.plansAreBeingCarriedOver;
      const turn = ++this.turn;
      await poll(() => get<{ key: string }>('/geography').catch(() => ({ key: geographyKey })), {
        isFinal: ({ key }) => key !== geographyKey,
        isWanted: () => turn === this.turn,
        seen: () => undefined,
      });
      await this.load();
      [this.message, this.isApplied] = [texts.theMapAndAllPlansStandOnThemNow, true];
    });
  }
  private reload(): void {
    window.location.reload();
  }

  private load(): Promise<void> {
    const turn = ++this.turn;
    return this.guarded(async () => {
      const [answer, { states = [] }] = await Promise.all([
        get<Boundaries>('/geography/boundaries'),
        get<{ states?: StateAreas[] }>('/geography'),
      ]);
      if (turn === this.turn) [this.answer, this.states] = [answer, states];
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
    } finally {
      this.isBusy = false;
    }
  }
}
