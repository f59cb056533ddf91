import { LightningElement, wire } from 'lwc';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import { get, openMap, post, reduceErrors, ServiceError } from 'c/bailiwick';
import type {
  ColorBy,
  Demand,
  Drawn,
  Finding,
  MapElement,
  Me,
  Place,
  PlanSummary,
  Problem,
  Comparison,
  Source,
  Tool,
} from 'c/bailiwick';
import { compare } from './comparison';
import { COLORS, newDraftName, panels, pickers } from './panels';
import { NOTHING_OPEN, PlanBoard, STEPS, type Bars, type BoardState, type LookedAt, type Step } from './planBoard';
import { biggestTeam, rebase, save, takeOver, type Accepted } from './workingPlan';

const AFTER: Readonly<Partial<Record<Step, Step>>> = { design: 'compare', compare: 'publish' };

/** Five steps over one map; what is shown and painted is the board's business. */
export default class TerritoryWorkbench extends NavigationMixin(LightningElement) {
  private me: Me | null = null;
  private problem: Problem | null = null;
  private saveProblem: Problem | null = null;
  private step: Step = 'today';
  private teamId = '';
  private plans: PlanSummary[] = [];
  private bars: Bars = [];
  private beforeBars: Bars = [];
  private selected: number | null = null;
  private tool: Tool = 'lasso';
  private colorBy: ColorBy = 'territory';
  private comparison: Comparison | null = null;
  private plan: BoardState = NOTHING_OPEN;
  private source: Source | null = null;
  private strays: { text: string; units: number[] } | null = null;
  private isSaving = false;
  private isStale = false;
  private isStarted = false;
  private hasProposal = false;
  private openUpload = false;
  private board: PlanBoard | null = null;
  readonly colorOptions = COLORS;
  private readonly showStep = (event: Event) => void this.goTo((event as CustomEvent<Step>).detail);

  @wire(CurrentPageReference)
  takePage(page: { state?: Record<string, string> } | null): void {
    const step = page?.state?.c__step as Step | undefined;
    if (step && STEPS.includes(step)) this.step = step;
    this.openUpload = page?.state?.c__upload === '1';
  }

  connectedCallback(): void {
    document.addEventListener('bailiwick-show-step', this.showStep);
  }

  disconnectedCallback(): void {
    document.removeEventListener('bailiwick-show-step', this.showStep);
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
    element?.setDescribe((unit) => this.board?.describe(unit));
    void this.board.showPlaces(me.marketId);
    await this.openTeam(await biggestTeam(me.teams));
  }

  private async openTeam(teamId: string, draftId?: string): Promise<void> {
    if (!this.board) return;
    this.teamId = teamId;
    this.plans = await this.board.openTeam(teamId, draftId);
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
    return panels({ step: this.step, plan: this.plan, isBusy, hasComparison: this.comparison !== null });
  }
  get pickers() {
    return pickers(this.me, this.plans, this.on.isDraftStep);
  }
  get parts() {
    return this.step === 'publish' ? (this.board?.parts() ?? null) : null;
  }
  get territoryOptions() {
    return this.board?.choices(this.bars) ?? [];
  }
  get barsHeading(): string {
    return this.beforeBars.length > 0 ? 'Draft against today' : 'Territories today';
  }
  get saveRetry(): string {
    return this.isStale ? 'Reload and apply my moves again' : 'Save again';
  }

  /** Brings map, bars and steps to what the board holds. */
  private refresh(): void {
    const { board } = this;
    if (!board) return;
    board.step = this.step;
    board.selected = this.selected;
    this.bars = board.bars();
    this.beforeBars = board.barsBefore();
    board.paint(this.bars);
    this.hasProposal = board.proposal !== null;
    const { live, draft } = board;
    this.source = board.shown?.inputs.source ?? null;
    this.comparison = this.step === 'compare' && live && draft ? compare(live, draft) : null;
    this.plan = board.state();
    this.strays = board.strays();
  }

