import { placed, type AccountPage, type PageDeps } from './accounts/accountPage.ts';
import { readableAccounts } from './accounts/editable.ts';
import type { Sight } from './accounts/sight.ts';
import type { Story } from './accounts/story.ts';
import type { Alignments } from './alignments/alignments.ts';
import { BailiwickError } from './core/errors.ts';
import { feedbackMoves, type FeedbackMoves } from './feedbackMoves.ts';
import type { Route } from './http/routes.ts';
import { createDecisions } from './planning/decisions.ts';
import { createFeedback } from './planning/feedback.ts';
import { createOutlook } from './planning/outlook.ts';
import type { PlanningPorts } from './planning/ports.ts';
import { feedbackRoutes } from './planning/routes.ts';
import { createRulebook } from './planning/rules.ts';
import { createSights } from './planning/sights.ts';
import type { Store } from './store/store.ts';

interface PlanningSideDeps extends PageDeps {
  readonly store: Store;
  readonly now: () => Date;
  readonly page: AccountPage;
  readonly sight: Sight;
  readonly story: Story;
  readonly alignments: Alignments;
  readonly log: (message: string) => void;
}

export interface PlanningSide {
  readonly routes: Route[];
  /** Makes good what a crash left. */
  resume(): Promise<void>;
}

/** Feedback in the words of accounts, territories and plans. */
export function planningSide(deps: PlanningSideDeps): PlanningSide {
  const { store, now, log } = deps;
  const ports = planningPorts(deps, feedbackMoves(deps));
  const sights = createSights({ store, ports, now });
  const decisions = createDecisions({ store, ports, now, sights, log });
  const rulebook = createRulebook({ store, ports, now, log });
  const desk = createFeedback({ store, ports, now, sights, rulebook, decisions });
  const outlook = createOutlook({ ports, sights });
  return { routes: feedbackRoutes({ desk, decisions, outlook, rulebook }), resume: decisions.resume };
}

function planningPorts(deps: PlanningSideDeps, moves: FeedbackMoves): PlanningPorts {
  const { org, ports, scope, page, sight, story, book } = deps;
  return {
    ...moves,
    teams: scope.teams,
    writable: scope.writable,
    own: scope.own,
    readable: (user, ids) => readableAccounts(org, user, ids),
    places: async (teamId) => (await ports.livePlan(teamId))?.territories ?? [],
    salesUsd: async (id) => (await book.find(id))?.salesUsd ?? 0,
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
    zips: async (zips, teamId) => {
      const plan = await ports.livePlan(teamId);
      const owners = [...new Set(moves.unitsOf(zips).map((unit) => plan?.owners[unit] ?? -1))];
      const territory = owners.length === 1 ? plan?.territories[owners[0]!] : undefined;
      if (territory) return { teamId, territoryId: territory.id, territoryName: territory.name, account: null };
      throw new BailiwickError('bad_request', 'These ZIPs are not all in one territory of the live plan.', {
        action: 'Ask for the ZIPs of one territory at a time.',
      });
    },
    managers: async (id) => story.managers(await scope.node(id)),
  };
}
