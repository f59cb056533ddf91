import { LightningElement, api } from 'lwc';
import { count, day, download, get, post, reduceErrors } from 'c/bailiwick';
import type { Problem, RegistryImport } from 'c/bailiwick';

/** Loaded files of providers, facilities and codes: of each source one is in use, an older one can be brought back. */
export default class RegistryFiles extends LightningElement {
  private imports: RegistryImport[] | null = null;
  private problem: Problem | null = null;
  private isBusy = false;
  private known = -1;

  /** Changes when a file was loaded. */
  @api get stamp(): number {
    return this.known;
  }
  set stamp(stamp: number) {
    if (stamp === this.known) return;
    this.known = stamp;
    void this.load();
  }

  get isEmpty(): boolean {
    return this.imports?.length === 0;
  }
  get rows() {
    return (this.imports ?? []).map(
      ({ id, file, layoutName, rowsKept, rowsSetAside, repaired, importedAt, active }) => ({
        id,
        file,
        text: `${layoutName ?? ''}; ${count(rowsKept)} rows kept, ${count(rowsSetAside)} set aside; ${day(importedAt)}`,
        isActive: active,
        bringLabel: `Bring back ${file} of ${day(importedAt)}`,
        hasLines: rowsSetAside > 0 || repaired.length > 0,
        linesLabel: `Rows of ${file} that were set aside or put right, as CSV`,
      }),
    );
  }

  private load(): Promise<void> {
    return this.guarded(async () => {
      this.imports = (await get<{ imports: RegistryImport[] }>('/registry/imports')).imports;
    });
  }
  private bring(event: Event): Promise<void> {
    const { id = '' } = (event.currentTarget as HTMLElement).dataset;
    return this.guarded(async () => {
      this.isBusy = true;
      await post(`/registry/imports/${id}/activate`);
      await this.load();
      this.dispatchEvent(new CustomEvent('changed'));
    });
  }
  private save(event: Event): Promise<void> {
    const { id = '' } = (event.currentTarget as HTMLElement).dataset;
    return this.guarded(() => download(`/registry/imports/${id}/report.csv`, 'registry-report.csv'));
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (error) {
      this.problem = reduceErrors(error);
    } finally {
      this.isBusy = false;
    }
  }
}
