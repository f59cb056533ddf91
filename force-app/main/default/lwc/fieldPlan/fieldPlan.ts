import locale from '@salesforce/i18n/locale';
import { LightningElement, api } from 'lwc';
import { download, filled, get, minutes, OCTETS, plural, reduceErrors, timeOfDay } from 'c/bailiwick';
import type { FieldPlan as Answer, Problem, VisitDay } from 'c/bailiwick';
import { texts } from './texts';

/** Days that are shown at once: a week. */
const STEP = 5;

/** Whom to call on how often, and the visits of a month grouped into days that can be driven. */
export default class FieldPlan extends LightningElement {
  readonly texts = texts;
  private answer: Answer | null = null;
  private problem: Problem | null = null;
  private territory = '';
  private from = '';
  private most = STEP;
  private turn = 0;

  @api get territoryId(): string {
    return this.territory;
  }
  set territoryId(id: string) {
    if (id === this.territory) return;
    this.territory = id;
    this.answer = null;
    void this.load();
  }

  get timesText(): string {
    return this.answer?.isByRoad ? texts.byRoad : texts.groupedByDirectionFromHomeDrive;
  }
  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get isEmpty(): boolean {
    return this.answer?.days.length === 0;
  }
  get tiers() {
    return (this.answer?.tiers ?? []).map((row) => ({ ...row, each: minutes(row.minutesPerCall) }));
  }
  get isTooMuch(): boolean {
    return (this.answer?.days.length ?? 0) > (this.answer?.workdays ?? 0);
  }
  get loadLook(): string {
    return this.isTooMuch ? 'told' : 'done';
  }
  get loadText(): string {
    const { days = [], workdays = 0 } = this.answer ?? {};
    const visits = days.reduce((sum, day) => sum + day.visits.length, 0);
    const need = filled(
      texts.takeAMonthHasWorkingDays,
      plural(visits, texts.visit),
      plural(days.length, texts.day),
      workdays,
    );
    return this.isTooMuch ? filled(texts.thatIsMoreThanAMonthTheLastDaysRun, need) : need;
  }
  get days() {
    return (this.answer?.days ?? []).slice(0, this.most).map(dayRow);
  }
  get canShowMore(): boolean {
    return (this.answer?.days.length ?? 0) > this.most;
  }
  get moreLabel(): string {
    return filled(texts.showTheNextDays, Math.min(STEP, (this.answer?.days.length ?? 0) - this.most));
  }

  private showMore(): void {
    this.most += STEP;
  }
  private pickFrom(event: Event): void {
    const { value } = event.target as HTMLInputElement;
    if (value === '') return;
    this.from = value;
    void this.load();
  }
  private get query(): string {
    return this.from === '' ? '' : `?from=${this.from}`;
  }
  private savePrint(): void {
    void this.save('pdf', OCTETS);
  }
  private saveCalendar(): void {
    void this.save('ics');
  }
  private async save(kind: string, type?: string): Promise<void> {
    const name = filled(texts.fieldPlan2, this.answer?.territoryName ?? '', kind);
    try {
      await download(`/territories/${this.territory}/field-plan.${kind}${this.query}`, name, type);
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private async load(): Promise<void> {
    const turn = ++this.turn;
    this.problem = null;
    try {
      const answer = await get<Answer>(`/territories/${this.territory}/field-plan${this.query}`);
      if (turn === this.turn) this.answer = answer;
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }
}

function dayRow({ date, visits, driveMinutes, visitMinutes }: VisitDay) {
  const at = new Date(`${date}T00:00:00Z`);
  const title = at.toLocaleDateString(locale, { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' });
  return {
    date,
    title,
    note: filled(
      texts.withCustomersOnTheRoad,
      plural(visits.length, texts.visit),
      minutes(visitMinutes),
      minutes(driveMinutes),
    ),
    visits: visits.map((visit) => ({
      id: visit.id,
      time: timeOfDay(visit.arrive),
      name: visit.name,
      note: [visit.city, visit.tier && filled(texts.tier2, visit.tier)].filter(Boolean).join(' · '),
    })),
  };
}
