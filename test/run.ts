/** `npm test`: types, lint, format, then both test runners; ends with one line that counts every test. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = mkdtempSync(path.join(tmpdir(), 'bailiwick-test-'));

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** Both runners write the same JSON shape (vitest took it from jest); a file that could not be run has a message. */
interface Report {
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

/** What failed, said once more at the end: a runner's own list is far up by then. */
const failures: string[] = [];

const MOST_LINES = 12;

function firstLines(text: string): string {
  const lines = text.split('\n').slice(0, MOST_LINES);
  return lines.map((line) => `    ${line}`).join('\n');
}

function failuresOf(report: Report): string[] {
  return report.testResults
    .filter((file) => file.status === 'failed')
    .flatMap((file) => {
      const name = path.relative(root, file.name);
      const failed = file.assertionResults.filter((one) => one.status === 'failed');
      return failed.length === 0
        ? [`${name} did not come to its end\n${firstLines(file.message ?? '')}`]
        : failed.map((one) => `${name} > ${one.fullName}\n${firstLines((one.failureMessages ?? []).join('\n'))}`);
    });
}

function run(command: string, args: string[]): boolean {
  process.stdout.write(`\n> ${command} ${args.join(' ')}\n`);
  const node = path.join(root, 'node_modules', '.bin', command);
  return spawnSync(node, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function check(name: string, command: string, args: string[]): Count {
  const ok = run(command, args);
  if (!ok) failures.push(name);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

function reported(command: string, args: string[], file: string): { ok: boolean; report: Report | null } {
  const ok = run(command, args);
  try {
    return { ok, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
  } catch {
    failures.push(`${command} ended without a report`);
    return { ok: false, report: null };
  }
}

function counted({ ok, report }: { ok: boolean; report: Report | null }): Count {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  failures.push(...failuresOf(report));
  // a file that could not even be read fails no test of its own, but it fails
  const failed = ok ? 0 : Math.max(1, report.numFailedTests);
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
}

const vitestJson = path.join(out, 'vitest.json');
const jestJson = path.join(out, 'jest.json');
const REPORTERS = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestJson}`];
const counts = [
  check('The build', 'node', ['force-app/build/main.ts']),
  check('The type check', 'tsc', ['-p', 'tsconfig.json']),
  check('The linter', 'eslint', ['-c', 'test/eslint.config.mjs', '.']),
  check('The format check', 'prettier', ['--check', '.']),
  counted(reported('vitest', ['run', '--config', 'test/vitest.config.ts', ...REPORTERS], vitestJson)),
  counted(reported('jest', ['--config', 'test/lwc/jest.config.cjs', '--json', `--outputFile=${jestJson}`], jestJson)),
];
rmSync(out, { recursive: true, force: true });

const sum = (pick: (count: Count) => number) => counts.reduce((total, count) => total + pick(count), 0);
const failed = sum((count) => count.failed);
const skipped = sum((count) => count.skipped);
for (const failure of failures) process.stdout.write(`\nFAILED ${failure}\n`);
process.stdout.write(
  `\n${sum((count) => count.passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
);
process.exit(failed > 0 ? 1 : 0);
