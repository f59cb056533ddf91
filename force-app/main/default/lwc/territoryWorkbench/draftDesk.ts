import { filled, plural, reduceErrors } from 'c/bailiwick';
import type { Drawn, Plan, Problem } from 'c/bailiwick';
import {
  conflictRows,
  effectText,
  heldText,
  keptProblem,
  locksText,
  othersView,
  strayView,
  type DeskAction,
  type DeskView,
} from './deskView';
import { askFor, wishesOf, wishText, type Wish } from './asking';
import { Finders } from './finders';
import { keep, kept } from './keep';
import { conflictsOf, editPlan, saveMerging, takeIn, type Conflict, type Merging, type Others } from './merging';
import { heldRows } from './paneView';
import type { Bars, PlanBoard } from './planBoard';
import { holdText, send, type Asked } from './planRequests';
import type { WorkingPlan } from './workingPlan';
import { texts } from './texts';

/** Whether something can be repaired is tried with so many parts. */
const FEW = 5;

/** The user's hands on the draft: strokes, steps, saving and merging, locks, held accounts, and what is kept for later. */
export class DraftDesk implements Pick<Merging, 'replace'> {
  isSaving = false;
  problem: Problem | null = null;
  /** What failed was a save: it can be tried again. */
  private isSaveProblem = false;
  private readonly board: PlanBoard;
  private readonly userId: string;
  /** Brings the screen to what the desk holds. */
  private readonly refresh: () => void;
  private readonly finders: Finders;
  private isDrawing = false;
  /** What was kept last: nothing is written twice. */
  private lastKept: readonly unknown[] = [];
  private note = '';
  private keptText = '';
  private others: Others | null = null;
  private wishes: readonly Wish[] = [];
  private conflicts: readonly Conflict[] = [];

  constructor(board: PlanBoard, { userId, refresh }: { userId: string; refresh: () => void }) {
    this.board = board;
    this.userId = userId;
    this.refresh = refresh;
    this.finders = new Finders(board);
  }

  view(): DeskView | null {
    const { board, note, keptText, others } = this;
    if (!board.draft || board.step !== 'design') return null;
    const { plan, draft } = board.draft;
    const parts = board.strays();
    return {
      mode: board.isSwapping ? 'swap' : 'give',
      note,
      wish: wishText(this.wishes),
      kept: keptText,
      ...othersView(others),
      conflicts: conflictRows(this.conflicts, plan.territories, board.geography),
      strays: strayView(parts, plan.territories, draft.repairs(parts.slice(0, FEW)).length > 0),
      finders: this.finders.buttons(),
      held: heldRows(board, board.draft),
      locks: locksText(plan.lockedUnits.length, plan.lockedTerritories.length, plan.overrides.length),
    };
  }

