import { LightningElement, api } from 'lwc';
import { download, reduceErrors } from 'c/bailiwick';
import type { ImportReport as Report } from 'c/bailiwick';
import { importLines, reasonRows } from './lines';
import { texts } from './texts';

/** Where every row of a file went, in sentences, a table of reasons and a file of all lines. */
export default class ImportReport extends LightningElement {
  readonly texts = texts;
  @api report: Report | null = null;
  /** Path below the service's API of the file with all lines; none where there is no such file. */
  @api linesPath = '';

  private problem = '';

  get lines(): string[] {
    return this.report ? importLines(this.report) : [];
  }
  get reasons() {
    return this.report ? reasonRows(this.report) : [];
  }
  get hasReasons(): boolean {
    return this.reasons.length > 0;
  }
  get hasWarnings(): boolean {
    return (this.report?.warnings.length ?? 0) > 0;
  }
  get canDownload(): boolean {
    return this.hasReasons && this.linesPath !== '';
  }

  private async save(): Promise<void> {
    this.problem = '';
    try {
      await download(this.linesPath, `import-report-${this.report?.file ?? 'file'}.csv`);
    } catch (error) {
      this.problem = reduceErrors(error).message;
    }
  }
}
