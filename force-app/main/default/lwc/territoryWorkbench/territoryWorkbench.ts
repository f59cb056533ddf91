import { LightningElement, wire } from 'lwc';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import { get, openMap, post, reduceErrors } from 'c/bailiwick';
import type { Demand, Drawn, Finding, MapElement, MapPocket, Me, Place, PlanSummary, Problem, Tool } from 'c/bailiwick';
import type { DeskAction } from './deskView';
import { DraftDesk } from './draftDesk';
import type { Coloring } from './painting';
import { isLow, type PaneTab } from './paneView';
import { newDraftName, panels, pickers } from './panels';
import { PlanBoard, STEPS, type LookedAt, type Step } from './planBoard';
import { NO_POCKETS, outlinedAfter, type Outlined } from './outlined';
import { drawn, NOTHING, snapshot, type Snapshot } from './snapshot';
import { biggestTeam, loadBeside, takeOver, type Accepted } from './workingPlan';
import { texts } from './texts';

const AFTER: Readonly<Partial<Record<Step, Step>>> = { design: 'compare', compare: 'publish' };

/** So often it is asked what others did to the draft that is open. */
const OTHERS_MS = 20_000;

/** A plan, or one of its versions; null is the newest. */
interface Compared {
  id: string;
  version: number | null;
}

/** Five steps over one map; what is shown and painted is the board's business. */
export default class TerritoryWorkbench extends NavigationMixin(LightningElement) {
  readonly texts = texts;
  private me: Me | null = null;
  private problem: Problem | null = null;
  private step: Step = 'today';
  private teamId = '';
  private plans: PlanSummary[] = [];
  private selected: number | null = null;
  private tool: Tool = 'lasso';
  private colorBy: Coloring = 'territory';
  private tab: PaneTab = 'bars';
  /** The ZIP whose accounts are looked at. */
  private unit: number | null = null;
  private view: Snapshot = NOTHING;
  private outlined: Outlined = NO_POCKETS;

  private isStarted = false;
  private openUpload = false;
  private watch = 0;
  private board: PlanBoard | null = null;
  private desk: DraftDesk | null = null;
  private readonly showStep = (event: Event) => void this.goTo((event as CustomEvent<Step>).detail);

  @wire(CurrentPageReference)
  takePage(page: { state?: Record<string, string> } | null): void {
    const step = page?.state?.c__step as Step | undefined;
    if (step && STEPS.includes(step)) this.step = step;
    this.openUpload = page?.state?.c__upload === '1';
  }

  connectedCallback(): void {
    document.addEventListener('bailiwick-show-step', this.showStep);
    this.watch = window.setInterval(() => void (document.hidden || this.desk?.lookForOthers()), OTHERS_MS);
  }

  disconnectedCallback(): void {
    document.removeEventListener('bailiwick-show-step', this.showStep);
    window.clearInterval(this.watch);
  }

  renderedCallback(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    void this.guarded(() => this.start());
  }

  private async start(): Promise<void> {
    const me = await get<Me>('/me');
    this.me = me;
    if (me.role === 'rep') return;
    const element = this.template?.querySelector<MapElement>('c-territory-map') ?? null;
    const opened = await openMap(element);
    if (!opened) return;
    this.board = new PlanBoard(opened);
    this.board.step = this.step;
    this.desk = new DraftDesk(this.board, { userId: me.userId, refresh: () => this.refresh() });
    element?.setDescribe((unit) => this.board?.describe(unit));
    void this.board.showPlaces(me.marketId);
    await this.openTeam(await biggestTeam(me.teams));
  }

  private async openTeam(teamId: string, draftId?: string): Promise<void> {
    if (!this.board) return;
    this.teamId = teamId;
    this.plans = await this.board.openTeam(teamId, draftId);
    await this.desk?.opened();
    this.refresh();
  }

  get isDesigner(): boolean {
    return !this.isRep;
  }
  get isRep(): boolean {
    return this.me?.role === 'rep';
  }
  get on() {
    const isBusy = this.board === null && !this.problem;
    const hasComparison = this.view.comparison !== null;
    return panels({ step: this.step, plan: this.view.plan, isBusy, hasComparison, isPaneLow: isLow(this.tab) });
  }
  get pickers() {
    return pickers(this.me, this.plans, this.on.isDraftStep);
  }

  /** Brings map, tables, bars and steps to what the board holds. */
  private refresh(): void {
    const { board } = this;
    if (!board) return;
    board.step = this.step;
    board.selected = this.selected;
    this.view = snapshot(board, this.desk, { unit: this.unit, tab: this.tab });
  }

  /** Other steps rest on what the service holds: moves are saved first, and where that fails the user stays. */
  private async goTo(step: Step): Promise<void> {
    if (this.step === 'design' && step !== 'design') {
      if (this.view.plan.unsaved > 0) await this.desk?.save();
      if (this.view.plan.unsaved > 0 || this.view.desk?.conflicts.length) return;
    }
    if (this.board && step !== this.step) this.board.leaveStep();
    if (this.step === 'market') void this.board?.showPlaces(this.me?.marketId ?? null);
    const left = this.step === step ? null : this.step;
    [this.step, this.outlined] = [step, NO_POCKETS];
    this.refresh();
    // decisions made a draft, or changed the one that is open
    if (left === 'inbox') void this.reopen();
    // What was published is today's plan now; the newest other draft takes its place.
    if (left === 'publish') void this.guarded(() => this.openTeam(this.teamId));
  }

