import { fileURLToPath } from 'node:url';
import { folders, nameOf, readSources, type Sources } from './supply-chain/sources.ts';

/**
 * `node tools/supply-chain.ts check` requires exact versions, a checksum of every package in the lock, and install scripts
 * of packages that allowScripts allows or denies; it covers the packages of the router bench too. `licences` lists the packages by licence.
 */

/** @returns a sentence for each fault in the sources of the packages. */
export function supplyFaults({ manifest, lock: { packages } }: Sources): string[] {
  const { dependencies, optionalDependencies, devDependencies, overrides, allowScripts } = manifest;
  const declared = [dependencies, optionalDependencies, devDependencies, overrides].flatMap(Object.entries);
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  const withScripts = new Set(
    installed.flatMap((entry) => (entry[1].hasInstallScript === true ? [nameOf(entry)] : [])),
  );
  return [
    ...declared
      .filter(([, version]) => !exact.test(version))
      .map(([name, version]) => `${name} is not pinned: ${version}`),
    ...installed
      .filter(([, { integrity, link }]) => link !== true && integrity?.startsWith('sha512-') !== true)
      .map(([path]) => `${path} has no checksum in the lock`),
    ...installed
      .filter(([, { resolved = registry }]) => !resolved.startsWith(registry))
      .map(([path, { resolved }]) => `${path} does not come from the registry: ${resolved}`),
    ...[...withScripts]
      .filter((name) => allowScripts[name] === undefined)
      .map((name) => `${name} has an install script, but is not in allowScripts`),
    ...Object.keys(allowScripts)
      .filter((name) => !withScripts.has(name))
      .map((name) => `${name} is in allowScripts, but has no install script`),
  ];
}

const exact = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
/** The lock omits the source of packages from npm's registry (.npmrc). */
const registry = 'https://registry.npmjs.org/';

/** @returns the packages by licence; development dependencies are marked. */
export function licences({ lock: { packages } }: Sources): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const entry of Object.entries(packages)) {
    const [path, { version, license, dev }] = entry;
    if (path === '') continue;
    const name = license ?? 'unknown (not in the lock)';
    found.set(name, [
      ...(found.get(name) ?? []),
      `${nameOf(entry)} ${version ?? ''}${dev === true ? ' (development)' : ''}`,
    ]);
  }
  return found;
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
    const faults = folders.flatMap((folder) =>
      supplyFaults(readSources(folder)).map((fault) => `${folder}package.json: ${fault}`),
    );
    for (const fault of faults) process.stdout.write(`${fault}\n`);
    if (faults.length > 0) process.exitCode = 1;
    else
      process.stdout.write(
        `Every package is pinned, with a checksum and no unlisted install script: ${folders.map((folder) => `${folder}package.json`).join(', ')}.\n`,
      );
  },
  licences: () => void process.stdout.write(licencesText(licences(readSources()))),
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const command = commands[process.argv[2] ?? ''];
  if (command === undefined) {
    process.stderr.write(`Name one command: ${Object.keys(commands).join(', ')}.\n`);
    process.exitCode = 1;
  } else command();
}
