import path from 'node:path';
import type { Route } from './http/routes.ts';
import { ImportJobs, type Importer } from './intake/importJobs.ts';
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
