import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import canReassign from '@salesforce/customPermission/Bailiwick_Reassign';
import currentUserId from '@salesforce/user/Id';
import { count, download, get, hours, openMap, outline, percent, reduceErrors, usd } from 'c/bailiwick';
import type { MapElement, OpenedMap, Problem, UserPage, UserTerritory as Territory } from 'c/bailiwick';

/** A rep's page: what is mine, what is it worth, am I treated fairly, whom do I work first. */
export default class UserTerritory extends NavigationMixin(LightningElement) {
  private answer: UserPage | null = null;
  private problem: Problem | null = null;
  private territoryId = '';
  private recordIdShown = '';
  private opened: OpenedMap | null = null;
  private hasRendered = false;

  @api
  get recordId(): string {
    return this.recordIdShown;
  }
  set recordId(id: string) {
    this.recordIdShown = id;
    if (this.hasRendered) void this.load();
  }

  renderedCallback(): void {
    if (this.hasRendered) return;
    this.hasRendered = true;
    void this.load();
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get isEmpty(): boolean {
    return this.answer !== null && this.answer.territories.length === 0;
  }
  get emptyText(): string {
    const whose = this.recordId && this.recordId !== currentUserId ? 'This person has' : 'You have';
    return `${whose} no territory. Territory Admins give territories their reps in Salesforce’s Territory Management.`;
  }
  get canDesign(): boolean {
    return canReassign === true;
  }
  get columnsLook(): string {
    return this.isEmpty ? 'columns columns-empty' : 'columns';
  }
  get territory(): Territory | null {
    return this.answer?.territories.find(({ id }) => id === this.territoryId) ?? this.answer?.territories[0] ?? null;
  }
  get territoryOptions() {
    return (this.answer?.territories ?? []).map(({ id, name, teamName }) => ({
      label: `${name} · ${teamName}`,
      value: id,
    }));
  }
  get hasSeveral(): boolean {
    return this.territoryOptions.length > 1;
  }
  get subtitle(): string {
    const { territory } = this;
    return territory
      ? [territory.teamName, territory.parentName, this.answer?.user.name].filter(Boolean).join(' · ')
      : '';
  }
  get figures() {
    const { territory: t } = this;
    if (!t) return [];
    return [
      { label: 'Market potential', value: usd(t.potentialUsd) },
      { label: 'Current sales', value: usd(t.salesUsd) },
      { label: 'Headroom', value: usd(t.headroomUsd) },
      { label: 'Accounts', value: count(t.accounts) },
    ];
  }
  get workNote(): string {
    const { territory: t } = this;
    if (!t) return '';
    return `${hours(t.workloadHours)} a year: ${hours(t.callHours)} calls, ${hours(t.caseHours)} cases, ${hours(t.travelHours)} travel, ${hours(t.administrationHours)} administration`;
  }
  get potentialRatio(): number {
    const { territory: t } = this;
    return t && t.target.potentialUsd > 0 ? t.potentialUsd / t.target.potentialUsd : 0;
  }
  get potentialNote(): string {
    const { territory: t } = this;
    return t ? `${usd(t.potentialUsd)} of a target of ${usd(t.target.potentialUsd)}; the target range is ±15 %` : '';
  }
  get fairness(): string {
    const { territory: t } = this;
    if (!t) return '';
    const deviation = t.target.workloadHours > 0 ? t.workloadHours / t.target.workloadHours - 1 : 0;
    const than = deviation >= 0 ? 'more' : 'less';
    const work = `Your work is ${percent(Math.abs(deviation))} ${than} than an equal share.`;
    return t.rank
      ? `${work} By market potential you are number ${t.rank.position} of ${t.rank.of} in your team.`
      : work;
  }
  get accounts() {
    return (this.territory?.topAccounts ?? []).map((account) => ({
      ...account,
      note: [account.kind, account.city].filter(Boolean).join(' · '),
      potential: usd(account.potentialUsd),
      sales: usd(account.salesUsd),
      headroom: usd(account.headroomUsd),
    }));
  }

  private async load(): Promise<void> {
    this.problem = null;
    try {
      this.answer = await get<UserPage>(`/users/${this.recordId || currentUserId}/territory`);
      this.territoryId = this.answer.territories[0]?.id ?? '';
      await this.draw();
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private async draw(): Promise<void> {
    const { territory } = this;
    if (!territory) return;
    const element = this.template?.querySelector<MapElement>('c-territory-map') ?? null;
    this.opened ??= await openMap(element);
    if (!this.opened) return;
    const { alignmentId, index, name, unitIndexes } = territory;
    element?.setDescribe(await outline(this.opened, { alignmentId, index, name, units: [...unitIndexes] }));
  }

  private pickTerritory(event: CustomEvent<{ value: string }>): void {
    this.territoryId = event.detail.value;
    this.draw().catch((error: unknown) => (this.problem = reduceErrors(error)));
  }
  private openAccount(event: Event): void {
    event.preventDefault();
    const { id } = (event.currentTarget as HTMLElement).dataset;
    const attributes = { recordId: id, objectApiName: 'Account', actionName: 'view' };
    this[NavigationMixin.Navigate]({ type: 'standard__recordPage', attributes });
  }
  private openWorkbench(): void {
    const attributes = { apiName: 'Bailiwick_Territories' };
    this[NavigationMixin.Navigate]({ type: 'standard__navItemPage', attributes });
  }
  private save(): void {
    const { territory } = this;
    if (!territory) return;
    const path = `/territories/${territory.id}/accounts.csv?team=${territory.teamId}`;
    download(path, `${territory.name} accounts.csv`).catch((error: unknown) => (this.problem = reduceErrors(error)));
  }
  private retry(): void {
    void this.load();
  }
}
