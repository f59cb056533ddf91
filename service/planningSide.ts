import { placed, type AccountPage, type PageDeps } from './accounts/accountPage.ts';
import { readableAccounts } from './accounts/editable.ts';
import type { Sight } from './accounts/sight.ts';
import type { Story } from './accounts/story.ts';
import { BailiwickError } from './core/errors.ts';
import type { Route } from './http/routes.ts';
import { createFeedback } from './planning/feedback.ts';
import type { PlanningPorts } from './planning/ports.ts';
import { feedbackRoutes } from './planning/routes.ts';
import type { Store } from './store/store.ts';

interface PlanningSideDeps extends PageDeps {
  readonly store: Store;
  readonly now: () => Date;
  readonly page: AccountPage;
  readonly sight: Sight;
  readonly story: Story;
}

/** Feedback in the words of accounts and territories. */
export function planningSide({ store, now, org, ports, scope, page, sight, story }: PlanningSideDeps): Route[] {
  const planning: PlanningPorts = {
    teams: scope.teams,
    writable: scope.writable,
    readable: (user, ids) => readableAccounts(org, user, ids),
    territory: async (user, id) => {
      const { plan, territory } = await sight.territory(user, id);
      return { teamId: plan.teamId, territoryId: id, territoryName: territory.name, account: null };
    },
    account: async (user, id, teamId) => {
      const account = await page.visible(user, id);
      const plan = await ports.livePlan(teamId);
      const isOpen = await sight.mayOpen(user);
      // an account of nobody is for who decides about the rep's own territory
      const territory =
        plan?.territories[placed(plan, account).index] ?? plan?.territories.find((each) => isOpen(each.id));
      if (!territory)
        throw new BailiwickError('not_found', 'This team has no territory that it could be about.', {
          action: 'Choose another team.',
        });
      const { name } = account;
      return { teamId, territoryId: territory.id, territoryName: territory.name, account: { id, name } };
    },
    managers: async (id) => story.managers(await scope.node(id)),
  };
  return feedbackRoutes(createFeedback({ store, ports: planning, now }));
}
