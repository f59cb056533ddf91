import { BailiwickError } from '../core/errors.ts';
import { defineRoute, type Route } from '../http/routes.ts';
import type { Alignments } from './alignments.ts';
import * as answers from './answers.ts';
import type { PlanTexts } from './planTexts.ts';
import { idParams, planQuery, planTextBody } from './schemas.ts';
import type { Versions } from './versions.ts';
import type { Views } from './views.ts';

/** Plans as files that are read, compared line by line, and opened again. */
export function planTextRoutes(slice: {
  alignments: Alignments;
  views: Views;
  versions: Versions;
  planTexts: PlanTexts;
}): Route[] {
  const { alignments, views, versions, planTexts } = slice;
  return [
    defineRoute({
      method: 'get',
      path: '/alignments/:id/plan.txt',
      summary: 'A plan, or a former version of it, as a text that can be compared line by line and opened again',
      permission: 'reassign',
      params: idParams,
      query: planQuery,
      handle: async ({ params, query, user }) => {
        const plan = await alignments.find(params.id);
        if ((await views.sight(user, plan)) !== 'all')
          throw new BailiwickError('not_found', 'There is no such plan.', { action: 'Reload the list of plans.' });
        return planTexts.file(user, await versions.at(plan, query.version ?? plan.version));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/alignments/import',
      summary: 'Open the text of a plan as a new draft; refused with every fault that it has',
      permission: 'reassign',
      body: planTextBody,
      status: 201,
      response: answers.openedAnswer,
      handle: ({ body, user }) => planTexts.open(user, body),
    }),
  ];
}
