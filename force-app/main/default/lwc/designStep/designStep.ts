import { LightningElement, api } from 'lwc';
import { filled, plural } from 'c/bailiwick';
import type { HeldRow, Tool } from 'c/bailiwick';
import { texts } from './texts';

const TOOLS: readonly { value: Tool; label: string; hint: string }[] = [
  { value: 'lasso', label: texts.lasso, hint: texts.dragALineAroundZips },
  { value: 'box', label: texts.box, hint: texts.dragFromOneCornerToTheOther },
  { value: 'county', label: texts.county, hint: texts.aClickOrDragTakesWholeCounties },
  { value: 'brush1', label: texts.oneZip, hint: texts.paintZipByZip },
  { value: 'brush2', label: texts.brush, hint: texts.paintWithASmallBrush },
  { value: 'brush3', label: texts.bigBrush, hint: texts.paintWithABigBrush },
  { value: 'pick', label: texts.accounts, hint: texts.clickAZipToSeeItsAccountsAndGive },
  { value: 'pan', label: texts.moveMap, hint: texts.dragTheMapAClickPicksATerritory },
];
const MODES = [
  { value: 'give', label: texts.give, hint: texts.zipsUnderTheStrokeGoToThePicked },
  {
    value: 'swap',
    label: texts.swap,
    hint: texts.zipsUnderTheStrokeChangeSides,
  },
];
const HINTS: Readonly<Partial<Record<Tool, string>>> = {
  county: texts.clickOrDragWholeCountiesChange,
  brush1: texts.clickAZipOrPaintOverSeveral,
  pick: texts.clickAZipItsAccountsOpenInTheList,
  pan: texts.dragTheMapAClickPicksATerritory2,
};
const KEYS = texts.keyboardFocusTheMapArrowsWalkFrom;

interface PlanState {
  draftId: string;
  draftName: string;
  version: number;
  canEdit: boolean;
  undo: number;
  redo: number;
  unsaved: number;
}

interface Desk {
  mode: 'give' | 'swap';
  note: string;
  wish: string;
  kept: string;
  others: string;
  hasOthersToShow: boolean;
  conflicts: object[];
  strays: { text: string; units: number[]; canRepair: boolean } | null;
  finders: { what: string; label: string; isDisabled: boolean }[];
  locks: string;
  held: HeldRow[];
}

/** Design: give ZIPs to a territory by hand, or let it be computed. Nothing reaches the CRM here. */
export default class DesignStep extends LightningElement {
  readonly texts = texts;
  @api plan: PlanState | null = null;
  @api territories: { label: string; value: string; id?: string }[] = [];
  @api selected: number | null = null;
  @api tool: Tool = 'lasso';
  @api isSaving = false;
  @api hasProposal = false;

  /** What stands beside drawing: notes, conflicts, parts that lie apart, finders, locks. */
  @api desk: Desk | null = null;

  readonly tools = TOOLS;
  readonly modes = MODES;

  get startText(): string {
    return filled(texts.startsFromTodaysMap, this.plan?.draftName ?? '');
  }
  get mode(): string {
    return this.desk?.mode ?? 'give';
  }
  get hint(): string {
    const drag = HINTS[this.tool] ?? texts.dragOnTheMapBarsMoveWhileYouDrag;
    const swap = texts.zipsOfThePickedTerritoryGoToTheOne;
    if (this.tool === 'pan') return drag;
    return this.tool === 'pick' ? `${drag} ${KEYS}` : `${drag} ${this.mode === 'swap' ? `${swap} ` : ''}${KEYS}`;
  }
  get hasConflicts(): boolean {
    return (this.desk?.conflicts ?? []).length > 0;
  }
  get note(): string {
    return this.desk?.note ?? '';
  }
  get wishText(): string {
    return this.desk?.wish ?? '';
  }
  get keptText(): string {
    return this.desk?.kept ?? '';
  }
  get othersText(): string {
    return this.desk?.others ?? '';
  }
  get strays(): Desk['strays'] {
    return this.desk?.strays ?? null;
  }
  get finders(): Desk['finders'] {
    return this.desk?.finders ?? [];
  }
  get held(): HeldRow[] {
    return this.desk?.held ?? [];
  }
  get locksText(): string {
    return this.desk?.locks ?? '';
  }

  get target(): string {
    return this.selected === null ? '' : String(this.selected);
  }
  /** The same territories by their CRM id, for what is computed. */
  get named() {
    return this.territories.map(({ label, id = '' }) => ({ label, value: id }));
  }
  get needsTarget(): boolean {
    return this.selected === null;
  }
  get cannotUndo(): boolean {
    return this.hasProposal || (this.plan?.undo ?? 0) === 0;
  }
  get cannotRedo(): boolean {
    return this.hasProposal || (this.plan?.redo ?? 0) === 0;
  }
  get saveText(): string {
    if (this.isSaving) return texts.saving;
    const unsaved = this.plan?.unsaved ?? 0;
    return unsaved === 0 ? texts.allMovesSavedInTheDraft : filled(texts.movedNotSavedYet, plural(unsaved, texts.zip));
  }
  get canSave(): boolean {
    return !this.isSaving && (this.plan?.unsaved ?? 0) > 0;
  }
  /** A proposal is looked at, accepted or discarded before anything else is drawn. */
  get canDraw(): boolean {
    return !this.hasProposal;
  }
  get isReadOnly(): boolean {
    return !(this.plan?.canEdit ?? false);
  }

  private tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
  private pickTarget(event: CustomEvent<{ value: string }>): void {
    this.tell('territory', Number(event.detail.value));
  }
  private pickTool(event: CustomEvent<Tool>): void {
    this.tell('tool', event.detail);
  }
  private pickMode(event: CustomEvent<string>): void {
    this.tell('desk', { do: 'mode', value: event.detail });
  }
  /** A button that says what it does. */
  private ask(event: Event): void {
    this.tell('desk', { do: (event.currentTarget as HTMLElement).dataset.do });
  }
  private findNext(event: Event): void {
    this.tell('desk', { do: 'find', what: (event.currentTarget as HTMLElement).dataset.what });
  }
  private passDesk(event: CustomEvent): void {
    this.tell('desk', event.detail);
  }
  private showStrays(): void {
    this.tell('show', { units: [...(this.strays?.units ?? [])] });
  }
  private undo(): void {
    this.tell('undo');
  }
  private redo(): void {
    this.tell('redo');
  }
  private save(): void {
    this.tell('save');
  }
  private next(): void {
    this.tell('next');
  }
  private newDraft(): void {
    this.tell('newdraft');
  }
  private passProposal(event: CustomEvent): void {
    this.tell('proposal', event.detail);
  }
  private passShow(event: CustomEvent): void {
    this.tell('show', event.detail);
  }
  private passAccepted(event: CustomEvent): void {
    this.tell('accepted', event.detail);
  }
  /** The engine starts from what the service holds. */
  private saveFirst(): void {
    if (this.canSave) this.tell('save');
  }
}
