import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/lwc/**', 'node_modules/**'],
    testTimeout: 150_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
