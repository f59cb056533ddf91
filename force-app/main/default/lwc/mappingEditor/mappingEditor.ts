import { LightningElement } from 'lwc';
import { day, del, filled, get, putJson, reduceErrors, ServiceError } from 'c/bailiwick';
import type { ClassRule, CrmMapping, FieldMapping, MappingProblem, Problem } from 'c/bailiwick';
import { groupRows, GROUPS } from './roles';
import { texts } from './texts';

/** Which Salesforce fields hold what: guessed with reasons and sample values, corrected where wrong, and saved. */
export default class MappingEditor extends LightningElement {
  readonly texts = texts;
  private answer: FieldMapping | null = null;
  private mapping: CrmMapping | null = null;
  private refused: readonly MappingProblem[] = [];
  private problem: Problem | null = null;
  private isBusy = false;
  private isChanged = false;
  private isAsked = false;
  private message = '';

  connectedCallback(): void {
    void this.load();
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get isConfirmed(): boolean {
    return this.answer?.state === 'confirmed';
  }
  get stateText(): string {
    const { state, savedByName, savedAt } = this.answer ?? {};
    if (state !== 'confirmed') return texts.guessedFromNamesTypesAndValues;
    return filled(texts.confirmedBy, savedByName ?? texts.somebody, savedAt ? `, ${day(savedAt)}` : '');
  }
  get stateLook(): string {
    return this.isConfirmed ? 'done' : 'told';
  }
  get groups() {
    const { answer, mapping } = this;
    if (!answer || !mapping) return [];
    const problems = [...answer.problems, ...this.refused];
    return GROUPS.map((group) => ({ ...group, rows: groupRows(group, { answer, mapping, problems }) }));
  }
  get classes() {
    return this.mapping?.classes ?? {};
  }
  get guessedClasses() {
    return this.answer?.guess.classes ?? [];
  }
  get classProblems(): string[] {
    const problems = [...(this.answer?.problems ?? []), ...this.refused];
    return problems.filter(({ role }) => role.startsWith('classes.')).map((one) => `${one.message} ${one.action}`);
  }
  get saveLabel(): string {
    return this.isConfirmed ? texts.save : texts.confirmTheseFields;
  }
  get cannotSave(): boolean {
    return this.isBusy || (this.isConfirmed && !this.isChanged);
  }

  private takeFields(event: CustomEvent<{ role: string; fields: string[] }>): void {
    if (!this.mapping) return;
    const { role, fields } = event.detail;
    const [object, name = ''] = role.split('.') as ['account' | 'user', string];
    this.change({ ...this.mapping, [object]: { ...this.mapping[object], [name]: fields } });
  }
  private takeClasses(event: CustomEvent<Record<string, ClassRule[]>>): void {
    if (this.mapping) this.change({ ...this.mapping, classes: event.detail });
  }
  private change(mapping: CrmMapping): void {
    [this.mapping, this.isChanged, this.message] = [mapping, true, ''];
  }

  private load(): Promise<void> {
    return this.guarded(async () => this.take(await get<FieldMapping>('/mapping')));
  }
  private save(): Promise<void> {
    return this.guarded(async () => {
      this.take(await putJson<FieldMapping>('/mapping', { mapping: this.mapping }));
      this.message = texts.savedAccountsAreReadAgainWithThese;
    });
  }
  private askReset(): void {
    this.isAsked = true;
  }
  private leaveReset(): void {
    this.isAsked = false;
  }
  private reset(): Promise<void> {
    this.isAsked = false;
    return this.guarded(async () => {
      this.take(await del<FieldMapping>('/mapping'));
      this.message = texts.backToTheGuess3;
    });
  }
  private take(answer: FieldMapping): void {
    // what was saved is edited, also with the fields that are not there any more
    [this.answer, this.mapping, this.isChanged] = [answer, answer.saved ?? answer.mapping, false];
  }
  private retry(): void {
    void (this.answer ? this.save() : this.load());
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    [this.problem, this.refused, this.isBusy] = [null, [], true];
    try {
      await work();
    } catch (error) {
      this.problem = reduceErrors(error);
      const details = error instanceof ServiceError ? error.details : null;
      if (Array.isArray(details)) this.refused = details as MappingProblem[];
    }
    this.isBusy = false;
  }
}
