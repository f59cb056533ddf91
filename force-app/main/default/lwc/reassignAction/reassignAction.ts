import { LightningElement, api } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { get, reduceErrors } from 'c/bailiwick';
import type { AccountPage, AccountTeam, Problem } from 'c/bailiwick';

/** The quick action of an account: opens the same panel as its page. The record's id comes after the component. */
export default class ReassignAction extends LightningElement {
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
    return this.answer?.account.name ?? 'Reassign';
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
    const where = this.team?.territory?.name ?? 'no territory';
    return `It is in ${where}, which is not yours to change. Ask its Territory Admin, or open the account and say what is wrong.`;
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
