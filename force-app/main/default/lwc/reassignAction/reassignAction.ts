import { LightningElement, api } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { filled, get, reduceErrors } from 'c/bailiwick';
import type { AccountPage, AccountTeam, Problem } from 'c/bailiwick';
import { texts } from './texts';

/** The quick action of an account: opens the same panel as its page. The record's id comes after the component. */
export default class ReassignAction extends LightningElement {
  readonly texts = texts;
  private answer: AccountPage | null = null;
  private problem: Problem | null = null;
  private teamId = '';
  private account = '';
  /** For a territory of another manager, instead of giving it. */
  private isAsking = false;

  @api get recordId(): string {
    return this.account;
  }
  set recordId(id: string) {
    if (!id || id === this.account) return;
    this.account = id;
    this.answer = null;
    void this.load();
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get title(): string {
    return this.answer?.account.name ?? texts.reassign;
  }
  get teams(): AccountTeam[] {
    return this.answer?.teams ?? [];
  }
  get team(): AccountTeam | null {
    return this.teams.find(({ teamId }) => teamId === this.teamId) ?? null;
  }
  get teamOptions() {
    return this.teams.map(({ teamId, teamName }) => ({ label: teamName, value: teamId }));
  }
  get hasTeams(): boolean {
    return this.teams.length > 1;
  }
  get canReassign(): boolean {
    return this.team?.canReassign ?? false;
  }
  get refusal(): string {
    const where = this.team?.territory?.name ?? texts.noTerritory;
    return filled(texts.itIsInWhichIsNotYoursToChangeAsk, where);
  }

  private pickTeam(event: CustomEvent<{ value: string }>): void {
    this.teamId = event.detail.value;
  }
  private ask(): void {
    this.isAsking = true;
  }
  private close(): void {
    this.dispatchEvent(new CloseActionScreenEvent());
  }
  private async load(): Promise<void> {
    const id = this.account;
    this.problem = null;
    try {
      const answer = await get<AccountPage>(`/accounts/${id}/territory`);
      if (id !== this.account) return;
      this.answer = answer;
      this.teamId = (answer.teams.find(({ canReassign }) => canReassign) ?? answer.teams[0])?.teamId ?? '';
    } catch (error) {
      if (id === this.account) this.problem = reduceErrors(error);
    }
  }
}
