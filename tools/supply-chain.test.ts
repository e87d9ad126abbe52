import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { registerSchema, setShouldValidateSchema, validate } from '@hyperjump/json-schema/draft-07';
import { describe, expect, test } from '@jest/globals';
import { licences, supplyFaults } from './supply-chain.ts';
import { billOfMaterials } from './supply-chain/bill-of-materials.ts';
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

/** The published schemas of CycloneDX, from its library. */
function registerCycloneDx(): void {
  const require = createRequire(import.meta.url);
  const library = require.resolve('@cyclonedx/cyclonedx-library/package.json');
  for (const name of ['bom-1.5', 'spdx', 'jsf-0.82']) {
    const file = `${name}.SNAPSHOT.schema.json`;
    const schema = JSON.parse(readFileSync(join(dirname(library), 'res', 'schema', file), 'utf8')) as object;
    // The schemas refer to each other by file name.
    registerSchema({ ...schema, $id: `${cycloneDx}${file}` });
  }
  // In Jest the library does not recognize its own schema objects, because two realms exist.
  setShouldValidateSchema(false);
}

const cycloneDx = 'https://cyclonedx.org/';

describe('the bill of materials', () => {
  const bill = billOfMaterials(sources);

  test('is valid by the schema of CycloneDX', async () => {
    registerCycloneDx();

    expect(await validate(`${cycloneDx}bom-1.5.SNAPSHOT.schema.json`, bill as never, 'BASIC')).toEqual({ valid: true });
    expect(bill.metadata.component).toMatchObject({ name: 'wallet-and-orders', version: '0.1.0' });
  });

  test('lists every package of the lock with its checksum', () => {
    const named = bill.components.map(({ purl }) => decodeURIComponent(purl));
    const known = Object.entries(sources.lock.packages).filter(([path]) => path !== '');

    expect(new Set(named)).toEqual(new Set(known.map((entry) => `pkg:npm/${nameOf(entry)}@${entry[1].version}`)));
    expect(bill.components.filter(({ hashes }) => hashes[0]?.alg !== 'SHA-512')).toEqual([]);
  });

  test('lists the dependencies of each package', () => {
    const refs = new Set(bill.components.map((component) => component['bom-ref']));
    const on = (name: string) => bill.dependencies.find(({ ref }) => ref.startsWith(`${name}@`))?.dependsOn;
    const { dependencies, devDependencies } = sources.manifest;

    expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
    expect(on('wallet-and-orders')).toEqual(
      expect.arrayContaining(Object.entries({ ...dependencies, ...devDependencies }).map((pair) => pair.join('@'))),
    );
    expect(on('@apollo/gateway')).toContain('@apollo/query-planner@2.14.4');
  });
});
