import { z } from 'zod';
import { defineRoute, type Route } from '../http/routes.ts';
import type { ImportJobs } from './importJobs.ts';
import { MAX_UPLOAD_BYTES, PART_BYTES, type Uploads } from './uploads.ts';

const params = z.object({ id: z.uuid() });
const begin = z.object({
  kind: z.string().min(1).max(40),
  name: z.string().min(1).max(200),
  bytes: z.number().int().positive().max(MAX_UPLOAD_BYTES),
});
const part = z.object({ offset: z.coerce.number().int().nonnegative() });
const texts = z.record(z.string().max(60), z.string().max(300));

/** What somebody says of a file: its columns, the period, a name to save the columns under, how its small counts are guarded. */
const wishes = z.object({
  columns: texts.optional(),
  constants: texts.optional(),
  saveAs: z.string().trim().min(1).max(120).optional(),
  mappingName: z.string().max(120).optional(),
  period: z.string().trim().min(4).max(40).optional(),
  zipProperty: z.string().max(120).optional(),
  below: z.number().optional(),
  imputed: z.number().optional(),
});

const job = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  bytes: z.number(),
  received: z.number(),
  startedAt: z.string(),
  state: z.enum(['receiving', 'importing', 'done', 'refused', 'cancelled']),
  doing: z.object({ phase: z.string(), share: z.number() }).nullable(),
  report: z.unknown(),
  error: z
    .object({ code: z.string(), message: z.string(), action: z.string().nullable(), details: z.unknown() })
    .nullable(),
});

/** Files in parts: begin, send part after part, start the import, watch it, answer its question, cancel. */
export function uploadRoutes(uploads: Uploads, jobs: ImportJobs): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/uploads',
      summary: 'Begins a file that comes in parts',
      permission: 'operate',
      body: begin,
      response: job.extend({ partBytes: z.number() }),
      status: 201,
      handle: async ({ body, user }) => {
        const { id } = await uploads.begin({ ...body, userId: user.userId });
        return { ...(await jobs.job(id, user.userId)), partBytes: PART_BYTES };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/uploads',
      summary: 'Your files under way, so that an upload can go on after a reload, and the kinds that can be dropped',
      permission: 'operate',
      response: z.object({
        uploads: z.array(job),
        kinds: z.array(z.object({ kind: z.string(), label: z.string(), about: z.string() })),
      }),
      handle: async ({ user }) => ({ uploads: await jobs.jobsOf(user.userId), kinds: jobs.kinds }),
    }),
    defineRoute({
      method: 'get',
      path: '/uploads/:id',
      summary: 'How far a file is; its report, or why it was refused',
      permission: 'operate',
      params,
      response: job,
      handle: ({ params, user }) => jobs.job(params.id, user.userId),
    }),
    defineRoute({
      method: 'put',
      path: '/uploads/:id/part',
      summary: 'The next part, from the byte that is told as received',
      permission: 'operate',
      params,
      query: part,
      response: job,
      rawBody: true,
      handle: async ({ params, query, stream, user }) => {
        await uploads.add(params.id, user.userId, { offset: query.offset, stream });
        return jobs.job(params.id, user.userId);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/uploads/:id/import',
      summary: 'Imports a whole file, or a refused one again with its columns named',
      permission: 'operate',
      params,
      body: wishes,
      response: job,
      status: 202,
      handle: ({ params, body, user }) => jobs.start(params.id, user, body),
    }),
    defineRoute({
      method: 'delete',
      path: '/uploads/:id',
      summary: 'Stops an upload or its import; nothing of it stays',
      permission: 'operate',
      params,
      response: z.object({ cancelled: z.literal(true) }),
      handle: async ({ params, user }) => {
        await jobs.cancel(params.id, user.userId);
        return { cancelled: true as const };
      },
    }),
  ];
}
