import { LightningElement, api } from 'lwc';
import canReassign from '@salesforce/customPermission/Bailiwick_Reassign';
import currentUserId from '@salesforce/user/Id';
import { download, filled, focusOn, get, openMap, outline, reduceErrors } from 'c/bailiwick';
import type { MapElement, OpenedMap, Problem, TerritoryOutline, UserPage } from 'c/bailiwick';
import { noFeedback, options, outlineText, sourceText, subtitle, TABS, waitingText } from './words';
import { texts } from './texts';

/** A rep's page: what is mine, what is it worth, am I treated fairly, whom do I work, what changed and why. */
export default class UserTerritory extends LightningElement {
  readonly texts = texts;
  private answer: UserPage | null = null;
  private problem: Problem | null = null;
  private territoryId = '';
  private tab = 'focus';
  private isSaying = false;
  private recordIdShown = '';
  private opened: OpenedMap | null = null;
  private isDrawn = false;
  private hasRendered = false;

  /** Of the App Builder: height of the map in pixels, what it is coloured by, and its layers. */
  @api mapHeight = 0;
  @api measure = 'territory';
  @api layers = '';

  @api
  get recordId(): string {
    return this.recordIdShown;
  }
  set recordId(id: string) {
    if (id === this.recordIdShown) return;
    this.recordIdShown = id;
    if (this.hasRendered) void this.load();
  }

  renderedCallback(): void {
    if (this.hasRendered) return;
    this.hasRendered = true;
    void this.load();
  }

  get mapStyle(): string {
    return this.mapHeight > 0 ? `--bailiwick-map-height:${this.mapHeight}px` : '';
  }
  get isSelf(): boolean {
    return !this.recordId || this.recordId === currentUserId;
  }
  get title(): string {
    return this.isSelf ? texts.myTerritory : filled(texts.territoryOf, this.answer?.user.name ?? '…');
  }
  get mapLabel(): string {
    return this.isSelf ? texts.myTerritoryOnTheMap : texts.theTerritoryOnTheMap;
  }
  get waitingText(): string {
    if (this.problem || this.isEmpty) return '';
    return waitingText(this.answer && this.shown, this.isDrawn);
  }
  get all(): TerritoryOutline[] {
    return [...(this.answer?.territories ?? []), ...(this.answer?.outlines ?? [])];
  }
  get isEmpty(): boolean {
    return this.answer !== null && this.all.length === 0;
  }
  get columnsLook(): string {
    const hasNothing = this.isEmpty || (this.problem !== null && this.answer === null);
    return hasNothing ? 'columns columns-empty' : 'columns';
  }
  get shown(): TerritoryOutline | null {
    return this.all.find(({ id }) => id === this.territoryId) ?? this.all[0] ?? null;
  }
  /** With its figures, where the reader may see them. */
  get full(): UserPage['territories'][number] | null {
    const { shown } = this;
    return this.answer?.territories.find(({ id }) => id === shown?.id) ?? null;
  }
  get outlineText(): string {
    return this.answer && !this.full ? outlineText(this.answer) : '';
  }
  get territoryOptions() {
    return options(this.all);
  }
  get hasSeveral(): boolean {
    return this.all.length > 1;
  }
  get subtitle(): string {
    return subtitle(this.shown, this.full, this.answer);
  }
  get sourceText(): string {
    return sourceText(this.full);
  }
  get tabs() {
    return TABS;
  }
  get tabLabel(): string {
    return TABS.find(({ value }) => value === this.tab)?.label ?? '';
  }
  get isOn(): Record<string, boolean> {
    return { [this.tab]: true };
  }
  get noFeedback(): string {
    return noFeedback(canReassign === true);
  }

  private async load(): Promise<void> {
    const id = this.recordIdShown;
    this.problem = null;
    this.isDrawn = false;
    try {
      const answer = await get<UserPage>(`/users/${id || currentUserId}/territory`);
      if (id !== this.recordIdShown) return;
      this.answer = answer;
      this.territoryId = this.all[0]?.id ?? '';
      await this.draw();
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private async draw(): Promise<void> {
    const { shown } = this;
    if (!shown) return;
    const element = this.template?.querySelector<MapElement>('c-territory-map') ?? null;
    this.opened ??= await openMap(element);
    this.isDrawn = true;
    if (!this.opened) return;
    const { alignmentId, index, name, unitIndexes } = shown;
    element?.setDescribe(await outline(this.opened, { alignmentId, index, name, units: [...unitIndexes] }));
  }

  private pickTerritory(event: CustomEvent<{ value: string }>): void {
    this.territoryId = event.detail.value;
    this.isSaying = false;
    this.draw().catch((error: unknown) => (this.problem = reduceErrors(error)));
  }
  private pickTab(event: CustomEvent<string>): void {
    this.tab = event.detail;
  }
  private openForm(): void {
    this.isSaying = true;
  }
  private closeForm(): void {
    this.isSaying = false;
    focusOn(this.template, 'c-territory-story');
  }
  private save(): void {
    const { full } = this;
    if (!full) return;
    const path = `/territories/${full.id}/accounts.csv?team=${full.teamId}`;
    download(path, filled(texts.accountsCsv, full.name)).catch(
      (error: unknown) => (this.problem = reduceErrors(error)),
    );
  }
  private retry(): void {
    void this.load();
  }
}
