import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGeography } from '../../service/geography/geography.ts';
import { startDemo, type Demo, type DemoOptions } from '../../service/local/demo.ts';
import { startParts, stopParts, type PartsOptions } from '../../service/local/parts.ts';
import { writeSample } from '../../service/local/sample/writeSample.ts';
import { orgOfTest } from './testOrg.ts';

/** Where a test run keeps filled samples; unset outside of `npm test`, where every house fills its own. */
const FOLDER = 'BAILIWICK_TEST_FILLED';

/** Pages that the service answers; no test asks as a page of its own. */
export const ORIGINS = ['http://localhost:1'];

/** The begin of a test run (`globalSetup` of vitest): a folder for filled samples, which goes when the run ends. */
export default function setup(): (() => void) | undefined {
  if (process.env[FOLDER]) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-filled-'));
  process.env[FOLDER] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/**
 * Lays into an empty data directory what a first start of org and service leaves there: the org's records, the claims that
 * were read, today's map. A start takes most of its time for that, so it is done once a run for each org and copied from there.
 */
export async function layFilledSample(dataDir: string): Promise<void> {
  const folder = process.env[FOLDER];
  if (!folder || (existsSync(dataDir) && readdirSync(dataDir).length > 0)) return;
  const filled = path.join(folder, orgOfTest().folder ? 'otherNames' : 'sample');
  if (!existsSync(filled)) await fill(filled);
  cpSync(filled, dataDir, { recursive: true });
}

/** Complete or not at all; where two test files come at once, the first that is done stays. */
async function fill(filled: string): Promise<void> {
  const dataDir = mkdtempSync(`${filled}.`);
  await stopParts(
    await startParts(
      partsOver(dataDir, () => undefined),
      ORIGINS,
    ),
  );
  try {
    renameSync(dataDir, filled);
  } catch (error) {
    if (!existsSync(filled)) throw error;
    rmSync(dataDir, { recursive: true });
  }
}

/** The sample's org and the service over it, on free ports, with keys and a token of their own. */
export function partsOver(dataDir: string, say: PartsOptions['say']): PartsOptions {
  const sample = writeSample(dataDir, { geography: createGeography().geography });
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ports = { servicePort: 0, orgPort: 0 };
  return { dataDir, sample, ...keys, orgToken: randomUUID(), say, ...orgOfTest(), ports };
}

/** The demo on free ports, over a sample that is filled already. */
export async function startFilledDemo(dataDir: string, given: Pick<DemoOptions, 'now'> = {}): Promise<Demo> {
  await layFilledSample(dataDir);
  return startDemo({ port: 0, dataDir, reset: false, say: () => undefined, ...orgOfTest(), ...given });
}
