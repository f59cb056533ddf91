import type { Book } from './accounts/book.ts';
import { BailiwickError } from './core/errors.ts';
import type { Org } from './org/org.ts';

/** The CRM is asked again for its open opportunities when they are older than this. */
const FRESH_MS = 10 * 60_000;

/**
 * Open opportunities of each unit in US dollars, by the address of their account; null where the CRM refuses to show them
 * to this service. Kept for ten minutes: a country's pipeline costs some API calls.
 */
export function pipelineOf(deps: {
  org: Pick<Org, 'openPipeline'>;
  book: Pick<Book, 'find'>;
  units: number;
  now: () => Date;
}) {
  let kept: { at: number; usd: Promise<readonly number[] | null> } | null = null;

  async function read(): Promise<readonly number[] | null> {
    const usd = new Array<number>(deps.units).fill(0);
    try {
      for (const { accountId, amountUsd } of await deps.org.openPipeline()) {
        const unit = (await deps.book.find(accountId))?.unit ?? -1;
        if (unit >= 0) usd[unit]! += amountUsd;
      }
    } catch (error) {
      // an integration user without Opportunity: the limit is then not offered
      if (error instanceof BailiwickError && error.code === 'org_refused') return null;
      throw error;
    }
    return usd;
  }

  return (): Promise<readonly number[] | null> => {
    const at = deps.now().getTime();
    if (!kept || at - kept.at > FRESH_MS) {
      kept = { at, usd: read() };
      kept.usd.catch(() => (kept = null));
    }
    return kept.usd;
  };
}
