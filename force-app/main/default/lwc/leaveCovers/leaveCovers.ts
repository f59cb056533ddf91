import { LightningElement, api } from 'lwc';
import { get, isFinished, percent, plainDay, plural, poll, post, reduceErrors } from 'c/bailiwick';
import type { CoverSplit, LeaveCover, Problem, Proposal } from 'c/bailiwick';

const STATES: Readonly<Record<LeaveCover['state'], string>> = {
  planned: 'planned',
  covering: 'covered now',
  returning: 'going back',
  failed: 'did not end',
  ended: 'over',
  dropped: 'dropped',
};

/** A rep on leave: her territory is split among her neighbours for some weeks and comes back by itself. */
export default class LeaveCovers extends LightningElement {
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

  @api get teamId(): string {
    return this.shownTeam;
  }
  set teamId(id: string) {
    if (id === this.shownTeam) return;
    [this.shownTeam, this.covers, this.made] = [id, null, null];
    void this.load();
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
        text: `${repName ?? territoryName}, ${territoryName}: ${plainDay(fromOn)} to ${plainDay(backOn)}, ${STATES[state]}`,
        note: [reason ?? '', stayed.length > 0 ? `Stays as others changed it since: ${stayed.join(' ')}` : '']
          .join(' ')
          .trim(),
        canTry: state === 'failed',
        tryLabel: `Try again: ${territoryName}`,
        canOpen: state === 'planned',
        openLabel: `Open the plan: ${territoryName}`,
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
      text: `${taker.repName ?? 'Nobody yet'}, ${taker.name}: ${plural(taker.accounts, 'account')} in ${plural(taker.zips, 'ZIP')}`,
      note: `${percent(taker.utilizationBefore)} → ${percent(taker.utilizationAfter)} of the hours`,
    }));
  }
  get staysText(): string {
    const { zips = 0, accounts = 0 } = this.made?.split.stays ?? {};
    const who = this.made?.cover.repName ?? 'the rep on leave';
    return zips + accounts === 0
      ? 'Everything is covered, and nobody is filled beyond 115 % of the hours.'
      : `Nobody is filled beyond 115 % of the hours. For ${plural(accounts, 'account')} in ${plural(zips, 'ZIP')} nobody near has room: they stay with ${who}.`;
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
    this.phase = 'Asking who has room… 0 %';
    await this.guarded(async () => {
      const cover = await post<LeaveCover>(`/teams/${this.shownTeam}/covers`, { territoryId, fromOn, backOn });
      const done = await poll(() => get<Proposal>(`/proposals/${cover.proposalId}`), {
        isFinal: isFinished,
        isWanted: () => turn === this.turn,
        seen: ({ progress }) => (this.phase = `Splitting the territory… ${Math.round((progress?.share ?? 0) * 100)} %`),
      });
      if (!done) return;
      if (done.state !== 'done') throw new Error(done.error?.message ?? 'The computation was stopped.');
      this.made = { cover, split: await post<CoverSplit>(`/covers/${cover.id}/take`, {}) };
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
