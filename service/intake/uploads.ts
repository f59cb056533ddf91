import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BailiwickError } from '../core/errors.ts';

/** The national CMS file has 3 GB; whoever has more imports on the command line. */
export const MAX_UPLOAD_BYTES = 4 * 1024 ** 3;
/** A part is lost whole when the connection breaks: small enough to send again, large enough to be few. */
export const PART_BYTES = 8 * 1024 ** 2;
/** Files under way at a time: each may fill 4 GB of the disk. */
const MAX_OPEN = 8;
/** Nobody comes back to an upload after that. */
const KEPT_MS = 48 * 3_600_000;

/** A file that arrives in parts. */
export interface Upload {
  readonly id: string;
  readonly userId: string;
  readonly kind: string;
  readonly name: string;
  readonly bytes: number;
  readonly startedAt: string;
  /** Bytes that are here: the next part begins there. */
  readonly received: number;
}

type Kept = Omit<Upload, 'received'>;

/**
 * Files under way, each in a folder of its own with what is said of it, so that an upload goes on after a broken connection,
 * a reload of the page or a restart of the service.
 */
export class Uploads {
  private readonly folder: string;
  private readonly now: () => Date;
  private readonly writing = new Set<string>();

  constructor(folder: string, now: () => Date) {
    this.folder = folder;
    this.now = now;
    mkdirSync(folder, { recursive: true });
  }

  /** @throws BailiwickError too_large, or conflict where too many are open */
  async begin(about: Pick<Kept, 'userId' | 'kind' | 'name' | 'bytes'>): Promise<Upload> {
    if (about.bytes > MAX_UPLOAD_BYTES) throw tooLarge(about.kind);
    await this.sweep();
    const open = await this.all();
    if (open.length >= MAX_OPEN) {
      throw new BailiwickError('conflict', `${open.length} files are being uploaded already.`, {
        action: 'Finish or cancel one of them first.',
      });
    }
    const { userId, kind, name, bytes } = about;
    const kept: Kept = { id: randomUUID(), userId, kind, name, bytes, startedAt: this.now().toISOString() };
    mkdirSync(join(this.folder, kept.id));
    await writeFile(this.dataPath(kept.id), '');
    // Written aside and renamed, so that there is never half a description.
    await writeFile(join(this.folder, kept.id, 'about.new'), JSON.stringify(kept));
    await rename(join(this.folder, kept.id, 'about.new'), join(this.folder, kept.id, 'about.json'));
    return { ...kept, received: 0 };
  }

  /** @throws BailiwickError not_found; somebody else's upload is none of yours */
  async get(id: string, userId: string): Promise<Upload> {
    const found = await this.read(id);
    if (found?.userId === userId) return found;
    throw new BailiwickError('not_found', 'There is no such upload.', { action: 'Choose the file again.' });
  }

  async of(userId: string): Promise<Upload[]> {
    return (await this.all()).filter((upload) => upload.userId === userId);
  }

  /**
   * Adds a part that begins at this byte; what of a part arrived before the connection broke stays.
   * @throws BailiwickError conflict with the byte to go on from, where the part does not begin there
   */
  async add(id: string, userId: string, { offset, stream }: { offset: number; stream: Readable }): Promise<Upload> {
    const upload = await this.get(id, userId);
    if (this.writing.has(id) || offset !== upload.received) {
      stream.resume();
      throw new BailiwickError('conflict', `The next byte of ${upload.name} is ${upload.received}, not ${offset}.`, {
        action: `Go on from byte ${upload.received}.`,
        details: { received: upload.received },
      });
    }
    this.writing.add(id);
    try {
      const file = createWriteStream(this.dataPath(id), { flags: 'a' });
      await pipeline(stream, upTo(upload.bytes - offset, upload), file);
    } finally {
      this.writing.delete(id);
    }
    return this.get(id, userId);
  }

  /** Path of the whole file. @throws BailiwickError conflict while bytes are missing */
  async whole(id: string, userId: string): Promise<{ path: string; upload: Upload }> {
    const upload = await this.get(id, userId);
    if (upload.received === upload.bytes) return { path: this.dataPath(id), upload };
    throw new BailiwickError('conflict', `${upload.name} has ${upload.received} of ${upload.bytes} bytes here.`, {
      action: `Send the rest from byte ${upload.received}.`,
      details: { received: upload.received },
    });
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.folder, id), { recursive: true, force: true });
  }

  /** Clears away what nobody came back to. */
  async sweep(): Promise<void> {
    const oldest = this.now().getTime() - KEPT_MS;
    for (const id of await readdir(this.folder)) {
      const upload = await this.read(id);
      const isOld = upload ? Date.parse(upload.startedAt) < oldest : true;
      if (isOld && !this.writing.has(id)) await this.remove(id);
    }
  }

  private async all(): Promise<Upload[]> {
    const found = await Promise.all((await readdir(this.folder)).map((id) => this.read(id)));
    return found.filter((upload) => upload !== null);
  }

  private async read(id: string): Promise<Upload | null> {
    if (!/^[0-9a-f-]{36}$/.test(id)) return null;
    try {
      const about = JSON.parse(await readFile(join(this.folder, id, 'about.json'), 'utf8')) as Kept;
      const { size } = await stat(this.dataPath(id));
      if (size > about.bytes) await truncate(this.dataPath(id), about.bytes);
      return { ...about, received: Math.min(size, about.bytes) };
    } catch {
      return null;
    }
  }

  private dataPath(id: string): string {
    return join(this.folder, id, 'data');
  }
}

function upTo(most: number, { name, bytes }: Upload): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      seen += chunk.length;
      if (seen <= most) return done(null, chunk);
      done(
        new BailiwickError('bad_request', `${name} was announced with ${bytes} bytes, and more came.`, {
          action: 'Begin again with the size of the file.',
        }),
      );
    },
  });
}

export function tooLarge(kind: string): BailiwickError {
  return new BailiwickError('too_large', `The file has more than ${MAX_UPLOAD_BYTES / 1024 ** 3} GB.`, {
    action: `Import it on the command line: bailiwick import ${kind} FILE --data DIR.`,
  });
}
