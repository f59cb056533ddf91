import { defineConfig } from 'vitest/config';

/** Suites that reach a CRM through the product: all of them pass on an org with other names too. */
const REACH_A_CRM = [
  'org/orgRoom',
  'slices/accounts',
  'slices/answers',
  'slices/mapping',
  'slices/permissions',
  'slices/reassign',
  'slices/registryHouse',
  'slices/scope',
  'slices/serve',
  'slices/sync*',
];
/** Minutes of planning or a browser: on the other org only where it is asked for. */
const SLOW = ['slices/alignments', 'slices/proposals', 'slices/replanning', 'e2e/mainJob'];

/** BAILIWICK_TEST_ORG=otherNames runs all of them on that org, and nothing else. */
const isOtherOnly = process.env['BAILIWICK_TEST_ORG'] === 'otherNames';
const onOtherNames = isOtherOnly ? [...REACH_A_CRM, ...SLOW] : REACH_A_CRM;

const sample = { extends: true as const, test: { name: 'sample', include: ['test/**/*.test.ts'] } };
const otherNames = {
  extends: true as const,
  test: {
    name: 'otherNames',
    include: onOtherNames.map((suite) => `test/${suite}.test.ts`),
    // read by test/kit/testOrg.ts
    env: { BAILIWICK_TEST_ORG: 'otherNames' },
  },
};

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    exclude: ['test/lwc/**', 'node_modules/**'],
    testTimeout: 150_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: isOtherOnly ? [otherNames] : [sample, otherNames],
  },
});
