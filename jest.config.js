/** @type {import('jest').Config} */
export default {
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.cjs' },
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.data/'],
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  // A machine that is slow, or busy with other work, fails no test: only a test that makes no progress for minutes does.
  testTimeout: 180_000,
  // Tests wait for other processes much of the time: three fill two cores.
  maxWorkers: 3,
  testSequencer: '<rootDir>/test/sequencer.cjs',
  // Jest keeps the modules of every file: a worker grows by some 40 MB each. It starts anew before that slows it down.
  workerIdleMemoryLimit: '1GB',
};