  private pickStep(event: CustomEvent<Step>): void {
    void this.goTo(event.detail);
  }
  private toggleAside(event: Event): void {
    const aside = (event.currentTarget as HTMLElement).dataset.aside as Step;
    void this.goTo(this.step === aside ? 'today' : aside);
  }
  private async pickTeam(event: CustomEvent<{ value: string }>): Promise<void> {
    this.selected = null;
    await this.guarded(() => this.openTeam(event.detail.value));
  }
  private async pickDraft(event: CustomEvent<{ value: string }>): Promise<void> {
    await this.guarded(() => this.openTeam(this.teamId, event.detail.value));
  }
  /** A colouring, a tool or a tab: named by the element that tells it. */
  private choose(event: CustomEvent<string>): void {
    const what = (event.currentTarget as HTMLElement).dataset.choice;
    if (what === 'colorBy') this.colorBy = event.detail as Coloring;
    if (what === 'tool') this.tool = event.detail as Tool;
    if (what === 'tab') this.tab = event.detail as PaneTab;
    if (this.board) Object.assign(this.board, { colorBy: this.colorBy, tool: this.tool });
    this.refresh();
  }
  private pickTerritory(event: CustomEvent<number>): void {
    const isSame = event.detail === this.selected && this.step !== 'design';
    this.select(isSame ? null : event.detail, true);
  }

  private pickUnit(event: CustomEvent<number>): void {
    const owner = this.board?.owners[event.detail] ?? -1;
    if (this.step === 'design' && this.tool === 'pick') return this.lookInto(event.detail);
    if (this.step !== 'market' && owner >= 0) this.select(owner, false);
  }

  private select(territory: number | null, isMoving: boolean): void {
    this.selected = territory;
    if (isMoving) this.board?.fit(territory);
    this.refresh();
  }

  /** The accounts of a ZIP, in the pane. */
  private lookInto(unit: number): void {
    this.unit = unit;
    this.tab = 'accounts';
    this.refresh();
  }

  private openUnit(event: CustomEvent<number>): void {
    this.lookInto(event.detail);
  }

  private act(event: CustomEvent<DeskAction>): void {
    void this.desk?.run(event.detail);
  }

  private showFinding(event: CustomEvent<Partial<Finding> & { zips?: string[] }>): void {
    const { territoryIndex, units, zips = [] } = event.detail ?? {};
    if (territoryIndex !== undefined) this.select(territoryIndex, true);
    else if (zips.length > 0) this.board?.fitZips(zips);
    else if (units?.length) this.board?.view.fitUnits(units);
    else this.select(null, true);
  }

  private takeDemand(event: CustomEvent<{ demand: Demand; places: Place[] }>): void {
    if (!this.board) return;
    this.board.demand = event.detail.demand;
    this.board.view.setPlaces(event.detail.places);
    this.refresh();
  }

  /** Plans count something else now: they are read anew. */
  private async takeFigures(): Promise<void> {
    await this.reopen();
    await this.guarded(async () => void (this.me = await get<Me>('/me')));
  }

  private async startDraft(): Promise<void> {
    if (this.view.plan.draftId) await this.goTo('design');
    else await this.newDraft();
  }

  private async newDraft(): Promise<void> {
    await this.guarded(async () => {
      const body = { teamId: this.teamId, name: newDraftName(new Date()), from: this.view.plan.liveId };
      const { id } = await post<{ id: string }>('/alignments', body);
      this.step = 'design';
      await this.openTeam(this.teamId, id);
    });
  }

  private draw(event: CustomEvent<Drawn>): void {
    const bars = this.desk?.draw(event.detail);
    if (bars && this.board) this.view = drawn(this.view, this.board, bars);
    if (event.detail.phase === 'end') this.refresh();
  }

  private stepHistory(event: CustomEvent): void {
    this.desk?.step(event.type as 'undo' | 'redo');
  }

  private saveMoves(): void {
    void this.desk?.save();
  }
  private retryDesk(): void {
    void this.desk?.retry();
  }

  /** Two plans or versions of the team instead of the draft against today; nothing named goes back to these. */
  private async compareOthers(event: CustomEvent<Record<'before' | 'after', Compared> | null>): Promise<void> {
    const { board } = this;
    const ground = board?.draft ?? board?.live;
    if (!board || !ground) return;
    await this.guarded(async () => {
      const load = ({ id, version }: Compared) => loadBeside(board, id, version, ground);
      const { before, after } = event.detail ?? {};
      const both = before && after ? await Promise.all([load(before), load(after)]) : null;
      board.compared = both && { before: both[0], after: both[1] };
      this.refresh();
    });
  }

  private toNext(): void {
    void this.goTo(AFTER[this.step] ?? 'today');
  }

  /** Pockets to outline, or the one of them that was picked on the map. */
  private outline({ detail }: CustomEvent<MapPocket[] | string>): void {
    this.outlined = outlinedAfter(this.outlined, detail);
  }

  private takeProposal(event: CustomEvent<LookedAt | null>): void {
    if (this.board) this.board.proposal = event.detail;
    this.select(null, event.detail !== null);
  }

  private async takeAccepted({ detail }: CustomEvent<Accepted>): Promise<void> {
    const { draft, map } = this.board ?? {};
    if (!draft || !map || !takeOver(map, draft, detail)) await this.reopen();
    await this.goTo('compare');
  }

  private reopen(): Promise<void> {
    return this.guarded(() => this.openTeam(this.teamId, this.view.plan.draftId || undefined));
  }

  private openMine(): void {
    const attributes = { recordId: this.me?.userId, objectApiName: 'User', actionName: 'view' };
    this[NavigationMixin.Navigate]({ type: 'standard__recordPage', attributes });
  }

  private async retry(): Promise<void> {
    await (this.board ? this.reopen() : this.guarded(() => this.start()));
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
