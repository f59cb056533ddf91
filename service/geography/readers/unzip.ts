import yauzl from 'yauzl';
import { GIVE_SHAPES, MAX_RATIO, MAX_UNPACKED_BYTES, notRecognized, RATIO_FROM_BYTES, tooLarge } from './limits.ts';

/** More members than any shapefile has. */
const MAX_MEMBERS = 2_000;

/**
 * Members of a zip whose names end as wanted, by name. Sizes are checked before anything is unpacked, and counted again
 * while unpacking, as the directory of a zip may lie.
 * @throws BailiwickError file_not_recognized for a broken zip, too_large for one that unpacks beyond the limit
 */
export async function unzip(bytes: Buffer, wanted: RegExp, name: string): Promise<Map<string, Buffer>> {
  const broken = (cause: unknown) => {
    const known = (cause as Error).name === 'BailiwickError';
    return known ? cause : notRecognized(`${name} is a broken zip: ${(cause as Error).message}.`, GIVE_SHAPES, cause);
  };
  try {
    return await membersOf(bytes, wanted, name);
  } catch (cause) {
    throw broken(cause);
  }
}

async function membersOf(bytes: Buffer, wanted: RegExp, name: string): Promise<Map<string, Buffer>> {
  const zip = await yauzl.fromBufferPromise(bytes);
  const found = new Map<string, Buffer>();
  let [members, total] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    if (++members > MAX_MEMBERS) throw tooLarge(`${name} holds more than ${MAX_MEMBERS} members.`, GIVE_SHAPES);
    if (!wanted.test(entry.fileName) || /(^|\/)(__MACOSX\/|\.)/.test(entry.fileName)) continue;
    total += entry.uncompressedSize;
    requireModest(entry, total, name);
    found.set(entry.fileName, await contentOf(zip, entry));
  }
  return found;
}

function requireModest(entry: yauzl.Entry, total: number, name: string): void {
  const { uncompressedSize, compressedSize } = entry;
  if (total > MAX_UNPACKED_BYTES)
    throw tooLarge(`${name} unpacks to more than ${MAX_UNPACKED_BYTES / 1e6} MB; at most that much is read.`);
  if (uncompressedSize > RATIO_FROM_BYTES && uncompressedSize > compressedSize * MAX_RATIO)
    throw tooLarge(
      `${name} unpacks to ${Math.round(uncompressedSize / compressedSize)} times its size, which no map does.`,
      'Ask whoever made the file for an honest one.',
    );
}

/** yauzl ends the stream with an error as soon as a member is longer or shorter than its entry says. */
async function contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
