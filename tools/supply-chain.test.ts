import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { licences, supplyFaults } from './supply-chain.ts';
import { folders, nameOf, readSources, type Sources } from './supply-chain/sources.ts';

const sources = readSources();

test.each(folders)('every package of %s is pinned, has a checksum, and runs only allowed install scripts', (folder) => {
  const { lock, manifest } = readSources(folder);

  expect(Object.keys(lock.packages).length).toBeGreaterThan(500);
  expect(supplyFaults({ lock, manifest })).toEqual([]);
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

describe('the check finds', () => {
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
      'a package from another registry',
      found({}, { 'node_modules/x': { ...proper, resolved: 'https://evil.example/x.tgz' } }),
    ],
    ['an install script that is not allowed', found({}, { 'node_modules/x': { ...proper, hasInstallScript: true } })],
    [
      'such a script of a package installed under the name of another',
      found({}, { 'node_modules/y/node_modules/node': { ...proper, name: 'x', hasInstallScript: true } }),
    ],
    ['an unused allowance', found({ allowScripts: { ...sources.manifest.allowScripts, x: true } })],
    ['a range in an override', found({ overrides: { ...sources.manifest.overrides, x: '~1.0.0' } })],
  ])('%s', (_what, faults) => {
    expect(faults).toHaveLength(1);
  });
});

test('the bill of materials has every package of the lock, with its checksum', () => {
  const printed = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 50_000_000 });
  const { components } = bill.parse(JSON.parse(printed));
  const locked = Object.entries(sources.lock.packages).filter(([path]) => path !== '');

  expect(new Set(components.map(({ purl }) => decodeURIComponent(purl)))).toEqual(
    new Set(locked.map((entry) => `pkg:npm/${nameOf(entry)}@${entry[1].version}`)),
  );
  expect(components.filter(({ hashes }) => hashes[0]?.alg !== 'SHA-512')).toEqual([]);
}, 60_000);

const bill = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.object({ purl: z.string(), hashes: z.array(z.object({ alg: z.string() })) })),
});
