import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };

const project = new URL('../../', import.meta.url);

/** What a file of this project needs to run. */
export interface Needs {
  /** Files and folders of this project, from its root. */
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}

/** Everything that the files import, in any number of steps, and what they read from beside themselves. */
export function needsOf(entries: readonly string[]): Needs {
  const files = new Set(entries);
  const packages = new Set<string>();
  // A set that grows while it is gone through comes to an end when nothing new is found.
  for (const file of files) {
    if (!file.endsWith('.ts')) continue;
    for (const needed of neededBy(file)) {
      if (typeof needed === 'string') packages.add(needed);
      else if (needed.pathname.startsWith(project.pathname)) files.add(pathOf(needed));
    }
  }
  return { files, packages };
}

/** Addresses of files, and names of packages. */
function neededBy(file: string): (URL | string)[] {
  const here = new URL(file, project);
  const text = readFileSync(here, 'utf8');
  const imports = [...text.matchAll(importPattern)].flatMap(([, named, bare]) => resolve((named ?? bare)!, here) ?? []);
  const beside = [...text.matchAll(besidePattern)].map(([, path]) => new URL(path!, here));
  return [...imports, ...beside.filter((url) => url.pathname !== project.pathname && existsSync(url))];
}

/** Imports of types alone leave nothing behind. */
const importPattern = /^(?:import|export) (?!type )[^;]*?from '([^']+)'|(?:^import |import\()'([^']+)'/gm;
const besidePattern = /new URL\('([^']+)', import\.meta\.url\)/g;

const aliases = Object.entries(packageJson.imports).map(([alias, target]) => [alias.slice(0, -1), target.slice(2, -1)]);

function resolve(specifier: string, from: URL): URL | string | null {
  if (specifier.startsWith('.')) return new URL(specifier, from);
  if (specifier.startsWith('node:')) return null;
  const alias = aliases.find(([name]) => specifier.startsWith(name!));
  if (alias !== undefined) return new URL(`${alias[1]}${specifier.slice(alias[0]!.length)}`, project);
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function pathOf(url: URL): string {
  return fileURLToPath(url).slice(fileURLToPath(project).length);
}
