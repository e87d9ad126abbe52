import { type Locked, nameOf, type Sources } from './sources.ts';

interface Component {
  readonly type: 'library';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly scope: 'required' | 'optional' | 'excluded';
  readonly licenses?: readonly object[];
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
}

/**
 * Lists all packages of a lock with their checksums, licences and dependencies, in CycloneDX 1.5. It depends on the lock
 * only. Development dependencies have the scope `excluded`.
 */
export function billOfMaterials({ manifest, lock: { packages } }: Sources) {
  const { name = '', version = '', license } = manifest;
  const components = new Map<string, Component>();
  const dependencies = new Map<string, Set<string>>();
  for (const [path, locked] of Object.entries(packages)) {
    const ref = path === '' ? `${name}@${version}` : refOf([path, locked]);
    const known = components.get(ref);
    if (path !== '' && (known === undefined || known.scope === 'excluded')) {
      components.set(ref, componentOf([path, locked]));
    }
    dependencies.set(ref, (dependencies.get(ref) ?? new Set()).union(dependenciesOf([path, locked], packages)));
  }
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: { type: 'application', 'bom-ref': `${name}@${version}`, name, version, ...licensesOf(license) },
    },
    components: [...components.values()],
    dependencies: [...dependencies].map(([ref, on]) => ({ ref, dependsOn: [...on] })),
  };
}

type Entry = [path: string, locked: Locked];

const refOf = (entry: Entry) => `${nameOf(entry)}@${entry[1].version ?? ''}`;

function componentOf(entry: Entry): Component {
  const [, { version = '', license, integrity = '', dev, optional }] = entry;
  const name = nameOf(entry);
  return {
    type: 'library',
    'bom-ref': refOf(entry),
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    scope: dev === true ? 'excluded' : optional === true ? 'optional' : 'required',
    ...licensesOf(license),
    hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') }],
  };
}

/** One SPDX licence, or an SPDX expression. */
function licensesOf(license: string | undefined) {
  if (license === undefined) return {};
  return { licenses: [/ (?:AND|OR|WITH) /.test(license) ? { expression: license } : { license: { id: license } }] };
}

/** Resolves the dependencies of a package: each is installed below it, or in the nearest folder above. */
function dependenciesOf([path, locked]: Entry, packages: Readonly<Record<string, Locked>>): Set<string> {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = locked;
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies, ...peerDependencies });
  const found = names.flatMap((name) => {
    const candidate = installPaths(name, path).find((candidate) => packages[candidate] !== undefined);
    return candidate === undefined ? [] : [refOf([candidate, packages[candidate]!])];
  });
  return new Set(found);
}

function installPaths(name: string, path: string): string[] {
  const below = path === '' ? [] : installPaths(name, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))));
  return [`${path === '' ? '' : `${path}/`}node_modules/${name}`, ...below];
}
