import path from 'node:path';
import type { Claims } from './claims/claims.ts';
import type { Route } from './http/routes.ts';
import { ImportJobs, type Importer, type ImportWishes } from './intake/importJobs.ts';
import { uploadRoutes } from './intake/uploadRoutes.ts';
import { Uploads } from './intake/uploads.ts';

export interface IntakeSide {
  readonly routes: Route[];
  close(): Promise<void>;
}

/** Uploaded files on their way to the slice that reads their kind. */
export function openIntake(
  dataDir: string,
  importers: Readonly<Record<string, Importer>>,
  { now, log }: { now: () => Date; log: (message: string) => void },
): IntakeSide {
  const uploads = new Uploads(path.join(dataDir, 'uploads'), now);
  const jobs = new ImportJobs(uploads, importers, log);
  return { routes: uploadRoutes(uploads, jobs), close: () => jobs.close() };
}

/** Claims take their columns, a period and a name to save the columns under. */
export function claimsImporter(claims: Claims): Importer {
  return {
    label: 'Claims',
    about:
      'CMS by provider and service, CMS inpatient or outpatient volumes, or any vendor table: you name its columns once.',
    run: ({ path: file, name, wishes, onProgress, signal }) =>
      claims.importClaims(file, { name, onProgress, signal, ...columnWishes(wishes) }),
  };
}

function columnWishes({ columns, constants, saveAs, mappingName, period }: ImportWishes) {
  const mapping = columns
    ? { columns: columns as Record<string, string>, constants: constants as Record<string, string> | undefined }
    : undefined;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return { mapping, saveAs: text(saveAs), mappingName: text(mappingName), period: text(period) };
}
