import { describe, expect, test } from '@jest/globals';
import { licences, readSources, type Sources, supplyFaults } from './supply-chain.ts';

const sources = readSources();

test('every package is pinned, has a checksum, comes from the registry, and runs no script that is not allowed', () => {
  expect(supplyFaults(sources)).toEqual([]);
});

test('Apollo’s packages under the Elastic License are those that SECURITY.md names', () => {
  const elastic = [...licences(sources)]
    .filter(([licence]) => /elastic/i.test(licence))
    .flatMap(([, packages]) => packages);
  const names = new Set(elastic.map((text) => text.split(' ')[0]!));

  expect(names).toEqual(
    new Set([
      '@apollo/composition',
      '@apollo/federation-internals',
      '@apollo/gateway',
      '@apollo/query-graphs',
      '@apollo/query-planner',
    ]),
  );
});

describe('is found', () => {
  const found = (change: Partial<Sources['manifest']>, packages: Sources['lock']['packages'] = {}) =>
    supplyFaults({
      manifest: { ...sources.manifest, ...change },
      lock: { lockfileVersion: 3, packages: { ...sources.lock.packages, ...packages } },
    });
  const proper = { version: '1.0.0', resolved: 'https://registry.npmjs.org/x/-/x-1.0.0.tgz', integrity: 'sha512-x' };

  test.each([
    ['a range of versions', found({ dependencies: { x: '^1.0.0' } })],
    ['a package without a checksum', found({}, { 'node_modules/x': { ...proper, integrity: undefined } })],
    [
      'a package from elsewhere',
      found({}, { 'node_modules/x': { ...proper, resolved: 'https://evil.example/x.tgz' } }),
    ],
    ['a script that nobody allowed', found({}, { 'node_modules/x': { ...proper, hasInstallScript: true } })],
  ])('%s', (_what, faults) => {
    expect(faults).toHaveLength(1);
  });
});
