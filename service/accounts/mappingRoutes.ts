import { z } from 'zod';
import { defineRoute, type Route } from '../http/routes.ts';
import type { FieldMapping } from './fieldMapping.ts';
import { mappingAnswer, mappingSchema } from './mappingSchema.ts';

/** Which CRM fields hold what. Sample values come from all accounts, so only operators see them. */
export function mappingRoutes(mapping: FieldMapping): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/mapping',
      summary: 'Which Salesforce fields hold what, with candidates, reasons and sample values',
      permission: 'operate',
      response: mappingAnswer,
      handle: () => mapping.view(),
    }),
    defineRoute({
      method: 'put',
      path: '/mapping',
      summary: 'Confirm which Salesforce fields hold what',
      permission: 'operate',
      body: z.object({ mapping: mappingSchema }),
      response: mappingAnswer,
      handle: ({ body, user }) => mapping.confirm(user, body.mapping),
    }),
    defineRoute({
      method: 'delete',
      path: '/mapping',
      summary: 'Go back to the guessed mapping',
      permission: 'operate',
      response: mappingAnswer,
      handle: () => mapping.reset(),
    }),
  ];
}
