import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MAX_UPLOAD_BYTES, tooLarge } from './uploads.ts';

/** Lets the work see an uploaded stream as a file, which is gone afterwards whatever happens. */
export async function withUpload<T>(stream: Readable, kind: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bailiwick-upload-'));
  try {
    const path = join(folder, 'file');
    await pipeline(stream, limited(MAX_UPLOAD_BYTES, kind), createWriteStream(path));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function limited(max: number, kind: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(bytes <= max ? null : tooLarge(kind), chunk);
    },
  });
}
