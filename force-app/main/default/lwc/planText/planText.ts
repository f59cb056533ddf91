import { LightningElement, api } from 'lwc';
import { download, filled, plural, post, reduceErrors, ServiceError } from 'c/bailiwick';
import type { PlanSummary, Problem } from 'c/bailiwick';
import { texts } from './texts';

interface Fault {
  line: number | null;
  what: string;
  fix: string;
}
interface Refused {
  faults?: Fault[];
  more?: number;
}

/** As much as the service takes. */
const MAX_BYTES = 3_500_000;

/** The plan as a text to compare and review, and a text opened as a new draft; what is wrong with it stands here. */
export default class PlanText extends LightningElement {
  readonly texts = texts;
  /** The plan that is saved. */
  @api planId = '';
  @api planName = '';
  /** All plans of the team, of which a text must be too. */
  @api plans: PlanSummary[] = [];

  private isBusy = false;
  private said = '';
  private problem: Problem | null = null;
  private faults: readonly Fault[] = [];
  private more = 0;
  private repeat: () => void = () => undefined;

  get cannotSave(): boolean {
    return this.isBusy || !this.planId;
  }
  get hasFaults(): boolean {
    return this.faults.length > 0;
  }
  get faultsHeading(): string {
    return filled(texts.nothingWasOpened, plural(this.faults.length + this.more, texts.fault));
  }
  get faultRows() {
    return this.faults.map(({ line, what, fix }, key) => ({
      key,
      what,
      fix,
      at: line === null ? '' : filled(texts.line, line),
    }));
  }
  get moreText(): string {
    return this.more > 0 ? filled(texts.moreAreToldOnceTheseAreCorrected, this.more) : '';
  }

  private save(): void {
    this.repeat = () => this.save();
    void this.guarded(async () => {
      await download(`/alignments/${this.planId}/plan.txt`, `${this.planName}.plan.txt`);
      this.said = filled(texts.isSavedAsText, this.planName);
    });
  }

  private open(event: CustomEvent<{ files: ArrayLike<File> }>): void {
    const file = event.detail.files[0];
    if (!file) return;
    this.repeat = () => void this.guarded(() => this.send(file));
    this.repeat();
  }

  private async send(file: File): Promise<void> {
    if (file.size > MAX_BYTES)
      throw new ServiceError(413, {
        code: 'too_large',
        message: filled(texts.isLargerThanAPlanTextCanBe35Mb, file.name),
        action: texts.chooseAFileThatSavePlanAsTextWrote,
      });
    const { teamId } = this.plans[0] ?? {};
    const opened = await post<{ id: string; name: string; notes: string[] }>('/alignments/import', {
      teamId,
      text: await file.text(),
    });
    this.said = [filled(texts.isOpenedAsANewDraft, opened.name), ...opened.notes].join(' ');
    const detail = { value: opened.id };
    this.dispatchEvent(new CustomEvent('planopened', { detail }));
  }

  private retry(): void {
    this.repeat();
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    [this.isBusy, this.said, this.problem, this.faults, this.more] = [true, '', null, [], 0];
    try {
      await work();
    } catch (error) {
      const { faults = [], more = 0 } =
        (error instanceof ServiceError ? (error.details as Refused | null) : null) ?? {};
      [this.faults, this.more] = [faults, more];
      if (faults.length === 0) this.problem = reduceErrors(error);
    } finally {
      this.isBusy = false;
    }
  }
}
