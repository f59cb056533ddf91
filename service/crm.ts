import type { AccountsOrg, CrmAccount } from './accounts/ports.ts';
import type { Org } from './org/org.ts';

/** The org room in the words of the accounts slice. */
export function accountsOrg(org: Org): AccountsOrg {
  return {
    accounts: async () => {
      const all: CrmAccount[] = [];
      for await (const page of org.accounts()) {
        for (const account of page) all.push({ ...account, zip: account.postalCode, salesUsd: account.salesUsd ?? 0 });
      }
      return all;
    },
    users: org.users,
    territories: org.territories,
    territoryUsers: org.territoryUsers,
    openDeals: (ids) => org.openOpportunities(ids),
    dealStages: () => org.opportunityStages(),
    access: org.access,
  };
}
