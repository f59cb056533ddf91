import { defineConfig } from 'vitest/config';

/** On an org with other names, record types, Person Accounts and the ZIP in the shipping address, these run every time. */
const ON_OTHER_NAMES = [
  'test/org/orgRoom.test.ts',
  'test/slices/{accounts,mapping,permissions,reassign,scope}.test.ts',
  'test/slices/sync{,BadDays,People,Routes,Sentences,Strategies}.test.ts',
];

/** BAILIWICK_TEST_ORG=otherNames runs everything on that org but the suites of the stand-in org itself. */
const isWholeOnOther = process.env['BAILIWICK_TEST_ORG'] === 'otherNames';
const WHOLE = ['test/*.test.ts', 'test/{contract,core,e2e,slices}/**/*.test.ts', 'test/org/orgRoom.test.ts'];

const sample = { extends: true as const, test: { name: 'sample', include: ['test/**/*.test.ts'] } };
const otherNames = {
  extends: true as const,
  test: {
    name: 'otherNames',
    include: isWholeOnOther ? WHOLE : ON_OTHER_NAMES,
    // read by test/kit/testOrg.ts
    env: { BAILIWICK_TEST_ORG: 'otherNames' },
  },
};

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    exclude: ['test/lwc/**', '**/node_modules/**'],
    globalSetup: 'test/kit/filledSample.ts',
    testTimeout: 150_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // V8 can abort while it frees compiled WebAssembly, which stores and solvers are (nodejs/node#64500)
    execArgv: ['--no-wasm-code-gc'],
    projects: isWholeOnOther ? [otherNames] : [sample, otherNames],
  },
});
