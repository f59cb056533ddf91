import { z } from 'zod';
import type { AccountId, TerritoryId } from '../core/ids.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import type { createAccountComing } from './accountComing.ts';
import type { createAccountPast } from './accountPast.ts';
import type { createAccountPeers } from './accountPeers.ts';
import type { createDayPlan } from './dayPlan.ts';
import type { createFieldPlan } from './fieldPlanPage.ts';
import type { createNearAccounts } from './nearAccounts.ts';
import * as answers from './pageAnswers.ts';
import type { Story } from './story.ts';
import type { createTerritorySheet } from './territorySheet.ts';
import { DAY_BEGINS } from './visits.ts';

const crmId = z.string().regex(/^[a-zA-Z0-9]{18}$/, 'an 18-character Salesforce id');
const idParams = z.object({ id: crmId });
/** More visits than this are no day. */
const MOST_VISITS = 20;
const nearQuery = z.object({ minutes: z.coerce.number().min(5).max(120).default(30), team: crmId.optional() });
const dayQuery = z.object({
  territory: crmId,
  accounts: z
    .string()
    .max(MOST_VISITS * 19)
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(crmId).min(1).max(MOST_VISITS)),
  date: z.iso.date(),
  /** Minutes after midnight. */
  begin: z.coerce.number().int().min(0).max(1_200).default(DAY_BEGINS),
});
const fromQuery = z.object({ from: z.iso.date().optional() });
const CALENDAR = 'text/calendar; charset=utf-8';
const PDF = 'application/pdf';

interface Pages {
  readonly past: ReturnType<typeof createAccountPast>;
  readonly peers: ReturnType<typeof createAccountPeers>;
  readonly near: ReturnType<typeof createNearAccounts>;
  readonly day: ReturnType<typeof createDayPlan>;
  readonly field: ReturnType<typeof createFieldPlan>;
  readonly story: Story;
  readonly coming: ReturnType<typeof createAccountComing>;
  readonly sheet: ReturnType<typeof createTerritorySheet>;
}

/** The tabs of the record pages: what stands behind an account and a territory. */
export function pageRoutes({ past, peers, near, day, field, story, coming, sheet }: Pages): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/accounts/:id/past',
      summary: 'Procedures and potential of an account in every period that was imported',
      permission: 'view',
      params: idParams,
      response: answers.pastAnswer,
      handle: ({ params, user }) => past(user, params.id as AccountId),
    }),
    defineRoute({
      method: 'get',
      path: '/territories/:id/sheet.pdf',
      summary: 'A territory on paper: outline, figures, changes, whom to ask, accounts',
      permission: 'view',
      params: idParams,
      handle: async ({ params, user }) => {
        const { name, pdf } = await sheet(user, params.id as TerritoryId);
        return new FileAnswer(`${name}.pdf`, PDF, pdf);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/accounts/:id/coming',
      summary: 'Announced plans that give the account to another territory or rep: to whom, when and why',
      permission: 'view',
      params: idParams,
      response: answers.comingAnswer,
      handle: ({ params, user }) => coming(user, params.id as AccountId),
    }),
    defineRoute({
      method: 'get',
      path: '/accounts/:id/peers',
      summary: 'An account among those of its kind, in groups of five or more, without names',
      permission: 'view',
      params: idParams,
      response: answers.peersAnswer,
      handle: ({ params, user }) => peers(user, params.id as AccountId),
    }),
    defineRoute({
      method: 'get',
      path: '/accounts/:id/near',
      summary: 'Your accounts within so many minutes of this one by estimated travel time, most headroom first',
      permission: 'view',
      params: idParams,
      query: nearQuery,
      response: answers.nearAnswer,
      handle: ({ params, query, user }) => near(user, params.id as AccountId, query),
    }),
    ...dayRoutes(day),
    ...fieldRoutes(field),
    defineRoute({
      method: 'get',
      path: '/territories/:id/story',
      summary: 'What changed in a territory and why, how it was built, since when it is live',
      permission: 'view',
      params: idParams,
      response: answers.storyAnswer,
      handle: ({ params, user }) => story.tell(user, params.id as TerritoryId),
    }),
  ];
}

function dayRoutes(day: Pages['day']): Route[] {
  const about = { method: 'get', permission: 'view', query: dayQuery } as const;
  return [
    defineRoute({
      ...about,
      path: '/day-plan',
      summary: 'Visits of one day in driving order from home and back',
      response: answers.dayAnswer,
      handle: ({ query, user }) => day.show(user, query),
    }),
    defineRoute({
      ...about,
      path: '/day-plan.ics',
      summary: 'The same as calendar entries',
      handle: async ({ query, user }) =>
        new FileAnswer(`Day plan ${query.date}.ics`, CALENDAR, await day.calendar(user, query)),
    }),
    defineRoute({
      ...about,
      path: '/day-plan.pdf',
      summary: 'The same to print',
      handle: async ({ query, user }) =>
        new FileAnswer(`Day plan ${query.date}.pdf`, PDF, await day.sheet(user, query)),
    }),
  ];
}

function fieldRoutes(field: Pages['field']): Route[] {
  const about = { method: 'get', permission: 'view', params: idParams, query: fromQuery } as const;
  return [
    defineRoute({
      ...about,
      path: '/territories/:id/field-plan',
      summary: 'Who is called on how often, and a month of days in driving order',
      response: answers.fieldAnswer,
      handle: ({ params, query, user }) => field.show(user, params.id as TerritoryId, query.from),
    }),
    defineRoute({
      ...about,
      path: '/territories/:id/field-plan.ics',
      summary: 'The same as calendar entries',
      handle: async ({ params, query, user }) => {
        const { name, text } = await field.calendar(user, params.id as TerritoryId, query.from);
        return new FileAnswer(`${name} field plan.ics`, CALENDAR, text);
      },
    }),
    defineRoute({
      ...about,
      path: '/territories/:id/field-plan.pdf',
      summary: 'The same to print',
      handle: async ({ params, query, user }) => {
        const { name, text } = await field.sheet(user, params.id as TerritoryId, query.from);
        return new FileAnswer(`${name} field plan.pdf`, PDF, text);
      },
    }),
  ];
}
