import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/**
 * `node tools/supply-chain.ts check`: exact versions, a lock with the checksum of every package, install scripts of
 * known packages only. `licences` lists who wrote under what; `sbom` writes a bill of materials (CycloneDX).
 */

const folder = new URL('..', import.meta.url);

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});

const locked = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  link: z.boolean().optional(),
});
const lock = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), locked) });

export interface Sources {
  readonly manifest: z.infer<typeof manifest>;
  readonly lock: z.infer<typeof lock>;
}

export function readSources(): Sources {
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  return { manifest: manifest.parse(read('package.json')), lock: lock.parse(read('package-lock.json')) };
}

/** What is wrong with where the packages come from: a sentence each. */
export function supplyFaults({ manifest: wanted, lock: { packages } }: Sources): string[] {
  const ranges = Object.entries({ ...wanted.dependencies, ...wanted.optionalDependencies, ...wanted.devDependencies });
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  return [
    ...ranges
      .filter(([, version]) => !exact.test(version))
      .map(([name, version]) => `${name} is not pinned: ${version}`),
    ...installed
      .filter(([, { integrity, link }]) => link !== true && !/^sha(?:512|384|256)-/.test(integrity ?? ''))
      .map(([path]) => `${path} has no checksum in the lock`),
    ...installed
      .filter(([, { resolved = registry }]) => !resolved.startsWith(registry))
      .map(([path, { resolved }]) => `${path} does not come from the registry: ${resolved}`),
    ...installed
      .filter(([path, { hasInstallScript }]) => hasInstallScript === true && wanted.allowScripts[nameOf(path)] !== true)
      .map(([path]) => `${path} runs a script when it is installed, and is not in allowScripts`),
  ];
}

const exact = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
/** The lock leaves out where a package comes from, if that is npm's registry (.npmrc). */
const registry = 'https://registry.npmjs.org/';

/** The packages by their licence, those that only development needs apart. */
export function licences({ lock: { packages } }: Sources): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [path, { version, license, dev }] of Object.entries(packages)) {
    if (path === '') continue;
    const name = license ?? 'not said in the lock';
    found.set(name, [
      ...(found.get(name) ?? []),
      `${nameOf(path)} ${version ?? ''}${dev === true ? ' (development)' : ''}`,
    ]);
  }
  return found;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function licencesText(found: Map<string, string[]>): string {
  return [...found]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([licence, packages]) => {
      const few = packages.length <= 12 ? packages.map((name) => `    ${name}\n`).join('') : '';
      return `${String(packages.length).padStart(5)}  ${licence}\n${few}`;
    })
    .join('');
}

const commands: Readonly<Record<string, () => void>> = {
  check: () => {
    const faults = supplyFaults(readSources());
    for (const fault of faults) process.stdout.write(`${fault}\n`);
    if (faults.length > 0) process.exitCode = 1;
  },
  licences: () => void process.stdout.write(licencesText(licences(readSources()))),
  sbom: () => {
    const text = execFileSync(
      'npm',
      ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'],
      {
        cwd: folder,
        maxBuffer: 100_000_000,
      },
    );
    mkdirSync(new URL('.data', folder), { recursive: true });
    writeFileSync(new URL('.data/sbom.json', folder), text);
    process.stdout.write('.data/sbom.json is written.\n');
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const command = commands[process.argv[2] ?? ''];
  if (command === undefined) {
    process.stderr.write(`One of ${Object.keys(commands).join(', ')} is needed.\n`);
    process.exitCode = 1;
  } else command();
}
