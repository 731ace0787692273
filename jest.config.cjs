/** One project per kind of test, so that each can be run alone: `npx jest --selectProjects unit`. */
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // Built files are copies of what is tested from source.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/\\.onevisit/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
    // Node takes modules of this kind by require; jest needs them turned first.
    'node_modules/.+\\.js$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'ecmascript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(openid-client|oauth4webapi|jose|marked)/)'],
};

const project = (name, extra = {}) => ({
  ...shared,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  ...extra,
});

/** These get a PostgreSQL server of their own for the run. */
const withDatabase = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

module.exports = {
  // Of the whole run, not of a project: jest takes it from here only.
  testTimeout: 60_000,
  projects: [
    project('unit'),
    project('integration', withDatabase),
    project('matrix', withDatabase),
    project('workflow', withDatabase),
    project('verifier', withDatabase),
    project('replay'),
    project('e2e', withDatabase),
    project('fuzz', withDatabase),
    project('attack', withDatabase),
    project('fault'),
    project('schemathesis', withDatabase),
    // Most of an hour: only `npm run test:faults` has it.
    ...(process.env.ONEVISIT_FAULTS_REPORT
      ? [project('faults', { testMatch: ['<rootDir>/test/fault/*.long.ts'] })]
      : []),
  ],
};
