import { LightningElement, api } from 'lwc';
import { download, filled, get, minutes, OCTETS, plural, reduceErrors, timeOfDay, usd } from 'c/bailiwick';
import type { DayPlan as Answer, Problem } from 'c/bailiwick';
import { texts } from './texts';

const DAY_MS = 86_400_000;

/** Visits of one day in driving order, with their times; to print and for the calendar. */
export default class DayPlan extends LightningElement {
  readonly texts = texts;
  @api territoryId = '';
  private ids: readonly string[] = [];
  private answer: Answer | null = null;
  private problem: Problem | null = null;
  private date = nextWorkday(new Date());
  private begin = '08:30';
  private turn = 0;

  @api get accounts(): readonly string[] {
    return this.ids;
  }
  set accounts(ids: readonly string[]) {
    this.ids = ids;
    void this.load();
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get findingText(): string {
    return filled(texts.findingAWay, plural(this.count, texts.visits));
  }
  get count(): number {
    return this.ids.length;
  }
  get summary(): string {
    const { answer } = this;
    if (!answer) return '';
    return filled(
      texts.onTheRoadWithCustomers,
      plural(answer.visits.length, texts.visit),
      minutes(answer.driveMinutes),
      minutes(answer.visitMinutes),
    );
  }
  get visits() {
    return (this.answer?.visits ?? []).map((visit) => ({
      id: visit.id,
      name: visit.name,
      time: timeOfDay(visit.arrive),
      note: [visit.street, visit.city, visit.headroomUsd > 0 && filled(texts.headroom, usd(visit.headroomUsd))].filter(Boolean).join(' · '), // prettier-ignore
      drive: visit.driveMinutes > 0 ? filled(texts.afterADriveOf, minutes(visit.driveMinutes)) : texts.theFirstStop,
    }));
  }
  get backText(): string {
    const { answer } = this;
    if (!answer) return '';
    const times = answer.isByRoad ? texts.timesAreByRoad : texts.timesAreEstimates;
    if (!answer.fromHome) return filled(texts.fromTheFirstVisitToTheLastNoHomeIs, times);
    const last = answer.visits.at(-1)?.leave ?? 0;
    return filled(
      texts.fromHomeBackHomeAfterAtTimesAre,
      minutes(answer.backMinutes),
      timeOfDay(last + answer.backMinutes),
      times,
    );
  }
  get leftText(): string {
    const left = this.answer?.withoutPlace ?? [];
    return left.length > 0 ? filled(texts.leftOutBecauseTheAddressIsNoPlace, left.join(', ')) : '';
  }

  private get query(): string {
    const [hours = 8, past = 30] = this.begin.split(':').map(Number);
    return `territory=${this.territoryId}&accounts=${this.ids.join(',')}&date=${this.date}&begin=${60 * hours + past}`;
  }

  private pick(event: Event): void {
    const { dataset, value } = event.target as HTMLInputElement;
    if (value === '') return;
    if (dataset.field === 'date') this.date = value;
    else this.begin = value;
    void this.load();
  }
  private close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
  private savePrint(): void {
    void this.save('pdf', OCTETS);
  }
  private saveCalendar(): void {
    void this.save('ics');
  }
  private async save(kind: string, type?: string): Promise<void> {
    this.problem = null;
    try {
      await download(`/day-plan.${kind}?${this.query}`, filled(texts.dayPlan2, this.date, kind), type);
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private async load(): Promise<void> {
    const turn = ++this.turn;
    this.problem = null;
    // all properties of the mount are set before the first request goes out
    await Promise.resolve();
    try {
      const answer = await get<Answer>(`/day-plan?${this.query}`);
      if (turn === this.turn) this.answer = answer;
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }
}

/** Tomorrow, or Monday before a weekend; as the clock here says. */
function nextWorkday(now: Date): string {
  let at = new Date(now.getTime() + DAY_MS);
  while (at.getDay() % 6 === 0) at = new Date(at.getTime() + DAY_MS);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
