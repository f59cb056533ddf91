import { BailiwickError } from '../core/errors.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Upload, Uploads } from './uploads.ts';

/** What an import is doing, and the share of that which is done, 0 to 1. */
export interface Doing {
  readonly phase: string;
  readonly share: number;
}

/** What the user says of the file beside its bytes. */
export type ImportWishes = Readonly<Record<string, unknown>>;

export interface ImportTask {
  readonly path: string;
  readonly name: string;
  readonly wishes: ImportWishes;
  readonly user: RequestUser;
  readonly onProgress: (doing: Doing) => void;
  readonly signal: AbortSignal;
}

/** One kind of file that can be dropped; the slices bring theirs. */
export interface Importer {
  /** For people: "Claims". */
  readonly label: string;
  /** Which files it reads, in a sentence. */
  readonly about: string;
  /** Reads the file and answers with its report. */
  run(task: ImportTask): Promise<unknown>;
}

export type JobState = 'receiving' | 'importing' | 'done' | 'refused' | 'cancelled';

export interface ImportJob extends Upload {
  readonly state: JobState;
  readonly doing: Doing | null;
  readonly report: unknown;
  /** Why it was refused; with mapping_needed, what to answer stands in its details. */
  readonly error: { code: string; message: string; action: string | null; details: unknown } | null;
}

interface Running {
  readonly upload: Upload;
  doing: Doing;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

type Ended = Pick<ImportJob, 'state' | 'report' | 'error'> & { readonly upload: Upload };

/** Results kept for a page that comes back to look. */
const MAX_ENDED = 50;

/** Uploaded files on their way through an importer, one run a file. What is refused can be run again with other wishes. */
export class ImportJobs {
  private readonly uploads: Uploads;
  private readonly importers: Readonly<Record<string, Importer>>;
  private readonly log: (message: string) => void;
  private readonly running = new Map<string, Running>();
  private readonly ended = new Map<string, Ended>();

  constructor(uploads: Uploads, importers: Readonly<Record<string, Importer>>, log: (message: string) => void) {
    this.uploads = uploads;
    this.importers = importers;
    this.log = log;
  }

  get kinds(): { kind: string; label: string; about: string }[] {
    return Object.entries(this.importers).map(([kind, { label, about }]) => ({ kind, label, about }));
  }

  async job(id: string, userId: string): Promise<ImportJob> {
    const ended = this.ended.get(id);
    if (ended?.upload.userId === userId && ended.state !== 'refused') return { ...ended.upload, ...ended, doing: null };
    const running = this.running.get(id);
    if (running?.upload.userId === userId)
      return { ...running.upload, state: 'importing', doing: running.doing, report: null, error: null };
    const upload = await this.uploads.get(id, userId);
    if (ended) return { ...upload, state: ended.state, doing: null, report: null, error: ended.error };
    return { ...upload, state: 'receiving', doing: null, report: null, error: null };
  }

  async jobsOf(userId: string): Promise<ImportJob[]> {
    return Promise.all((await this.uploads.of(userId)).map(({ id }) => this.job(id, userId)));
  }

  /** Starts the import of a whole file; the same call while it runs changes nothing. */
  async start(id: string, user: RequestUser, wishes: ImportWishes): Promise<ImportJob> {
    const { path, upload } = await this.uploads.whole(id, user.userId);
    const importer = this.importers[upload.kind];
    if (!importer) {
      throw new BailiwickError('bad_request', `Files of the kind "${upload.kind}" cannot be imported here.`, {
        action: `Choose one of ${Object.keys(this.importers).join(', ')}.`,
      });
    }
    if (!this.running.has(id)) this.run(upload, importer, { path, wishes, user });
    return this.job(id, user.userId);
  }

  /** Stops what runs and forgets the file; nothing of it stays. */
  async cancel(id: string, userId: string): Promise<void> {
    await this.uploads.get(id, userId);
    const running = this.running.get(id);
    running?.abort.abort();
    await running?.ended;
    this.ended.delete(id);
    await this.uploads.remove(id);
  }

  async close(): Promise<void> {
    const all = [...this.running.values()];
    for (const { abort } of all) abort.abort();
    await Promise.all(all.map(({ ended }) => ended));
  }

  private run(upload: Upload, importer: Importer, given: Pick<ImportTask, 'path' | 'wishes' | 'user'>): void {
    const abort = new AbortController();
    const onProgress = (doing: Doing) => void (running.doing = doing);
    const task = { ...given, name: upload.name, onProgress, signal: abort.signal };
    const ended = importer
      .run(task)
      .then(
        async (report) => {
          await this.uploads.remove(upload.id);
          this.keep(upload, { state: 'done', report, error: null });
        },
        (error: unknown) => {
          const state = abort.signal.aborted ? 'cancelled' : 'refused';
          this.keep(upload, { state, report: null, error: state === 'refused' ? this.told(error, upload) : null });
        },
      )
      .finally(() => this.running.delete(upload.id));
    const running: Running = { upload, doing: { phase: 'checking the file', share: 0 }, abort, ended };
    this.running.set(upload.id, running);
    this.ended.delete(upload.id);
  }

  private keep(upload: Upload, end: Omit<Ended, 'upload'>): void {
    this.ended.set(upload.id, { ...end, upload });
    const [oldest] = this.ended.keys();
    if (this.ended.size > MAX_ENDED && oldest !== undefined) this.ended.delete(oldest);
  }

  private told(error: unknown, { kind, id }: Upload): ImportJob['error'] {
    if (error instanceof BailiwickError) {
      const { code, message, action, details } = error;
      return { code, message, action: action ?? null, details: details ?? null };
    }
    this.log(`Import of ${kind} ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const message = 'Something went wrong that we did not foresee; the former data stay in use.';
    return { code: 'internal', message, action: `Tell support the upload ${id}.`, details: null };
  }
}
