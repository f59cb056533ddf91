import { z } from 'zod';
import { csvRow } from '../core/csv.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import { withUpload } from './upload.ts';

/** One line of a file that was not taken as it stands. */
export interface ReportLine {
  readonly line: number;
  readonly kind: string;
  readonly reason: string;
  readonly found: string;
}

/** Imports of one slice, for the routes that all of them have. */
export interface KeptImports {
  /** Where they are listed: "/imports". */
  readonly path: string;
  /** Where a file is posted in one go. */
  readonly postPath: string;
  /** What each route does, for the description of the API. */
  readonly says: Readonly<Record<'post' | 'list' | 'report' | 'lines' | 'activate', string>>;
  readonly schemas: { readonly report: z.ZodType; readonly imported: z.ZodType; readonly imports: z.ZodType };
  /** Name of the file with all lines. */
  readonly file: string;
  importFile(path: string, name: string): Promise<{ readonly id: string }>;
  imports(): Promise<readonly unknown[]>;
  report(id: string): Promise<unknown>;
  reportLines(id: string): Promise<readonly ReportLine[]>;
  activate(id: string): Promise<unknown>;
}

const params = z.object({ id: z.uuid() });
const query = z.object({ name: z.string().min(1).max(200) });

/** Post a file, list the imports, read a report, its lines as CSV, and bring an older import back. */
export function keptImportRoutes({ path, postPath, says, schemas, file, ...imports }: KeptImports): Route[] {
  const shared = { permission: 'operate' as const };
  const one = { ...shared, params, response: schemas.report };
  return [
    defineRoute({
      ...shared,
      method: 'post',
      path: postPath,
      summary: says.post,
      query,
      response: schemas.imported,
      status: 201,
      rawBody: true,
      handle: async ({ query: { name }, stream }) => {
        const report = await withUpload(stream, 'import', (at) => imports.importFile(at, name));
        return { id: report.id, report };
      },
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path,
      summary: says.list,
      response: schemas.imports,
      handle: async () => ({ imports: await imports.imports() }),
    }),
    defineRoute({
      ...one,
      method: 'get',
      path: `${path}/:id`,
      summary: says.report,
      handle: (input) => imports.report(input.params.id),
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path: `${path}/:id/report.csv`,
      summary: says.lines,
      params,
      handle: async (input) => {
        const lines = await imports.reportLines(input.params.id);
        const rows = lines.map(({ line, kind, reason, found }) => csvRow([line, kind, reason, found]));
        const head = csvRow(['line', 'what', 'reason', 'found']);
        return new FileAnswer(file, 'text/csv; charset=utf-8', head + rows.join(''));
      },
    }),
    defineRoute({
      ...one,
      method: 'post',
      path: `${path}/:id/activate`,
      summary: says.activate,
      handle: (input) => imports.activate(input.params.id),
    }),
  ];
}
