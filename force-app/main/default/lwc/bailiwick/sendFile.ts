import type { ImportJob, ImportWishes } from './importAnswers';
import { poll } from './poll';
import { get, post, put, ServiceError } from './service';

/** Pauses before a part is sent again; after the last one the upload waits for its user. */
const PAUSES_MS = [500, 1000, 2000, 4000, 8000];
const PART_BYTES = 8 * 1024 ** 2;

export interface Watching {
  /** Called with every answer that tells how far it is. */
  seen: (job: ImportJob) => void;
  isWanted: () => boolean;
}

/**
 * Sends a file in parts. An upload of the same name and size that broke off goes on where it stopped, and a part that is lost
 * on the way is sent again. Null where nobody wants it any more.
 */
export async function sendFile(file: File, kind: string, { seen, isWanted }: Watching): Promise<ImportJob | null> {
  let job = (await unfinished(file, kind)) ?? (await begun(file, kind));
  seen(job);
  for (let failures = 0; job.received < file.size;) {
    if (!isWanted()) return null;
    const part = file.slice(job.received, job.received + PART_BYTES);
    try {
      job = await put<ImportJob>(`/uploads/${job.id}/part?offset=${job.received}`, part);
      failures = 0;
    } catch (error) {
      const pause = PAUSES_MS[failures++];
      if (pause === undefined || !canRecover(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      // what arrived of a broken part stays, so ask where to go on
      job = await get<ImportJob>(`/uploads/${job.id}`).catch(() => job);
    }
    seen(job);
  }
  return job;
}

/** Imports a file that was sent whole, and tells how far it is until it is done or refused. */
export async function importFile(
  id: string,
  wishes: ImportWishes,
  { seen, isWanted }: Watching,
): Promise<ImportJob | null> {
  await post(`/uploads/${id}/import`, wishes);
  return poll(() => get<ImportJob>(`/uploads/${id}`), {
    isFinal: ({ state }) => state !== 'importing',
    isWanted,
    seen,
  });
}

async function unfinished(file: File, kind: string): Promise<ImportJob | undefined> {
  const { uploads } = await get<{ uploads: ImportJob[] }>('/uploads');
  return uploads.find(
    (one) => one.kind === kind && one.name === file.name && one.bytes === file.size && one.state !== 'importing',
  );
}

function begun({ name, size }: File, kind: string): Promise<ImportJob> {
  return post<ImportJob>('/uploads', { kind, name, bytes: size });
}

/** A broken connection, a busy service, or a part that began at the wrong byte. */
function canRecover(error: unknown): boolean {
  return error instanceof ServiceError && (error.status === 0 || error.status >= 500 || error.status === 409);
}
