/** Tests are TypeScript modules; swc strips the types, tsc checks them. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  // jest leaves one processor out, and half of the work is waiting for other programs.
  maxWorkers: '100%',
  // No test asserts timing: a loaded machine may take its time.
  testTimeout: 60_000,
  collectCoverageFrom: ['src/**/*.ts', '!src/**/index.ts', '!src/**/*.generated.ts', '!src/version.ts'],
  // The other provider doubles the time of the suites.
  coverageProvider: 'v8',
  coverageReporters: ['text-summary', 'lcov'],
  // Of `npm test -- --coverage`; integrations run the bundle, which is not measured.
  coverageThreshold: { global: { statements: 98, branches: 95, functions: 98, lines: 98 } },
};
