import { LightningElement, api } from 'lwc';
import { day, filled, get, post, reduceErrors } from 'c/bailiwick';
import type { Market, MarketVersion } from 'c/bailiwick';
import { texts } from './texts';

/** Every save of a market; an older one can be brought back, as the newest. */
export default class MarketVersions extends LightningElement {
  readonly texts = texts;
  @api marketId = '';

  private versions: MarketVersion[] = [];
  private problem = '';

  get rows() {
    return this.versions.map(({ version, savedAt, savedBy }, i) => ({
      version,
      text: filled(
        texts.version,
        version,
        savedAt ? `, ${day(savedAt)}` : '',
        savedBy ? `, ${savedBy}` : '',
        i === 0 ? ` ${texts.inUse}` : '',
      ),
      label: filled(texts.bringBackVersion, version),
      canRestore: i > 0,
    }));
  }

  private open(event: Event): void {
    if ((event.currentTarget as HTMLDetailsElement).open) void this.load();
  }

  private async load(): Promise<void> {
    await this.guarded(async () => {
      this.versions = (await get<{ versions: MarketVersion[] }>(`/markets/${this.marketId}/versions`)).versions;
    });
  }

  private async restore(event: Event): Promise<void> {
    const { version = '' } = (event.currentTarget as HTMLElement).dataset;
    await this.guarded(async () => {
      const detail = await post<Market>(`/markets/${this.marketId}/versions/${version}/restore`);
      await this.load();
      this.dispatchEvent(new CustomEvent('restored', { detail }));
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
