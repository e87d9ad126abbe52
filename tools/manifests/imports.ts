import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };

const project = new URL('../../', import.meta.url);

/** The files and packages that some files of this project need to run. */
export interface Needs {
  /** Files and folders of this project, from its root. */
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}

/** Finds all direct and indirect imports of the files, and the files that they open relative to their own URL. */
export function needsOf(entries: readonly string[]): Needs {
  const files = new Set(entries);
  const packages = new Set<string>();
  // The loop also visits the files that it adds to the set, and ends when it finds no new ones.
  for (const file of files) {
    if (!file.endsWith('.ts')) continue;
    for (const needed of neededBy(file)) {
      if (typeof needed === 'string') packages.add(needed);
      else if (needed.pathname.startsWith(project.pathname)) files.add(pathOf(needed));
    }
  }
  return { files, packages };
}

/** A URL for each needed file, and a name for each needed package. */
function neededBy(file: string): (URL | string)[] {
  const here = new URL(file, project);
  const text = readFileSync(here, 'utf8');
  const imports = [...text.matchAll(importPattern)].flatMap(([, named, bare]) => resolve((named ?? bare)!, here) ?? []);
  const relatives = [...text.matchAll(relativePattern)].map(([, path]) => new URL(path!, here));
  return [...imports, ...relatives.filter((url) => url.pathname !== project.pathname && existsSync(url))];
}

/** Type-only imports do not exist at run time. */
const importPattern = /^(?:import|export) (?!type )[^;]*?from '([^']+)'|(?:^import |import\()'([^']+)'/gm;
const relativePattern = /new URL\('([^']+)', import\.meta\.url\)/g;

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
