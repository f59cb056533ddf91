import { LightningElement, api } from 'lwc';
import { count, day, filled, get, post, reduceErrors } from 'c/bailiwick';
import type { ListedImport } from 'c/bailiwick';
import { texts } from './texts';

/** Every import that is kept, with what counts it; an older one can be brought back. */
export default class ImportList extends LightningElement {
  readonly texts = texts;
  private imports: ListedImport[] = [];
  private problem = '';
  private known = -1;

  /** Changes when there is something new to list. */
  @api get stamp(): number {
    return this.known;
  }
  set stamp(stamp: number) {
    if (stamp === this.known) return;
    this.known = stamp;
    void this.load();
  }

  get hasImports(): boolean {
    return this.imports.length > 0;
  }
  get rows() {
    return this.imports.map(({ id, file, layoutName = '', period = '', rowsKept, importedAt, countedBy }) => ({
      id,
      file,
      text: filled(texts.rows, layoutName, period, count(rowsKept), day(importedAt)),
      usedText: countedBy.length > 0 ? filled(texts.countedBy, countedBy.join(', ')) : '',
      canBring: countedBy.length === 0,
    }));
  }

  private async load(): Promise<void> {
    await this.guarded(async () => {
      this.imports = (await get<{ imports: ListedImport[] }>('/imports')).imports;
    });
  }

  private async act(event: Event): Promise<void> {
    const { id = '', do: what } = (event.currentTarget as HTMLElement).dataset;
    if (what === 'show') {
      const detail = this.imports.find((one) => one.id === id);
      this.dispatchEvent(new CustomEvent('show', { detail }));
      return;
    }
    await this.guarded(async () => {
      await post(`/imports/${id}/activate`);
      await this.load();
      this.dispatchEvent(new CustomEvent('changed'));
    });
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
