const path = require('node:path');
const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

const root = path.resolve(__dirname, '../..');

module.exports = {
  ...jestConfig,
  rootDir: root,
  roots: [__dirname],
  testMatch: ['**/*.test.ts'],
  // a busy machine: reading a whole page for accessibility takes seconds
  testTimeout: 20_000,
  globalSetup: path.join(__dirname, 'buildMap.cjs'),
  setupFiles: ['jest-canvas-mock', path.join(__dirname, 'setup.cjs')],
  setupFilesAfterEnv: [...jestConfig.setupFilesAfterEnv, path.join(__dirname, 'matchers.cjs')],
  moduleNameMapper: {
    // bundles of styles alone: the resolver of sfdx-lwc-jest looks for scripts only
    '^@salesforce/i18n/timeZone$': path.join(__dirname, 'timeZone.cjs'),
    '^c/(stepStyles|pageStyles|listStyles|mapTools|tableStyles)$': '<rootDir>/force-app/main/default/lwc/$1/$1.css',
    ...jestConfig.moduleNameMapper,
  },
  modulePathIgnorePatterns: ['<rootDir>/.build/'],
};
