import { csvRow } from '../core/csv.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import type { Claims } from './claims.ts';
import { demandRoutes } from './demandRoutes.ts';
import { marketRoutes, type ClaimsPorts } from './marketRoutes.ts';
import { territoryTrendRoute } from './territoryTrendRoute.ts';
import * as schemas from './schemas.ts';
import { withUpload } from '../intake/upload.ts';

export type { ClaimsPorts };

export function claimsRoutes(claims: Claims, ports: ClaimsPorts): Route[] {
  return [
    ...importRoutes(claims),
    ...marketRoutes(claims, ports),
    ...demandRoutes(claims, ports),
    territoryTrendRoute(claims, ports),
  ];
}

function importRoutes(claims: Claims): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/imports/claims',
      summary:
        'Imports a claims file in one go (plain, gzipped, zipped or Parquet); /uploads takes large ones in parts',
      permission: 'operate',
      query: schemas.importQuery,
      response: schemas.importAnswer,
      status: 201,
      rawBody: true,
      handle: async ({ query, stream }) => {
        const report = await withUpload(stream, 'claims', (path) => claims.importClaims(path, { name: query.name }));
        return { id: report.id, report };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/imports',
      summary: 'All imports, newest first, with the markets that count each',
      permission: 'operate',
      response: schemas.importsAnswer,
      handle: async () => ({ imports: await claims.imports() }),
    }),
    defineRoute({
      method: 'get',
      path: '/imports/mappings',
      summary: 'Columns that were named by hand and saved',
      permission: 'operate',
      response: schemas.mappingsAnswer,
      handle: async () => ({ mappings: await claims.mappings() }),
    }),
    defineRoute({
      method: 'post',
      path: '/imports/:id/activate',
      summary: 'Brings an import back: the markets of its layout count it from now on',
      permission: 'operate',
      params: schemas.importParams,
      response: schemas.reportAnswer,
      handle: ({ params }) => claims.activate(params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/imports/:id',
      summary: 'Where every row of an import went',
      permission: 'operate',
      params: schemas.importParams,
      response: schemas.reportAnswer,
      handle: ({ params }) => claims.report(params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/imports/:id/report.csv',
      summary: 'Every row that was set aside or put right, with its line',
      permission: 'operate',
      params: schemas.importParams,
      handle: async ({ params }) => {
        const lines = await claims.reportLines(params.id);
        const rows = lines.map(({ line, kind, reason, found }) => csvRow([line, kind, reason, found]));
        return new FileAnswer(
          'import-report.csv',
          'text/csv; charset=utf-8',
          csvRow(['line', 'what', 'reason', 'found']) + rows.join(''),
        );
      },
    }),
  ];
}
