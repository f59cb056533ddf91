import { LightningElement, api } from 'lwc';
import { filled, get, moment, plural, putJson, reduceErrors } from 'c/bailiwick';
import type { PlanSettings as Settings, PlanSettingsAnswer, Problem } from 'c/bailiwick';
import { texts } from './texts';

const CHECKS: readonly { name: keyof Settings; label: string }[] = [
  { name: 'approvalRequired', label: texts.onlyApprovedPlansArePublished },
  { name: 'approverIsAnother', label: texts.whoMadeAPlanOrChangedItLastDoesNot },
  { name: 'smallChangesAreFree', label: texts.aSingleAccountMayBeReassigned },
  { name: 'tellReps', label: texts.repsWhoseAccountsChangeAreToldByA },
  { name: 'tellManagers', label: texts.managersAreToldByATaskWhenAPlan },
];

/** How the plans of a team come to life: approval, and who is told. */
export default class PlanSettings extends LightningElement {
  readonly texts = texts;
  private shownTeam = '';
  private answer: PlanSettingsAnswer | null = null;
  private draft: Settings | null = null;
  private problem: Problem | null = null;
  private isSaving = false;
  private told = '';

  @api get teamId(): string {
    return this.shownTeam;
  }
  set teamId(id: string) {
    if (id === this.shownTeam) return;
    [this.shownTeam, this.answer, this.draft] = [id, null, null];
    void this.load();
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get checks() {
    return CHECKS.map(({ name, label }) => ({ name, label, isOn: this.draft?.[name] === true }));
  }
  get savedText(): string {
    const { savedByName, savedAt } = this.answer ?? {};
    return savedByName && savedAt ? filled(texts.savedBy, savedByName, moment(savedAt)) : texts.theseAreTheDefaults;
  }

  get keepText(): string {
    const years = this.draft?.keepYears ?? null;
    return years === null ? texts.everythingIsKept : filled(texts.whatIsOlderIsRemoved, plural(years, texts.year));
  }

  private check(event: CustomEvent<{ checked: boolean }>): void {
    const { name = '' } = (event.target as HTMLElement).dataset;
    if (this.draft) this.draft = { ...this.draft, [name]: event.detail.checked };
  }
  private writeDays(event: CustomEvent<{ value: string }>): void {
    if (this.draft) this.draft = { ...this.draft, introductionDays: Math.round(Number(event.detail.value)) };
  }
  private writeYears({ detail: { value } }: CustomEvent<{ value: string }>): void {
    if (this.draft) this.draft = { ...this.draft, keepYears: value === '' ? null : Math.round(Number(value)) };
  }
  private retry(): void {
    void this.load();
  }
  private load(): Promise<void> {
    return this.guarded(async () => this.take(await get<PlanSettingsAnswer>(`/teams/${this.shownTeam}/plan-settings`)));
  }
  private async save(): Promise<void> {
    const { draft, answer } = this;
    if (!draft || !answer) return;
    [this.isSaving, this.told] = [true, ''];
    await this.guarded(async () => {
      const body = { ...draft, version: answer.version };
      this.take(await putJson<PlanSettingsAnswer>(`/teams/${this.shownTeam}/plan-settings`, body));
      this.told = texts.saved;
    });
    this.isSaving = false;
  }
  private take(answer: PlanSettingsAnswer): void {
    [this.answer, this.draft] = [answer, answer.settings];
  }
  private async guarded(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
}
