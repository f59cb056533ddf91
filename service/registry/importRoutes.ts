import { csvRow } from '../core/csv.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import { withUpload } from '../intake/upload.ts';
import type { Registry } from './registry.ts';
import * as schemas from './schemas.ts';

export function importRoutes(registry: Registry): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/registry/imports',
      summary:
        'Imports a registry file in one go (/uploads takes large ones in parts): CMS hospitals, facility list, NPPES, code list, NUCC taxonomy or affiliations; its header tells which',
      permission: 'operate',
      query: schemas.importQuery,
      response: schemas.importAnswer,
      status: 201,
      rawBody: true,
      handle: async ({ query, stream }) => {
        const report = await withUpload(stream, 'registry', (path) => registry.importFile(path, { name: query.name }));
        return { id: report.id, report };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/registry/imports',
      summary: 'All registry imports, newest first; of each source one is active',
      permission: 'operate',
      response: schemas.importsAnswer,
      handle: async () => ({ imports: await registry.imports() }),
    }),
    defineRoute({
      method: 'get',
      path: '/registry/imports/:id',
      summary: 'Where every row of a registry import went',
      permission: 'operate',
      params: schemas.idParams,
      response: schemas.snapshot,
      handle: ({ params }) => registry.report(params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/registry/imports/:id/report.csv',
      summary: 'Every row that was set aside, put right or is to be looked at, with its line',
      permission: 'operate',
      params: schemas.idParams,
      handle: async ({ params }) => {
        const lines = await registry.reportLines(params.id);
        const rows = lines.map(({ line, kind, reason, found }) => csvRow([line, kind, reason, found]));
        const head = csvRow(['line', 'what', 'reason', 'found']);
        return new FileAnswer('registry-report.csv', 'text/csv; charset=utf-8', head + rows.join(''));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/registry/imports/:id/activate',
      summary: 'Brings an older import of a source back in place of the newest',
      permission: 'operate',
      params: schemas.idParams,
      response: schemas.snapshot,
      handle: ({ params }) => registry.activate(params.id),
    }),
  ];
}
