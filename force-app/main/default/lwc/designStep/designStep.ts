import { LightningElement, api } from 'lwc';
import { plural } from 'c/bailiwick';
import type { HeldRow, Tool } from 'c/bailiwick';

const TOOLS: readonly { value: Tool; label: string; hint: string }[] = [
  { value: 'lasso', label: 'Lasso', hint: 'Drag a line around ZIPs' },
  { value: 'box', label: 'Box', hint: 'Drag from one corner to the other' },
  { value: 'county', label: 'County', hint: 'A click or drag takes whole counties' },
  { value: 'brush1', label: 'One ZIP', hint: 'Paint ZIP by ZIP' },
  { value: 'brush2', label: 'Brush', hint: 'Paint with a small brush' },
  { value: 'brush3', label: 'Big brush', hint: 'Paint with a big brush' },
  { value: 'pick', label: 'Accounts', hint: 'Click a ZIP to see its accounts and give single ones away' },
  { value: 'pan', label: 'Move map', hint: 'Drag the map; a click picks a territory' },
];
const MODES = [
  { value: 'give', label: 'Give', hint: 'ZIPs under the stroke go to the picked territory' },
  {
    value: 'swap',
    label: 'Swap',
    hint: 'ZIPs under the stroke change sides between the picked territory and the other one',
  },
];
const HINTS: Readonly<Partial<Record<Tool, string>>> = {
  county: 'Click or drag: whole counties change hands.',
  brush1: 'Click a ZIP, or paint over several.',
  pick: 'Click a ZIP: its accounts open in the list beside the map.',
  pan: 'Drag the map; a click picks a territory.',
};
const KEYS = 'Keyboard: focus the map, arrows walk from ZIP to ZIP and show the effect, Shift collects, Enter takes.';

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

  get mode(): string {
    return this.desk?.mode ?? 'give';
  }
  get hint(): string {
    const drag = HINTS[this.tool] ?? 'Drag on the map: bars move while you drag.';
    const swap = 'ZIPs of the picked territory go to the one that has most of the others, and its ZIPs come back.';
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
    if (this.isSaving) return 'Saving…';
    const unsaved = this.plan?.unsaved ?? 0;
    return unsaved === 0 ? 'All moves saved in the draft' : `${plural(unsaved, 'ZIP')} moved, not saved yet`;
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
