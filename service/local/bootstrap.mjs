/**
 * Runs before every command, on any Node from 20: installs the packages when they are missing or older than the lock
 * file, and checks that Node 24 is in place. With --tests it also looks for a browser and installs what checks the
 * Salesforce package.
 * Plain JavaScript without imports from packages, because there may be none yet.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { findChromium } from './chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const own = path.join(root, 'node_modules', '.bin', 'node');

const say = (text) => process.stderr.write(`${text}\n`);

function fail(text) {
  say(`\n${text}`);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(
    `Bailiwick needs Node 20 or newer to start; this is ${process.version}. Install a newer Node from your package manager.`,
  );
}

/** Installs the packages of a folder when they are missing or older than its lock file. */
function install(folder, words) {
  const stamp = path.join(folder, 'node_modules', '.bailiwick-installed');
  const lock = createHash('sha256')
    .update(readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say(words);
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  rmSync(stamp, { force: true });
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: folder, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status !== 0)
    fail('npm ci failed. Check that the npm registry can be reached and that the disk is not full, then try again.');
  writeFileSync(stamp, lock);
}

install(root, 'Installing packages (about two minutes the first time) …');

if (!existsSync(own))
  fail('The Node 24 that comes with the packages is missing. Run "npm ci" without --ignore-scripts.');
const version = execFileSync(own, ['--version'], { encoding: 'utf8' }).trim();
if (!version.startsWith('v24.')) {
  fail(
    `The Node of the packages is ${version}, 24 is needed. Run "npm ci" without --ignore-scripts so that npm can set it up.`,
  );
}

const isForTests = process.argv.includes('--tests');
if (isForTests)
  install(path.join(root, 'test', 'orgChecks'), 'Installing what checks the Salesforce package (about a minute) …');
if (isForTests && !findChromium({ install: true, say })) {
  fail(
    'The tests need a Chromium. Install Chrome or Chromium (Debian: apt-get install chromium) or set BAILIWICK_CHROMIUM to its path.',
  );
}
