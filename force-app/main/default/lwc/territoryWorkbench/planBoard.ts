import { get } from 'c/bailiwick';
import type {
  BailiwickMap,
  Demand,
  Drawn,
  GeographyData,
  MapView,
  OpenedMap,
  Place,
  PlanSummary,
  ProposalResult,
  Tool,
} from 'c/bailiwick';
import { ownersIn } from './comparison';
import { demandCard, territoryNames, unitCard } from './mapWords';
import { Painter, type Coloring } from './painting';
import { barsOf, barsOfRows, loadPlan, type WorkingPlan, utilizations } from './workingPlan';
import { texts } from './texts';

/** The five steps; beside them feedback and requests, and what Sales Ops does with the CRM. */
export const STEPS = ['market', 'today', 'design', 'compare', 'publish', 'inbox', 'crm'] as const;
export type Step = (typeof STEPS)[number];
/** Room left around a territory so that the ZIPs it may take are in sight. */
const NEIGHBORS_ROOM = 0.25;
export type Bars = ReturnType<typeof barsOf>;
/** At least its owners; of a whole result also what is new in it. */
export type LookedAt = Pick<ProposalResult, 'owners'> & Partial<Pick<ProposalResult, 'added' | 'after'>>;

/** What the steps need to know of the open plans. */
export interface BoardState {
  liveId: string;
  draftId: string;
  draftName: string;
  version: number;
  /** Of today's plan. */
  liveVersion: number;
  /** Units of the map. */
  zips: number;
  canEdit: boolean;
  undo: number;
  redo: number;
  unsaved: number;
}
export const NOTHING_OPEN: BoardState = {
  liveId: '',
  draftId: '',
  draftName: '',
  version: 0,
  liveVersion: 0,
  zips: 0,
  canEdit: false,
  undo: 0,
  redo: 0,
  unsaved: 0,
};

/** What is on the map and in the bars: the plans, what is picked, and how they are painted. Knows no markup. */
export class PlanBoard {
  step: Step = 'today';
  live: WorkingPlan | null = null;
  draft: WorkingPlan | null = null;
  selected: number | null = null;
  colorBy: Coloring = 'territory';
  /** Swap instead of give. */
  isSwapping = false;
  /** Two plans or versions that are compared; null for the draft against today. */
  compared: { before: WorkingPlan; after: WorkingPlan } | null = null;
  tool: Tool = 'lasso';
  demand: Demand | null = null;
  /** A computed plan that is looked at and not taken yet. */
  proposal: LookedAt | null = null;
  readonly map: BailiwickMap;
  readonly geography: GeographyData;
  readonly view: MapView;
  private readonly painter: Painter;
  private lastTouched: number[] = [];

  constructor({ map, data, view }: OpenedMap) {
    this.map = map;
    this.geography = data;
    this.view = view;
    this.painter = new Painter(map, data);
  }

  /** Opens today's plan of a team and a draft of it, the newest unless named; answers all its plans. */
  async openTeam(teamId: string, draftId?: string): Promise<PlanSummary[]> {
    const { alignments } = await get<{ alignments: PlanSummary[] }>(`/alignments?team=${teamId}`);
    const live = alignments.find(({ state }) => state === 'live');
    const drafts = alignments.filter(({ state }) => state === 'draft');
    const newest = drafts.reduce<PlanSummary | undefined>(
      (a, b) => (a && a.updatedAt >= b.updatedAt ? a : b),
      undefined,
    );
    const load = (id: string | undefined) => (id ? loadPlan(this, id) : null);
    [this.live, this.draft] = await Promise.all([load(live?.id), load(draftId ?? newest?.id)]);
    this.proposal = null;
    this.compared = null;
    const first = this.live ?? this.draft;
    if (first) this.painter.choose(first);
    return alignments;
  }

  /** Circles are welcome but not needed: without them the map still stands. */
  async showPlaces(market: string | null): Promise<void> {
    const answer = market ? await get<{ places: Place[] }>(`/demand/places?market=${market}`).catch(() => null) : null;
    if (answer) this.view.setPlaces(answer.places);
  }

  state(): BoardState {
    const { live, draft } = this;
    const { plan } = draft ?? {};
    return {
      liveId: live?.plan.id ?? '',
      draftId: plan?.id ?? '',
      draftName: plan?.name ?? '',
      version: plan?.version ?? 0,
      liveVersion: live?.plan.version ?? 0,
      zips: this.geography.units.ids.length,
      canEdit: (draft ?? live)?.plan.canEdit ?? false,
      undo: draft?.draft.history.done.length ?? 0,
      redo: draft?.draft.history.undone.length ?? 0,
      unsaved: draft?.draft.unsaved().length ?? 0,
    };
  }

  get isDraftStep(): boolean {
    return this.step === 'design' || this.step === 'compare' || this.step === 'publish';
  }

  /** The plan on the map: the draft from the design step on, else today's. */
  get shown(): WorkingPlan | null {
    if (this.step === 'compare' && this.compared) return this.compared.after;
    return this.isDraftStep ? (this.draft ?? this.live) : this.live;
  }

  /** What was only looked at stays behind: a proposal, and what was outlined. */
  leaveStep(): void {
    this.proposal = null;
    this.view.setOwners(this.owners, []);
    this.view.point(null);
  }

  /** What the plan on the map is compared with. */
  get against(): WorkingPlan | null {
    if (this.step === 'compare' && this.compared) return this.compared.before;
    if (this.proposal) return this.shown;
    return this.isDraftStep ? this.live : null;
  }

  get owners(): readonly number[] {
    return this.proposal?.owners ?? this.shown?.draft.owners ?? [];
  }

