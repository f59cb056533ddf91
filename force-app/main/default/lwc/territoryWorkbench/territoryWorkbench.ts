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
  ProposalResult,
  Source,
  Tool,
} from 'c/bailiwick';
import { compare, type Comparison } from './comparison';
import { PlanBoard, STEPS, type Bars, type Step } from './planBoard';
import { loadPlan, rebase, save } from './workingPlan';

const COLOR_OPTIONS = [
  { label: 'Territories', value: 'territory' },
  { label: 'Hours used', value: 'utilization' },
  { label: 'Market potential', value: 'demand' },
];

/** The workbench: five steps over one map; what is shown and painted is the board's business. */
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
  private plan = { liveId: '', draftId: '', draftName: '', version: 0, canEdit: false, undo: 0, redo: 0, unsaved: 0 };
  private source: Source | null = null;
  private isSaving = false;
  private isStale = false;
  private isStarted = false;
  private hasProposal = false;
  private openUpload = false;
  private board: PlanBoard | null = null;
  private readonly showStep = (event: Event) => this.goTo((event as CustomEvent<Step>).detail);

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
    await this.openTeam(me.teams[0]?.id ?? '');
  }

  private async openTeam(teamId: string, draftId?: string): Promise<void> {
    const { board } = this;
    if (!board) return;
    this.teamId = teamId;
    const { alignments } = await get<{ alignments: PlanSummary[] }>(`/alignments?team=${teamId}`);
    this.plans = alignments;
    const live = alignments.find(({ state }) => state === 'live');
    const newest = this.drafts.sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))[0];
    const id = draftId ?? newest?.id;
    const load = (planId: string | undefined) => (planId ? loadPlan(board.map, planId) : null);
    board.open(...(await Promise.all([load(live?.id), load(id)])));
    this.refresh();
  }

  get isRep(): boolean {
    return this.me?.role === 'rep';
  }
  get isSample(): boolean {
    return this.me?.sample ?? false;
  }
  /** Which step's panel is shown; each waits for what it needs. */
  get on() {
    const { step } = this;
    const isOpen = this.plan.liveId !== '' || this.plan.draftId !== '';
    const hasDraft = this.plan.draftId !== '';
    const needsDraft = isOpen && !hasDraft && step !== 'market' && step !== 'today';
    return {
      market: step === 'market' && this.board !== null,
      today: step === 'today' && this.plan.liveId !== '',
      design: step === 'design' && hasDraft,
      compare: step === 'compare' && hasDraft && this.comparison !== null,
      publish: step === 'publish' && hasDraft,
      needsDraft,
      loading: !isOpen && this.board === null && !this.problem,
      colorBy: step !== 'market',
      drafts: this.drafts.length > 0 && step !== 'market' && step !== 'today',
    };
  }
  get teamOptions() {
    return (this.me?.teams ?? []).map(({ id, name }) => ({ label: name, value: id }));
  }
  get draftOptions() {
    return this.drafts.map(({ id, name }) => ({ label: name, value: id }));
  }
  get colorOptions() {
    return COLOR_OPTIONS;
  }
  get territoryOptions() {
    return this.bars.map(({ name, repName, index }) => ({
      label: `${name} · ${repName ?? 'no rep'}`,
      value: String(index),
    }));
  }
  get barsHeading(): string {
    return this.beforeBars.length > 0 ? 'Draft against today' : 'Territories today';
  }
  get saveRetry(): string {
    return this.isStale ? 'Reload and apply my moves again' : 'Save again';
  }
  private get drafts(): PlanSummary[] {
    return this.plans.filter(({ state }) => state === 'draft');
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
    this.plan = {
      liveId: live?.plan.id ?? '',
      draftId: draft?.plan.id ?? '',
      draftName: draft?.plan.name ?? '',
      version: draft?.plan.version ?? 0,
      canEdit: (draft ?? live)?.plan.canEdit ?? false,
      undo: draft?.draft.history.done.length ?? 0,
      redo: draft?.draft.history.undone.length ?? 0,
      unsaved: draft?.draft.unsaved().length ?? 0,
    };
  }

  private goTo(step: Step): void {
    if (this.step === 'design' && step !== 'design') {
      if (this.plan.unsaved > 0) void this.saveMoves();
      this.setProposal(null);
    }
    this.step = step;
    this.refresh();
  }

  private pickStep(event: CustomEvent<Step>): void {
    this.goTo(event.detail);
  }

  private async pickTeam(event: CustomEvent<{ value: string }>): Promise<void> {
    this.selected = null;
    await this.guarded(() => this.openTeam(event.detail.value));
  }

  private async pickDraft(event: CustomEvent<{ value: string }>): Promise<void> {
    await this.guarded(() => this.openTeam(this.teamId, event.detail.value));
  }

  private pickColor(event: CustomEvent<{ value: ColorBy }>): void {
    this.colorBy = event.detail.value;
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
    if (isMoving) this.board?.view.fitUnits(territory === null ? [] : this.board.unitsOf(territory));
    this.refresh();
  }

  private showFinding(event: CustomEvent<Finding>): void {
    const { territoryIndex, units } = event.detail;
    if (territoryIndex !== undefined) this.select(territoryIndex, true);
    else if (units?.length) this.board?.view.fitUnits(units);
    else this.select(null, true);
  }

  private showAll(): void {
    this.select(null, true);
  }

  private takeDemand(event: CustomEvent<{ demand: Demand; places: Place[] }>): void {
    if (!this.board) return;
    this.board.demand = event.detail.demand;
    this.board.view.setPlaces(event.detail.places);
    this.refresh();
  }

  private async startDraft(): Promise<void> {
    if (this.plan.draftId) this.goTo('design');
    else await this.newDraft();
  }

  private async newDraft(): Promise<void> {
    await this.guarded(async () => {
      const name = `Draft of ${new Date().toLocaleDateString('en-US', { month: 'long', day: 'numeric' })}`;
      const body = { teamId: this.teamId, name, from: this.plan.liveId };
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

  private undo(): void {
    this.board?.draft?.draft.undo();
    this.refresh();
  }

  private redo(): void {
    this.board?.draft?.draft.redo();
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
    if (this.isStale && board?.draft) board.draft = await rebase(board.map, board.draft);
    await this.saveMoves();
  }

  private async toCompare(): Promise<void> {
    await this.saveMoves();
    if (!this.saveProblem) this.goTo('compare');
  }

  private showToday(): void {
    this.goTo('today');
  }

  private toPublish(): void {
    this.goTo('publish');
  }

  private takeProposal(event: CustomEvent<ProposalResult | null>): void {
    this.setProposal(event.detail);
    this.selected = null;
    this.refresh();
  }

  private setProposal(proposal: ProposalResult | null): void {
    if (this.board) this.board.proposal = proposal;
  }

  private async takeAccepted(): Promise<void> {
    await this.guarded(() => this.openTeam(this.teamId, this.plan.draftId));
    this.goTo('compare');
  }

  private async takePublished(): Promise<void> {
    await this.guarded(() => this.openTeam(this.teamId, this.plan.draftId));
  }

  private openMine(): void {
    const attributes = { recordId: this.me?.userId, objectApiName: 'User', actionName: 'view' };
    this[NavigationMixin.Navigate]({ type: 'standard__recordPage', attributes });
  }

  private async retry(): Promise<void> {
    await this.guarded(() => (this.board ? this.openTeam(this.teamId, this.plan.draftId || undefined) : this.start()));
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
