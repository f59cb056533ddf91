const path = require('node:path');
const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

const root = path.resolve(__dirname, '../..');

module.exports = {
  ...jestConfig,
  rootDir: root,
  roots: [__dirname],
  testMatch: ['**/*.test.ts'],
  globalSetup: path.join(__dirname, 'buildMap.cjs'),
  setupFiles: ['jest-canvas-mock', path.join(__dirname, 'setup.cjs')],
  setupFilesAfterEnv: [...jestConfig.setupFilesAfterEnv, path.join(__dirname, 'matchers.cjs')],
  modulePathIgnorePatterns: ['<rootDir>/.build/'],
};
