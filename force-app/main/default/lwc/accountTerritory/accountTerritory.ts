import { LightningElement, api } from 'lwc';
import { count, day, get, openMap, outline, reduceErrors, sentence, usd } from 'c/bailiwick';
import type { AccountPage, AccountTeam, MapElement, OpenedMap, Problem } from 'c/bailiwick';
import { familyRows, SITES, siteBars } from './procedureTable';

/** On an account's page: whose it is and why, its territory on the map, what it does by site of care, what it is worth. */
export default class AccountTerritory extends LightningElement {
  private answer: AccountPage | null = null;
  private problem: Problem | null = null;
  private teamId = '';
  private isReassigning = false;
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
  get team(): AccountTeam | null {
    const teams = this.answer?.teams ?? [];
    // First comes the team that cuts finest, of those whose territory this user may see.
    const finest = teams.filter(isShown).sort((a, b) => a.unitIndexes.length - b.unitIndexes.length)[0];
    return teams.find(({ teamId }) => teamId === this.teamId) ?? finest ?? teams[0] ?? null;
  }
  get teamOptions() {
    return (this.answer?.teams ?? []).map(({ teamId, teamName }) => ({ label: teamName, value: teamId }));
  }
  get hasTeams(): boolean {
    return this.teamOptions.length > 1;
  }
  get territoryName(): string {
    return this.team?.territory?.name ?? 'In no territory';
  }
  get repName(): string {
    return this.team?.territory ? (this.team.territory.repName ?? 'no rep (vacant)') : '—';
  }
  get why(): string {
    return this.team?.why.text ?? '';
  }
  get canReassign(): boolean {
    return (this.team?.canReassign ?? false) && !this.isReassigning;
  }
  get money() {
    if (!this.answer) return [];
    const { potentialUsd, salesUsd, headroomUsd } = this.answer;
    return [
      { label: 'Market potential', value: usd(potentialUsd) },
      { label: 'Current sales', value: usd(salesUsd) },
      { label: 'Headroom', value: usd(headroomUsd) },
    ];
  }
  get sites() {
    return siteBars(this.answer?.sites ?? []);
  }
  get total(): string {
    return count((this.answer?.sites ?? []).reduce((sum, { procedures }) => sum + procedures, 0));
  }
  get columns() {
    return SITES;
  }
  get rows() {
    return familyRows(this.answer?.procedures ?? []);
  }
  get hasProcedures(): boolean {
    return this.rows.length > 0;
  }
  get placesText(): string {
    const places = this.answer?.places ?? [];
    if (places.length < 2) return '';
    return `Works at ${places.length} places: ${places.map(({ name, zip, procedures }) => `${name} ${zip} (${count(procedures)})`).join(', ')}.`;
  }
  get sourceText(): string {
    const source = this.answer?.source;
    return source ? `${source.label}, ${source.period}. ${sentence(source.formula)}` : '';
  }
  get history() {
    return (this.answer?.history ?? []).map(({ at, byName, text }, i) => ({
      key: `${i}`,
      text: `${day(at)}, ${byName}: ${text}`,
    }));
  }
  get hasHistory(): boolean {
    return this.history.length > 0;
  }

  private async load(): Promise<void> {
    this.problem = null;
    try {
      this.answer = await get<AccountPage>(`/accounts/${this.recordId}/territory`);
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
    if (!this.opened || !page) return;
    this.opened.view.setMarker(this.place(page, this.opened));
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

  /** The account's own place, else the middle of its ZIP. */
  private place({ account }: AccountPage, { data }: OpenedMap) {
    const { unit } = account;
    const lat = account.lat ?? (unit === null ? undefined : data.units.lat[unit]);
    const lon = account.lon ?? (unit === null ? undefined : data.units.lon[unit]);
    return lat === undefined || lon === undefined ? null : { lat, lon };
  }

  private pickTeam(event: CustomEvent<{ value: string }>): void {
    this.teamId = event.detail.value;
    this.isReassigning = false;
    this.draw().catch((error: unknown) => (this.problem = reduceErrors(error)));
  }
  private reassign(): void {
    this.isReassigning = true;
  }
  private closeReassign(): void {
    this.isReassigning = false;
  }
  private takeReassigned(): void {
    this.isReassigning = false;
    void this.load();
  }
  private retry(): void {
    void this.load();
  }
}

const isShown = ({ unitIndexes }: AccountTeam): boolean => unitIndexes.length > 0;
