import { LightningElement, api } from 'lwc';
import { day, download, filled, get, reduceErrors } from 'c/bailiwick';
import type { FormerPlan } from 'c/bailiwick';
import { texts } from './texts';

/** Plans as they were before their boundaries changed, each as a file of ZIP and territory. */
export default class FormerPlans extends LightningElement {
  readonly texts = texts;
  private plans: FormerPlan[] = [];
  private problem = '';
  private known = -1;

  /** Changes when there may be something new. */
  @api get stamp(): number {
    return this.known;
  }
  set stamp(stamp: number) {
    if (stamp === this.known) return;
    this.known = stamp;
    void this.guarded(async () => {
      this.plans = await get<FormerPlan[]>('/geography/former-plans');
    });
  }

  get hasPlans(): boolean {
    return this.plans.length > 0;
  }
  get rows() {
    return this.plans.map(({ file, name, version, carriedAt, note }) => ({
      file,
      name,
      text: filled(texts.versionCarriedOver, version, day(carriedAt), note),
      label: filled(texts.downloadVersionAsCsv, name, version),
    }));
  }

  private save(event: Event): void {
    const file = (event.currentTarget as HTMLElement).dataset['file'] ?? '';
    void this.guarded(() => download(`/geography/former-plans/${file}/zips.csv`, `${file}.csv`));
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    this.problem = '';
    try {
      await work();
    } catch (error) {
      const { message, action } = reduceErrors(error);
      this.problem = `${message} ${action}`;
    }
  }
}
