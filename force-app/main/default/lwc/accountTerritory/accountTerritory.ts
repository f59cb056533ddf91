import { LightningElement, api } from 'lwc';
import { focusOn, get, openMap, outline, reduceErrors } from 'c/bailiwick';
import type { AccountPage, AccountTeam, MapElement, OpenedMap, Problem } from 'c/bailiwick';
import { historyRows, isShown, placeOf, TABS, teamShown } from './words';
import { texts } from './texts';

const ACT = '.act lightning-button';
type Panel = 'reassign' | 'feedback' | null;

/** On an account's page: whose it is and why, its territory on the map, what it does by site of care, what it is worth. */
export default class AccountTerritory extends LightningElement {
  readonly texts = texts;
  private answer: AccountPage | null = null;
  private problem: Problem | null = null;
  private teamId = '';
  private panel: Panel = null;
  private tab = 'procedures';
  private recordIdShown = '';
  private opened: OpenedMap | null = null;
  private isDrawn = false;
  private hasRendered = false;
  /** The button that opened a panel gets the focus back when that closes. */
  private wanted = '';

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
    if (this.wanted && focusOn(this.template, this.wanted)) this.wanted = '';
    if (this.hasRendered) return;
    this.hasRendered = true;
    void this.load();
  }

  get mapStyle(): string {
    return this.mapHeight > 0 ? `--bailiwick-map-height:${this.mapHeight}px` : '';
  }
  get waitingText(): string {
    if (this.problem) return '';
    if (this.answer === null) return texts.step1Of2LookingUpTheTerritoryAnd;
    return this.isDrawn ? '' : texts.step2Of2DrawingTheMap;
  }
  /** Without an answer there is nothing that a map could show. */
  get columnsLook(): string {
    return this.problem && !this.answer ? 'columns columns-empty' : 'columns';
  }
  get team(): AccountTeam | null {
    return teamShown(this.answer?.teams ?? [], this.teamId);
  }
  get teamOptions() {
    return (this.answer?.teams ?? []).map(({ teamId, teamName }) => ({ label: teamName, value: teamId }));
  }
  get hasTeams(): boolean {
    return this.teamOptions.length > 1;
  }
  get territoryName(): string {
    return this.team?.territory?.name ?? texts.inNoTerritory;
  }
  get repName(): string {
    return this.team?.territory ? (this.team.territory.repName ?? texts.noRepVacant) : '—';
  }
  get why(): string {
    return this.team?.why.text ?? texts.noTeamHasALivePlanYet;
  }
  get isReassigning(): boolean {
    return this.panel === 'reassign';
  }
  get isSaying(): boolean {
    return this.panel === 'feedback';
  }
  /** One button: who may change it reassigns, everybody else says what is wrong. */
  get actLabel(): string {
    if (!this.team || this.panel) return '';
    return this.team.canReassign ? texts.reassign : texts.thisIsWrong;
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
  get history() {
    return historyRows(this.answer);
  }
  get hasHistory(): boolean {
    return this.history.length > 0;
  }

  private async load(): Promise<void> {
    const id = this.recordIdShown;
    this.problem = null;
    this.isDrawn = false;
    try {
      const answer = await get<AccountPage>(`/accounts/${id}/territory`);
      if (id !== this.recordIdShown) return;
      this.answer = answer;
      this.teamId = this.team?.teamId ?? '';
      await this.draw();
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private async draw(): Promise<void> {
    const { team, answer: page } = this;
    const element = this.template?.querySelector<MapElement>('c-territory-map') ?? null;
    this.opened ??= await openMap(element);
    this.isDrawn = true;
    if (!this.opened || !page) return;
    this.opened.view.setMarker(placeOf(page, this.opened));
    if (!team?.territory || !isShown(team)) return;
    const { index, name } = team.territory;
    const describe = await outline(this.opened, {
      alignmentId: team.alignmentId,
      index,
      name,
      units: [...team.unitIndexes],
      inSight: page.account.unit === null ? [] : [page.account.unit],
    });
    element?.setDescribe(describe);
  }

  private pickTeam(event: CustomEvent<{ value: string }>): void {
    this.teamId = event.detail.value;
    this.panel = null;
    this.draw().catch((error: unknown) => (this.problem = reduceErrors(error)));
  }
  private act(): void {
    this.panel = this.team?.canReassign ? 'reassign' : 'feedback';
  }
  private ask(): void {
    this.panel = 'feedback';
  }
  private closePanel(): void {
    this.panel = null;
    this.wanted = ACT;
  }
  private takeReassigned(): void {
    this.panel = null;
    this.wanted = ACT;
    void this.load();
  }
  private takeSaid(): void {
    this.tab = 'feedback';
    this.template?.querySelector<HTMLElement & { load(): void }>('c-feedback-list')?.load();
  }
  private pickTab(event: CustomEvent<string>): void {
    this.tab = event.detail;
  }
  private retry(): void {
    void this.load();
  }
}
