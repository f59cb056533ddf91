import { LightningElement, api } from 'lwc';
import { count, day, download, filled, get, post, reduceErrors } from 'c/bailiwick';
import type { Problem, RegistryImport } from 'c/bailiwick';
import { texts } from './texts';

/** Loaded files of providers, facilities and codes: of each source one is in use, an older one can be brought back. */
export default class RegistryFiles extends LightningElement {
  readonly texts = texts;
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
        text: filled(texts.rowsKeptSetAside, layoutName ?? '', count(rowsKept), count(rowsSetAside), day(importedAt)),
        isActive: active,
        bringLabel: filled(texts.bringBackOf, file, day(importedAt)),
        hasLines: rowsSetAside > 0 || repaired.length > 0,
        linesLabel: filled(texts.rowsOfThatWereSetAsideOrPutRightAs, file),
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
