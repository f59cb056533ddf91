import { LightningElement, api } from 'lwc';
import { plural } from 'c/bailiwick';
import type { Tool } from 'c/bailiwick';

const TOOLS: readonly { value: Tool; label: string; hint: string }[] = [
  { value: 'lasso', label: 'Lasso', hint: 'Drag a line around ZIPs' },
  { value: 'brush1', label: 'One ZIP', hint: 'Paint ZIP by ZIP' },
  { value: 'brush2', label: 'Brush', hint: 'Paint with a small brush' },
  { value: 'brush3', label: 'Big brush', hint: 'Paint with a big brush' },
  { value: 'pan', label: 'Move map', hint: 'Drag the map; a click picks a territory' },
];

interface PlanState {
  draftId: string;
  draftName: string;
  version: number;
  canEdit: boolean;
  undo: number;
  redo: number;
  unsaved: number;
}

/** Design: give ZIPs to a territory by hand, or let it be computed. Nothing reaches the CRM here. */
export default class DesignStep extends LightningElement {
  @api plan: PlanState | null = null;
  @api territories: { label: string; value: string; id?: string }[] = [];
  @api selected: number | null = null;
  @api tool: Tool = 'lasso';
  @api isSaving = false;
  @api hasProposal = false;

  /** Parts that lie apart, in words, with the ZIPs to look at. */
  @api strays: { text: string; units: number[] } | null = null;

  readonly tools = TOOLS;

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