  /** Other steps rest on what the service holds: moves are saved first, and where that fails the user stays. */
  private async goTo(step: Step): Promise<void> {
    if (this.step === 'design' && step !== 'design') {
      if (this.plan.unsaved > 0) await this.saveMoves();
      if (this.saveProblem) return;
    }
    if (this.board && step !== this.step) this.board.proposal = null;
    if (this.step === 'market') void this.board?.showPlaces(this.me?.marketId ?? null);
    const hasPublished = this.step === 'publish' && step !== 'publish';
    this.step = step;
    this.refresh();
    // What was published is today's plan now; the newest other draft takes its place.
    if (hasPublished) void this.guarded(() => this.openTeam(this.teamId));
  }

  private pickStep(event: CustomEvent<Step>): void {
    void this.goTo(event.detail);
  }
  private toggleCrm(): void {
    void this.goTo(this.step === 'crm' ? 'today' : 'crm');
  }
  private async pickTeam(event: CustomEvent<{ value: string }>): Promise<void> {
    this.selected = null;
    await this.guarded(() => this.openTeam(event.detail.value));
  }
  private async pickDraft(event: CustomEvent<{ value: string }>): Promise<void> {
    await this.guarded(() => this.openTeam(this.teamId, event.detail.value));
  }
  private pickColor(event: CustomEvent<ColorBy>): void {
    this.colorBy = event.detail;
    if (this.board) this.board.colorBy = this.colorBy;
    this.refresh();
  }
  private pickTool(event: CustomEvent<Tool>): void {
    this.tool = event.detail;
    if (this.board) this.board.tool = this.tool;
    this.refresh();
  }
  private pickTerritory(event: CustomEvent<number>): void {
    const isSame = event.detail === this.selected && this.step !== 'design';
    this.select(isSame ? null : event.detail, true);
  }

  private pickUnit(event: CustomEvent<number>): void {
    const owner = this.board?.owners[event.detail] ?? -1;
    if (this.step !== 'market' && owner >= 0) this.select(owner, false);
  }

  private select(territory: number | null, isMoving: boolean): void {
    this.selected = territory;
    if (isMoving) this.board?.fit(territory);
    this.refresh();
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
    if (this.plan.draftId) await this.goTo('design');
    else await this.newDraft();
  }

  private async newDraft(): Promise<void> {
    await this.guarded(async () => {
      const body = { teamId: this.teamId, name: newDraftName(new Date()), from: this.plan.liveId };
      const { id } = await post<{ id: string }>('/alignments', body);
      this.step = 'design';
      await this.openTeam(this.teamId, id);
    });
  }

  private draw(event: CustomEvent<Drawn>): void {
    const bars = this.board?.draw(event.detail);
    if (bars) this.bars = bars;
    if (event.detail.phase === 'end') this.refresh();
  }

  private stepHistory(event: CustomEvent): void {
    const { draft } = this.board?.draft ?? {};
    if (event.type === 'undo') draft?.undo();
    else draft?.redo();
    this.refresh();
  }

  private async saveMoves(): Promise<void> {
    const working = this.board?.draft;
    if (!working || !this.board) return;
    this.isSaving = true;
    this.saveProblem = null;
    try {
      await save(working, this.board.geography.units.ids);
    } catch (error) {
      this.saveProblem = reduceErrors(error);
      this.isStale = error instanceof ServiceError && error.status === 409;
    }
    this.isSaving = false;
    this.refresh();
  }

  private async saveAgain(): Promise<void> {
    const { board } = this;
    if (this.isStale && board?.draft) board.draft = await rebase(board, board.draft);
    await this.saveMoves();
  }

  private toNext(): void {
    void this.goTo(AFTER[this.step] ?? 'today');
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
    return this.guarded(() => this.openTeam(this.teamId, this.plan.draftId || undefined));
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
