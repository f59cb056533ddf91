import { LightningElement, api } from 'lwc';
import { filled, get, putJson, reduceErrors, usd } from 'c/bailiwick';
import type { FeedbackRules as Rules, Problem } from 'c/bailiwick';
import { texts } from './texts';

type Name = 'acceptUnderUsd' | 'toOpsFromUsd' | 'dueDays';

/** What of a team's feedback is accepted or passed on by itself, and when the rest is due; changed by Sales Ops. */
export default class FeedbackRules extends LightningElement {
  readonly texts = texts;
  @api canEdit = false;
  private team = '';
  private rules: Rules | null = null;
  private draft: Record<Name, string> = { acceptUnderUsd: '', toOpsFromUsd: '', dueDays: '' };
  private problem: Problem | null = null;
  private loadProblem: Problem | null = null;
  private saved = '';
  private isSaving = false;

  @api
  get teamId(): string {
    return this.team;
  }
  set teamId(value: string) {
    this.team = value;
    void this.load();
  }

  get isWaiting(): boolean {
    return this.rules === null && this.loadProblem === null;
  }
  get words(): string {
    if (!this.rules) return '';
    const { acceptUnderUsd, toOpsFromUsd, dueDays } = this.rules;
    const accept =
      acceptUnderUsd === null
        ? texts.nothingIsAcceptedByItself
        : filled(texts.accountsWithSalesBelowAYearAre, usd(acceptUnderUsd));
    const ops = toOpsFromUsd === null ? '' : ` ${filled(texts.fromAYearOnSalesOpsDecides, usd(toOpsFromUsd))}`;
    return filled(texts.everythingElseIsDueWithinDays, accept, ops, dueDays);
  }
  get under(): string {
    return this.draft.acceptUnderUsd;
  }
  get from(): string {
    return this.draft.toOpsFromUsd;
  }
  get days(): string {
    return this.draft.dueDays;
  }
  get cannotSave(): boolean {
    const { dueDays, ...usds } = this.draft;
    const days = Number(dueDays);
    const isAmount = (text: string) => text.trim() === '' || Number(text) >= 0;
    return this.isSaving || !Number.isInteger(days) || days < 1 || days > 90 || !Object.values(usds).every(isAmount);
  }

  private async load(): Promise<void> {
    this.loadProblem = null;
    this.problem = null;
    try {
      this.take(await get<Rules>(`/feedback/rules/${this.team}`));
    } catch (error) {
      this.loadProblem = reduceErrors(error);
    }
  }

  private write(event: CustomEvent<{ value: string }>): void {
    const name = (event.target as HTMLElement).dataset.name as Name;
    this.draft = { ...this.draft, [name]: event.detail.value };
    this.saved = '';
  }

  private async save(): Promise<void> {
    const { acceptUnderUsd, toOpsFromUsd, dueDays } = this.draft;
    const amount = (text: string) => (text.trim() === '' ? null : Number(text));
    this.problem = null;
    this.isSaving = true;
    try {
      const body = {
        version: this.rules?.version ?? 0,
        acceptUnderUsd: amount(acceptUnderUsd),
        toOpsFromUsd: amount(toOpsFromUsd),
        dueDays: Number(dueDays),
      };
      this.take(await putJson<Rules>(`/feedback/rules/${this.team}`, body));
      this.saved = texts.savedTheyHoldForWhatIsSaidFromNow;
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isSaving = false;
  }

  private take(rules: Rules): void {
    this.rules = rules;
    const text = (value: number | null) => (value === null ? '' : String(value));
    const { acceptUnderUsd, toOpsFromUsd, dueDays } = rules;
    this.draft = { acceptUnderUsd: text(acceptUnderUsd), toOpsFromUsd: text(toOpsFromUsd), dueDays: String(dueDays) };
  }
}
