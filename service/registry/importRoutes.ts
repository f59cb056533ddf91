import type { Route } from '../http/routes.ts';
import { keptImportRoutes } from '../intake/importRoutes.ts';
import type { Registry } from './registry.ts';
import * as schemas from './schemas.ts';

export function importRoutes(registry: Registry): Route[] {
  return keptImportRoutes({
    path: '/registry/imports',
    postPath: '/registry/imports',
    says: {
      post: 'Imports a registry file in one go (/uploads takes large ones in parts): CMS hospitals, facility list, NPPES, code list, NUCC taxonomy or affiliations; its header tells which',
      list: 'All registry imports, newest first; of each source one is active',
      report: 'Where every row of a registry import went',
      lines: 'Every row that was set aside, put right or is to be looked at, with its line',
      activate: 'Brings an older import of a source back in place of the newest',
    },
    schemas: { report: schemas.snapshot, imported: schemas.importAnswer, imports: schemas.importsAnswer },
    file: 'registry-report.csv',
    importFile: (path, name) => registry.importFile(path, { name }),
    imports: () => registry.imports(),
    report: (id) => registry.report(id),
    reportLines: (id) => registry.reportLines(id),
    activate: (id) => registry.activate(id),
  });
}
