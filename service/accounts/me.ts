import { z } from 'zod';
import type { TeamId } from '../core/ids.ts';
import { defineRoute, type Route } from '../http/routes.ts';
import type { Scope } from './scope.ts';

export interface MePorts {
  readonly orgId: string;
  readonly orgName: string;
  readonly sample: boolean;
  liveAlignmentId(teamId: TeamId): Promise<string | null>;
  marketId(): Promise<string | null>;
}

/** Who asks, and where she may begin. */
export function meRoute(scope: Scope, ports: MePorts): Route {
  return defineRoute({
    method: 'get',
    path: '/me',
    summary: 'Who you are here, your teams and territories',
    permission: 'view',
    response: z.object({ userId: z.string(), name: z.string(), role: z.enum(['rep', 'admin', 'salesOps']) }).loose(),
    handle: async ({ user }) => {
      const own = await scope.own(user);
      const teams = [];
      for (const team of await scope.teams()) {
        const leaves = await scope.leaves(team.id);
        if (user.role === 'rep' && !leaves.some(({ id }) => own.has(id))) continue;
        const writable = await scope.writable(user, team.id);
        teams.push({
          ...team,
          canEdit: writable === 'all' || leaves.some(({ id }) => writable.has(id)),
          liveAlignmentId: await ports.liveAlignmentId(team.id),
        });
      }
      return {
        userId: user.userId,
        name: user.name,
        role: user.role,
        permissions: [...user.permissions],
        orgId: ports.orgId,
        orgName: ports.orgName,
        sample: ports.sample,
        marketId: await ports.marketId(),
        teams,
        territoryIds: [...own],
      };
    },
  });
}
