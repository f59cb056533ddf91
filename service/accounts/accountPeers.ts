import { amongPeers, LEAST_PEERS } from '../core/peers.ts';
import type { AccountId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { AccountPage, PageDeps } from './accountPage.ts';
import type { KnownAccount } from './book.ts';

/** What accounts of one kind are compared by. */
const MEASURES = ['procedures', 'potentialUsd', 'salesUsd', 'headroomUsd', 'salesShare'] as const;
type Figures = Readonly<Record<(typeof MEASURES)[number], number | null>>;

/** An account among accounts of its kind: sums over groups of five or more, never a name. */
export function createAccountPeers({ ports, book, scope }: PageDeps, page: AccountPage) {
  return async (user: RequestUser, id: AccountId) => {
    const account = await page.visible(user, id);
    const [team] = await scope.teams();
    const market = team ? await ports.figuresIfAny(team.id) : null;
    if (!market) return { group: groupName(account, false), others: 0, rows: [] };
    const { parts } = await book.measured(market);
    const volumes = (one: KnownAccount) => [one.npi, one.ccn].flatMap((key) => (key && market.volumes.get(key)) || []);
    const figures = (one: KnownAccount): Figures => {
      const { potentialUsd = 0, headroomUsd = 0 } = parts.get(one.id) ?? {};
      return {
        procedures: volumes(one)[0]?.involvedProcedures ?? 0,
        potentialUsd,
        salesUsd: one.salesUsd,
        headroomUsd,
        // without potential there is nothing that sales could be a share of
        salesShare: potentialUsd > 0 ? Math.min(1, one.salesUsd / potentialUsd) : null,
      };
    };
    const { others, isSpecialty } = kin(account, await book.all());
    const rows = MEASURES.flatMap((measure) => {
      const mine = figures(account)[measure];
      const values = others.flatMap((other) => figures(other)[measure] ?? []);
      // where nobody has any, as physicians under a market that counts facilities, there is nothing to compare
      if (mine === null || [mine, ...values].every((value) => value === 0)) return [];
      const standing = amongPeers(mine, values);
      return standing ? [{ measure, ...standing }] : [];
    });
    return { group: groupName(account, isSpecialty), others: others.length, rows };
  };
}

/** Accounts of the same kind, and of the same specialty where enough of them are. */
function kin(account: KnownAccount, all: readonly KnownAccount[]): { others: KnownAccount[]; isSpecialty: boolean } {
  const kind = all.filter((other) => other.id !== account.id && other.kind === account.kind);
  const specialty = account.specialty ? kind.filter((other) => other.specialty === account.specialty) : [];
  const isSpecialty = specialty.length >= LEAST_PEERS && specialty.length < kind.length;
  return { others: isSpecialty ? specialty : kind, isSpecialty };
}

const groupName = ({ kind, specialty }: KnownAccount, isSpecialty: boolean): string =>
  isSpecialty ? `${kind ?? 'Account'}, ${specialty}` : (kind ?? 'Account');
