import { LightningElement, api } from 'lwc';
import { count, filled } from 'c/bailiwick';
import type { Preview } from 'c/bailiwick';
import { texts } from './texts';

/** API calls of the org today: used, needed for this, and the limit, as one bar with its numbers. */
export default class CallBar extends LightningElement {
  @api calls: Preview['apiCalls'] = { needed: 0, used: 0, limit: 0 };

  get text(): string {
    const { needed, used, limit } = this.calls;
    return filled(texts.needsApiCallsOfUsedToday, count(needed), count(used), count(limit));
  }
  get look(): string {
    const { needed, used, limit } = this.calls;
    return used + needed > limit ? 'needed over' : 'needed';
  }
  get usedStyle(): string {
    return `width:${this.share(this.calls.used)}%`;
  }
  get neededStyle(): string {
    const { needed, used, limit } = this.calls;
    // what is needed can be seen, however little it is
    return `width:${Math.max(this.share(Math.min(needed, limit - used)), 0.7)}%`;
  }
  private share(calls: number): number {
    const { limit } = this.calls;
    return limit > 0 ? Math.min(100, Math.max(0, (100 * calls) / limit)) : 0;
  }
}
