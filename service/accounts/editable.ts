import { BailiwickError } from '../core/errors.ts';
import type { AccountId } from '../core/ids.ts';
import type { OverridePart } from '../core/measures.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Book } from './book.ts';
import type { AccountsOrg, MarketFigures } from './ports.ts';
import { overridePart } from './effect.ts';

export interface EditableAccount {
  readonly accountId: AccountId;
  readonly name: string;
  readonly unit: number;
  readonly part: OverridePart['part'];
}

/**
 * The accounts that an edit names, with what each takes along. An account without a place takes nothing along and is
 * assigned by name alone.
 * @throws BailiwickError not_found for one that the user may not see, forbidden for ones that she may not edit
 */
export async function editableAccounts(
  { org, book }: { org: AccountsOrg; book: Book },
  {
    user,
    accountIds,
    figures,
  }: { user: Pick<RequestUser, 'userId'>; accountIds: readonly AccountId[]; figures: MarketFigures },
): Promise<Map<AccountId, EditableAccount>> {
  const found = new Map<AccountId, EditableAccount>();
  if (accountIds.length === 0) return found;
  const access = await org.access(user.userId, accountIds);
  const { parts } = await book.measured(figures);
  for (const accountId of accountIds) {
    const account = access.get(accountId)?.read ? await book.find(accountId) : null;
    if (!account)
      throw new BailiwickError('not_found', `There is no account ${accountId}, or it is not shared with you.`, {
        action: 'Leave it out, or ask its owner to share it.',
      });
    const [part] = overridePart(account, parts.get(accountId), -1);
    found.set(accountId, { accountId, name: account.name, unit: part?.unit ?? -1, part: part?.part ?? {} });
  }
  const refused = accountIds.filter((id) => !access.get(id)?.edit);
  if (refused.length === 0) return found;
  throw new BailiwickError(
    'forbidden',
    `${refused.length} of ${accountIds.length} accounts are not yours to reassign.`,
    {
      action: 'Leave them out, or ask somebody who may edit them in Salesforce.',
      details: { accountIds: refused },
    },
  );
}

/** The accounts of a unit that the user may see, by name, with what each takes along. */
export async function accountsInUnit(
  { org, book }: { org: AccountsOrg; book: Book },
  { user, unit, figures }: { user: RequestUser; unit: number; figures: MarketFigures },
): Promise<(EditableAccount & { kind: string | null; canEdit: boolean })[]> {
  const accounts = await book.inUnit(unit);
  if (accounts.length === 0) return [];
  const access = await org.access(
    user.userId,
    accounts.map(({ id }) => id),
  );
  const { parts } = await book.measured(figures);
  return accounts
    .filter(({ id }) => access.get(id)?.read)
    .map((account) => {
      const [held] = overridePart(account, parts.get(account.id), -1);
      const { id, name, kind } = account;
      return { accountId: id, name, kind, unit, part: held?.part ?? {}, canEdit: access.get(id)?.edit ?? false };
    })
    .sort((a, b) => (b.part.potentialUsd ?? 0) - (a.part.potentialUsd ?? 0) || (a.name < b.name ? -1 : 1));
}

/** Those of the accounts that the user may see. */
export async function readableAccounts(
  org: Pick<AccountsOrg, 'access'>,
  user: RequestUser,
  accountIds: readonly AccountId[],
): Promise<Set<AccountId>> {
  if (accountIds.length === 0) return new Set();
  const access = await org.access(user.userId, accountIds);
  return new Set(accountIds.filter((id) => access.get(id)?.read));
}
