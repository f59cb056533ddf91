import type { AccountId } from '../core/ids.ts';
import { change } from '../core/trend.ts';
import type { RequestUser } from '../http/identity.ts';
import type { AccountPage, PageDeps } from './accountPage.ts';

/** What an account did period by period, under the market of today. */
export function createAccountPast({ ports }: PageDeps, page: AccountPage) {
  return async (user: RequestUser, id: AccountId) => {
    const account = await page.visible(user, id);
    const past = await ports.past(account);
    return {
      periods: past.map((each, i) => ({ ...each, change: change(each.procedures, past[i - 1]?.procedures ?? 0) })),
    };
  };
}
