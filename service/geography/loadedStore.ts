import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { BailiwickError } from '../core/errors.ts';
import type { GeographyReport } from './importReport.ts';
import { loadedIndex, NOTHING_LOADED, withActive, type LoadedIndex, type LoadedVersion } from './loadedIndex.ts';

/**
 * Loaded boundaries in `DIR/geography`: files named by the hash of what they hold, and an index that says what is in use.
 * Files are complete before the index names them, and the index is replaced in one step, so a crash changes nothing.
 */
export class LoadedStore {
  readonly dir: string;

  constructor(dataDir: string) {
    this.dir = path.join(dataDir, 'geography');
    this.readIndex();
  }

  /** As it is on disk now: several stores of one directory see each other's imports, and none undoes another's. */
  get index(): LoadedIndex {
    return this.readIndex();
  }

  /** Replaces the index in one step. */
  save(index: LoadedIndex): void {
    this.write('index.json', Buffer.from(`${JSON.stringify(index, null, 1)}\n`));
  }

  /** Stores what was read and puts it to use. */
  add(report: GeographyReport, contents: ReadonlyMap<string, unknown>): void {
    const { id, layout: kind, file, sha256, vintage, importedAt } = report;
    const stored = Object.fromEntries([...contents].map(([at, value]) => [at, this.put(value)]));
    const version: LoadedVersion = { id, kind, file, sha256, vintage, importedAt, contents: stored, report };
    const { index } = this;
    this.save(withActive({ ...index, versions: [...index.versions, version] }, version));
  }

  /** Puts a version to use if it is there. */
  reuse(id: string): LoadedVersion | undefined {
    const { index } = this;
    const known = index.versions.find((version) => version.id === id);
    if (known) this.save(withActive(index, known));
    return known;
  }

  /** @throws BailiwickError not_found */
  version(id: string): LoadedVersion {
    const found = this.index.versions.find((version) => version.id === id);
    if (found) return found;
    throw new BailiwickError('not_found', `No loaded boundaries are known as "${id}".`, {
      action: 'List what is loaded with "bailiwick geography --data DIR".',
    });
  }

  /** What a content hash names. @throws BailiwickError not_ready where the file is gone or damaged */
  get(hash: string): unknown {
    try {
      const text = gunzipSync(readFileSync(path.join(this.dir, `${hash}.json.gz`)));
      if (hashOf(text) === hash) return JSON.parse(text.toString('utf8'));
    } catch (cause) {
      throw damaged(this.dir, hash, cause);
    }
    throw damaged(this.dir, hash);
  }

  /** Keeps a small document under a name of its own; what is there stays. */
  keep(file: string, value: unknown): void {
    if (!existsSync(path.join(this.dir, file))) this.write(file, Buffer.from(`${JSON.stringify(value)}\n`));
  }

  /** A kept document; null where there is none. */
  kept(file: string): unknown {
    const full = path.join(this.dir, file);
    return existsSync(full) ? (JSON.parse(readFileSync(full, 'utf8')) as unknown) : null;
  }

  /** Names of kept documents that begin so. */
  keptNames(prefix: string): string[] {
    if (!existsSync(this.dir)) return [];
    return readdirSync(this.dir)
      .filter((file) => file.startsWith(prefix) && file.endsWith('.json'))
      .sort();
  }

  /** Removes what a crash left: half-written files, and contents that no version names. */
  sweep(): void {
    if (!existsSync(this.dir)) return;
    const named = new Set(this.index.versions.flatMap(({ contents }) => Object.values(contents)));
    for (const file of readdirSync(this.dir)) {
      const hash = /^([0-9a-f]{32})\.json\.gz$/.exec(file)?.[1];
      if (file.endsWith('.tmp') || (hash !== undefined && !named.has(hash))) rmSync(path.join(this.dir, file));
    }
  }

  private put(value: unknown): string {
    const text = Buffer.from(JSON.stringify(value));
    const hash = hashOf(text);
    const file = `${hash}.json.gz`;
    if (!existsSync(path.join(this.dir, file))) this.write(file, gzipSync(text));
    return hash;
  }

  private write(file: string, bytes: Buffer): void {
    mkdirSync(this.dir, { recursive: true });
    const [target, half] = [path.join(this.dir, file), path.join(this.dir, `${file}.tmp`)];
    const handle = openSync(half, 'w');
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(half, target);
  }

  private readIndex(): LoadedIndex {
    const file = path.join(this.dir, 'index.json');
    if (!existsSync(file)) return NOTHING_LOADED;
    try {
      return loadedIndex.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (cause) {
      throw new BailiwickError('not_ready', `${file} is damaged, so it is unknown which boundaries are in use.`, {
        action: 'Put it back from a backup, or move the folder away to go on with approximate ZIP areas.',
        cause,
      });
    }
  }
}

function hashOf(text: Buffer): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function damaged(dir: string, hash: string, cause?: unknown): BailiwickError {
  return new BailiwickError('not_ready', `The loaded boundaries ${hash} in ${dir} are gone or damaged.`, {
    action: 'Import their file again, or put the folder back from a backup.',
    cause,
  });
}
