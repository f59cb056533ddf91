import { defineRoute, type Route } from '../http/routes.ts';
import { keptImportRoutes } from '../intake/importRoutes.ts';
import type { Claims } from './claims.ts';
import { demandRoutes } from './demandRoutes.ts';
import { marketRoutes, type ClaimsPorts } from './marketRoutes.ts';
import * as schemas from './schemas.ts';
import { territoryTrendRoute } from './territoryTrendRoute.ts';

export type { ClaimsPorts };

export function claimsRoutes(claims: Claims, ports: ClaimsPorts): Route[] {
  return [
    // before the routes over one import: "mappings" is none
    mappingsRoute(claims),
    ...importRoutes(claims),
    ...marketRoutes(claims, ports),
    ...demandRoutes(claims, ports),
    territoryTrendRoute(claims, ports),
  ];
}

function mappingsRoute(claims: Claims): Route {
  return defineRoute({
    method: 'get',
    path: '/imports/mappings',
    summary: 'Columns that were named by hand and saved',
    permission: 'operate',
    response: schemas.mappingsAnswer,
    handle: async () => ({ mappings: await claims.mappings() }),
  });
}

function importRoutes(claims: Claims): Route[] {
  return keptImportRoutes({
    path: '/imports',
    postPath: '/imports/claims',
    says: {
      post: 'Imports a claims file in one go (plain, gzipped, zipped or Parquet); /uploads takes large ones in parts',
      list: 'All imports, newest first, with the markets that count each',
      report: 'Where every row of an import went',
      lines: 'Every row that was set aside or put right, with its line',
      activate: 'Brings an import back: the markets of its layout count it from now on',
    },
    schemas: { report: schemas.reportAnswer, imported: schemas.importAnswer, imports: schemas.importsAnswer },
    file: 'import-report.csv',
    importFile: (path, name) => claims.importClaims(path, { name }),
    imports: () => claims.imports(),
    report: (id) => claims.report(id),
    reportLines: (id) => claims.reportLines(id),
    activate: (id) => claims.activate(id),
  });
}