  /** A plan was opened: what this user left unsaved in it comes back, and what can be undone. */
  async opened(): Promise<void> {
    [this.note, this.keptText, this.others, this.conflicts] = ['', '', null, []];
    [this.wishes, this.problem] = [[], null];
    const { draft: working, geography } = this.board;
    const memory = working && kept(this.userId, working.plan.id);
    if (!working || !memory || memory.units !== geography.units.ids.length) return;
    const late = working.draft.restore(memory.memory);
    const again = memory.memory.unsaved.length - late.length;
    if (memory.memory.unsaved.length > 0)
      this.keptText = filled(texts.movedBeforeAndNotSavedOnTheMap, plural(again, texts.zip));
    try {
      if (late.length > 0) this.conflicts = await conflictsOf(this.ground(), working, { late, since: memory.version });
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  /** Steps and unsaved moves outlive the page, the connection and the session, for this user and plan. */
  keepNow(): void {
    const { draft: working, geography } = this.board;
    if (!working || working.plan.state !== 'draft') return;
    const { plan, draft } = working;
    const now = [plan.version, draft.owners, draft.history];
    if (now.every((part, i) => part === this.lastKept[i])) return;
    this.lastKept = now;
    const at = new Date().toISOString();
    keep(this.userId, plan.id, {
      version: plan.version,
      units: geography.units.ids.length,
      at,
      memory: draft.memory(),
    });
  }

  draw({ units, phase }: Drawn): Bars | null {
    const { board } = this;
    const { plan, draft } = board.draft ?? {};
    this.isDrawing = phase === 'drag';
    if (phase !== 'end' || !plan || !draft) return board.draw({ units, phase });
    const [owners, before] = [draft.owners, draft.now()];
    const held = board.selected === null || board.isSwapping ? null : draft.held(board.selected, [...units]);
    const left = { units: held?.units ?? [], to: board.selected ?? -1 };
    this.wishes = wishesOf(board.draft!, left, board.geography.units.ids);
    const bars = board.draw({ units, phase });
    const moved = board.map.core.difference(owners, draft.owners).length;
    const kept = held ? heldText(held, plan.territories) : '';
    this.note = `${kept} ${effectText(moved, before, draft.now(), plan.territories)}`.trim();
    return bars;
  }

  step(kind: 'undo' | 'redo'): void {
    this.board.draft?.draft[kind]();
    this.note = '';
    this.refresh();
  }

  async save(): Promise<void> {
    const { draft: working } = this.board;
    if (!working || this.isSaving) return;
    [this.isSaving, this.problem, this.isSaveProblem, this.keptText] = [true, null, false, ''];
    this.refresh();
    try {
      const { conflicts, others } = await saveMerging(this.ground(), working);
      this.conflicts = [...this.conflicts, ...conflicts];
      this.others = others ?? this.others;
    } catch (error) {
      this.problem = keptProblem(reduceErrors(error), working.draft.unsaved().length);
      this.isSaveProblem = true;
    }
    this.isSaving = false;
    this.refresh();
  }

  /** Others may have saved meanwhile: theirs comes in by itself, while nothing is drawn or saved here. */
  async lookForOthers(): Promise<void> {
    const { draft: working, step } = this.board;
    const isBusy = () => this.isDrawing || this.isSaving || this.board.proposal !== null;
    if (!working || step !== 'design' || isBusy() || working.plan.state !== 'draft') return;
    const taking = takeIn(this.ground(), working, () => !isBusy() && this.board.draft === working);
    const found = await taking.catch(() => null);
    if (!found) return;
    this.conflicts = [...this.conflicts, ...found.conflicts];
    this.others = found.others ?? this.others;
    this.refresh();
  }

  get retryLabel(): string {
    return this.isSaveProblem ? texts.saveAgain : texts.close;
  }

  /** A save is tried again; everything else is asked for again where it was asked. */
  async retry(): Promise<void> {
    if (this.isSaveProblem) return this.save();
    this.problem = null;
    this.refresh();
  }

  async run(action: DeskAction): Promise<void> {
    [this.problem, this.isSaveProblem] = [null, false];
    try {
      await this.act(action);
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.refresh();
  }

  replace(working: WorkingPlan): void {
    this.board.draft = working;
  }

  private act(action: DeskAction): void | Promise<void> {
    switch (action.do) {
      case 'mode':
        this.board.isSwapping = action.value === 'swap';
        return;
      case 'repair':
        return this.repair();
      case 'find':
        return this.find(action.what);
      case 'choose':
        return this.choose(action);
      case 'move':
        return this.move(action.units, action.to);
      case 'takeMoves':
        return this.takeMoves(action.moves);
      case 'show':
        return this.board.view.fitUnits(action.units, 0.4);
      case 'showOthers':
        return this.board.view.fitUnits(this.others?.units ?? [], 0.4);
      case 'hideNote':
        [this.note, this.keptText, this.others, this.wishes] = ['', '', null, []];
        return;
      case 'request':
        return this.request();
      case 'discardKept':
        return this.discardKept();
      default:
        return this.askService(action);
    }
  }

  /** Another manager is asked for what the stroke could not take. */
  private async request(): Promise<void> {
    this.note = await askFor(this.board.draft?.plan.teamId ?? '', this.wishes);
    this.wishes = [];
  }

  private say(text: string): void {
    this.note = text;
    this.refresh();
  }

  private async find(what: 'unassigned' | 'stray' | 'mismatch'): Promise<void> {
    if (what === 'mismatch') this.say(texts.readingWhereTheCrmHasEveryAccount);
    this.note = await this.finders.next(what);
  }

  /** Every part that lies apart goes to the neighbour that takes it best, in one step that undo takes back. */
  private repair(): void {
    const { draft } = this.board.draft ?? {};
    const moves = draft?.repairs(this.board.strays()) ?? [];
    draft?.commit(moves);
    this.note = filled(texts.givenToTheNeighboursThatTakeThem, plural(moves.length, texts.zip));
  }

  private move(units: readonly number[], to: number): void {
    const { plan, draft } = this.board.draft ?? {};
    if (!plan || !draft) return;
    this.note = heldText(draft.held(to, [...units]), plan.territories);
    const moves = draft.movesTo(to, units);
    draft.commit(moves);
    const name = plan.territories[to]?.name ?? texts.nobody;
    this.note ||= filled(texts.givenTo, plural(moves.length, texts.zip), name);
  }

  /** Some moves of a computed plan, as one step. */
  private takeMoves(wanted: readonly { zips: readonly string[]; toId: string }[]): void {
    const { plan, draft } = this.board.draft ?? {};
    if (!plan || !draft) return;
    const index = new Map(this.board.geography.units.ids.map((zip, unit) => [zip, unit]));
    const unitsOf = (zips: readonly string[]) => zips.flatMap((zip) => index.get(zip) ?? []);
    const moves = wanted.flatMap(({ zips, toId }) => {
      const to = plan.territories.findIndex((territory) => territory?.id === toId);
      return to < 0 ? [] : draft.movesTo(to, unitsOf(zips));
    });
    draft.commit(moves);
    const [taken, zips] = [plural(wanted.length, texts.move), plural(moves.length, texts.zip)];
    this.note = filled(texts.ofTheComputedPlanTaken, taken, zips);
  }

  /** Mine is made again over what the other one did, as a step that undo takes back; theirs stays. */
  private choose({ units, take }: { units: readonly number[]; take: 'mine' | 'theirs' }): void {
    const { draft } = this.board.draft ?? {};
    const chosen = this.conflicts.filter(({ unit }) => units.includes(unit));
    if (take === 'mine') draft?.commit(chosen.flatMap(({ unit, mine }) => draft.movesTo(mine, [unit])));
    this.conflicts = this.conflicts.filter(({ unit }) => !units.includes(unit));
  }

  /** Back to what the service holds; the steps can still be undone one by one where they fit. */
  private discardKept(): void {
    const { draft } = this.board.draft ?? {};
    const unsaved = draft?.unsaved() ?? [];
    draft?.commit(unsaved.map(({ unit, from, to }) => ({ unit, from: to, to: from })));
    this.keptText = '';
    this.note = filled(texts.backWhereTheSavedDraftHasThemUndo, plural(unsaved.length, texts.zip));
  }

  private async askService(action: Asked): Promise<void> {
    const { draft: working } = this.board;
    if (!working) return;
    const { ids } = this.board.geography.units;
    // a name or a target that somebody else has changed is looked at before it is changed again
    const turns = action.do === 'territory' ? 1 : 2;
    const asked = { turns, send: (plan: Plan) => send(plan, action, ids) };
    const conflicts = await editPlan(this.ground(), working, asked);
    this.conflicts = [...this.conflicts, ...conflicts];
    this.note = action.do === 'hold' ? holdText(action, working.plan) : '';
  }

  private ground(): Merging {
    const { map, geography } = this.board;
    return { map, geography, replace: (working) => this.replace(working) };
  }
}
