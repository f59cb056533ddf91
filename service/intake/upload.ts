import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BailiwickError } from '../core/errors.ts';

/** The national CMS file has 3 GB; whoever has more imports on the command line. */
const MAX_UPLOAD_BYTES = 4 * 1024 ** 3;

/** Lets the work see an uploaded stream as a file, which is gone afterwards whatever happens. */
export async function withUpload<T>(stream: Readable, name: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bailiwick-upload-'));
  try {
    const path = join(folder, /\.gz$/i.test(name) ? 'claims.csv.gz' : 'claims.csv');
    await pipeline(stream, limited(MAX_UPLOAD_BYTES), createWriteStream(path));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function limited(max: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes <= max) return done(null, chunk);
      const error = new BailiwickError('too_large', `The file has more than ${max / 1024 ** 3} GB.`, {
        action: 'Import it on the command line: bailiwick import claims FILE --data DIR.',
      });
      done(error);
    },
  });
}
