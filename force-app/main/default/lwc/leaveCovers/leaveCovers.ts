import { LightningElement, api } from 'lwc';
import { filled, focusOn, get, isFinished, percent, plainDay, plural, poll, post, reduceErrors } from 'c/bailiwick';
import type { CoverSplit, LeaveCover, Problem, Proposal } from 'c/bailiwick';
import { texts } from './texts';

const STATES: Readonly<Record<LeaveCover['state'], string>> = {
  planned: 'planned',
  covering: texts.coveredNow,
  returning: texts.goingBack,
  failed: texts.didNotEnd,
  ended: 'over',
  dropped: 'dropped',
};

/** A rep on leave: her territory is split among her neighbours for some weeks and comes back by itself. */
export default class LeaveCovers extends LightningElement {
  readonly texts = texts;
  /** Territories of the team, to choose from. */
  @api territories: readonly { label: string; value: string }[] = [];
  private shownTeam = '';
  private covers: LeaveCover[] | null = null;
  private territoryId = '';
  private fromOn = '';
  private backOn = '';
  private phase = '';
  private made: { cover: LeaveCover; split: CoverSplit } | null = null;
  private problem: Problem | null = null;
  private turn = 0;
  /** The button is off while it is computed: the focus goes on at the answer. */
  private wanted = '';

  @api get teamId(): string {
    return this.shownTeam;
  }
  set teamId(id: string) {
    if (id === this.shownTeam) return;
    [this.shownTeam, this.covers, this.made] = [id, null, null];
    void this.load();
  }
  renderedCallback(): void {
    if (this.wanted && focusOn(this.template, this.wanted)) this.wanted = '';
  }
  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.covers === null && this.problem === null;
  }
  get isEmpty(): boolean {
    return this.covers?.length === 0;
  }
  get rows() {
    return (this.covers ?? []).map(
      ({ id, alignmentId, territoryName, repName, fromOn, backOn, state, stayed, reason }) => ({
        id,
        text: filled(
          texts.to,
          repName ?? territoryName,
          territoryName,
          plainDay(fromOn),
          plainDay(backOn),
          STATES[state],
        ),
        note: [reason ?? '', stayed.length > 0 ? filled(texts.staysAsOthersChangedItSince, stayed.join(' ')) : '']
          .join(' ')
          .trim(),
        canTry: state === 'failed',
        tryLabel: filled(texts.tryAgain2, territoryName),
        canOpen: state === 'planned',
        openLabel: filled(texts.openThePlan2, territoryName),
        alignmentId,
      }),
    );
  }
  get cannotCompute(): boolean {
    return this.phase !== '' || this.territoryId === '' || this.fromOn === '' || this.backOn <= this.fromOn;
  }
  get isComputing(): boolean {
    return this.phase !== '';
  }
  get takers() {
    return (this.made?.split.takers ?? []).map((taker) => ({
      key: taker.name,
      text: filled(
        texts.in,
        taker.repName ?? texts.nobodyYet,
        taker.name,
        plural(taker.accounts, texts.account),
        plural(taker.zips, texts.zip),
      ),
      note: filled(texts.ofTheHours, percent(taker.utilizationBefore), percent(taker.utilizationAfter)),
    }));
  }
  get staysText(): string {
    const { zips = 0, accounts = 0 } = this.made?.split.stays ?? {};
    const who = this.made?.cover.repName ?? texts.theRepOnLeave;
    return zips + accounts === 0
      ? texts.everythingIsCoveredAndNobodyIs
      : filled(texts.nobodyIsFilledBeyond115OfTheHours, plural(accounts, texts.account), plural(zips, texts.zip), who);
  }

  private pickTerritory(event: CustomEvent<{ value: string }>): void {
    this.territoryId = event.detail.value;
  }
  private writeDay(event: Event): void {
    const { dataset, value } = event.target as HTMLInputElement;
    if (dataset.day === 'from') this.fromOn = value;
    else this.backOn = value;
  }
  private retry(): void {
    void this.load();
  }

  private async compute(): Promise<void> {
    const turn = ++this.turn;
    const { territoryId, fromOn, backOn } = this;
    this.made = null;
    this.phase = texts.askingWhoHasRoom0;
    await this.guarded(async () => {
      const cover = await post<LeaveCover>(`/teams/${this.shownTeam}/covers`, { territoryId, fromOn, backOn });
      const done = await poll(() => get<Proposal>(`/proposals/${cover.proposalId}`), {
        isFinal: isFinished,
        isWanted: () => turn === this.turn,
        seen: ({ progress }) =>
          (this.phase = filled(texts.splittingTheTerritory, Math.round((progress?.share ?? 0) * 100))),
      });
      if (!done) return;
      if (done.state !== 'done') throw new Error(done.error?.message ?? texts.theComputationWasStopped);
      this.made = { cover, split: await post<CoverSplit>(`/covers/${cover.id}/take`, {}) };
      this.wanted = '.made h4';
      await this.read();
    });
    if (turn === this.turn) this.phase = '';
  }

  private openPlan(event: Event): void {
    const value = (event.currentTarget as HTMLElement).dataset.plan ?? '';
    this.dispatchEvent(new CustomEvent('planopened', { detail: { value } }));
  }
  private async tryAgain(event: Event): Promise<void> {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    await this.guarded(async () => {
      await post(`/covers/${id}/try-again`, {});
      await this.read();
    });
  }
  private load(): Promise<void> {
    return this.guarded(() => this.read());
  }
  private async read(): Promise<void> {
    const team = this.shownTeam;
    if (team === '') return;
    const { covers } = await get<{ covers: LeaveCover[] }>(`/teams/${team}/covers`);
    if (team === this.shownTeam) this.covers = covers;
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