  unitsOf(territory: number): number[] {
    return this.owners.flatMap((owner, unit) => (owner === territory ? [unit] : []));
  }

  /** Shows a territory, in the design step with its neighbours; null shows the whole market. */
  fit(territory: number | null): void {
    if (territory === null) this.view.fitAll();
    else this.view.fitUnits(this.unitsOf(territory), this.step === 'design' ? NEIGHBORS_ROOM : undefined);
  }

  fitZips(zips: readonly string[]): void {
    const wanted = new Set(zips);
    const units = this.geography.units.ids.flatMap((zip, unit) => (wanted.has(zip) ? [unit] : []));
    this.view.fitUnits(units, NEIGHBORS_ROOM);
  }

  describe(unit: number) {
    if (!this.shown) return null;
    if (this.step === 'market') return this.demand ? demandCard(unit, this.geography, this.demand) : null;
    return unitCard(unit, this.geography, this.shown, this.owners);
  }

  /** Bars as the plan stands, or as the proposal would make it. */
  bars(): Bars {
    const { shown, proposal } = this;
    if (!shown) return [];
    if (!proposal) return barsOf(shown, shown.draft.now(), this.spreads(shown, shown.draft.owners));
    const { added, after = [] } = proposal;
    // A plan with a territory more or less has targets of its own.
    const isRecut = after.length > 0 && after.length !== shown.plan.territories.length;
    if (added || isRecut) return barsOfRows(shown, after);
    const moves = this.map.core.difference(shown.draft.owners, proposal.owners);
    return barsOf(shown, shown.draft.preview(moves), this.spreads(shown, proposal.owners));
  }

  /** How far each territory's potential may be off; it follows the owners. */
  private spreads({ inputs, plan }: WorkingPlan, owners: readonly number[]): number[] {
    return this.map.core.territorySpreads(owners, inputs.uncertainty.varianceUsd2, plan.territories.length);
  }

  /** Parts of territories that lie apart since the draft began: shown, never forbidden. */
  strays(): { territory: number; units: number[] }[] {
    const { draft, live } = this;
    if (!draft || this.step !== 'design') return [];
    const { owners } = draft.draft;
    const found = draft.draft.strays();
    return found.filter(({ units }) => units.some((unit) => owners[unit] !== live?.draft.owners[unit]));
  }

  /** Territories that this user may give ZIPs to. */
  choices(bars: Bars): { label: string; value: string; id: string }[] {
    const editable = bars.filter(({ index }) => this.draft?.plan.territories[index]?.canEdit ?? false);
    return editable.map(({ name, repName, index }) => ({
      label: `${name} · ${repName ?? texts.noRep}`,
      value: String(index),
      id: this.draft?.plan.territories[index]?.id ?? '',
    }));
  }

  /** Territories and states of which a part of the draft can be published. */
  parts() {
    const territories = (this.draft ?? this.live)?.plan.territories ?? [];
    return {
      territories: territories.flatMap((one) => (one?.canEdit ? [{ label: one.name, value: one.id }] : [])),
      states: [...new Set(this.geography.units.states)].sort().map((state) => ({ label: state, value: state })),
    };
  }

  /** What the bars are compared with: the draft before a proposal, the other plan, else today. */
  barsBefore(): Bars {
    const { against, shown } = this;
    if (!against || !shown || (!this.proposal && (!this.isDraftStep || !this.draft))) return [];
    const at = (id: string | undefined) => shown.plan.territories.findIndex((one) => one?.id === id);
    return barsOf(against, against.draft.now())
      .map((bar) => ({ ...bar, index: at(against.plan.territories[bar.index]?.id) }))
      .filter(({ index }) => index >= 0);
  }

  paint(bars: Bars): void {
    const { shown, view, map, selected } = this;
    if (!shown) return;
    const { owners, step, colorBy, demand, against, proposal } = this;
    const before = against && ownersIn(against.plan, against.draft.owners, shown.plan);
    const isAdding = proposal?.added !== undefined && proposal.added !== null;
    const isMarket = step === 'market';
    view.setPaint(this.painter.paintOf({ shown, owners, bars, isMarket, colorBy, selected, before, demand, isAdding }));
    const units = map.core.unitsByTerritory(this.owners, shown.plan.territories.length);
    view.setNames(isMarket ? [] : territoryNames(shown, utilizations(bars), units, selected));
    view.setTool(this.step === 'design' && this.draft && !this.proposal ? this.tool : 'pan');
  }

  /** While the mouse is down only bars and colours change; on release the step is recorded. */
  draw({ units, phase }: Drawn): Bars | null {
    const { draft: working, view, map, selected } = this;
    if (!working || selected === null) return null;
    const { draft } = working;
    const moves = phase === 'cancel' ? [] : this.movesFor(selected, units);
    const touched = moves.map(({ unit }) => unit);
    if (phase === 'end') draft.commit(moves);
    const isDragging = phase === 'drag';
    const owners = isDragging ? map.core.apply(draft.owners, moves) : draft.owners;
    view.setOwners(owners, [...touched, ...this.lastTouched], isDragging ? units : []);
    this.lastTouched = isDragging ? touched : [];
    return barsOf(working, isDragging ? draft.preview(moves) : draft.now());
  }

  /** What the stroke would do: give to the picked territory, or swap with the one that has most of it. */
  private movesFor(territory: number, units: readonly number[]) {
    const { draft } = this.draft ?? {};
    if (!draft) return [];
    return this.isSwapping ? draft.swapsWith(territory, [...units]) : draft.movesTo(territory, units);
  }
}
