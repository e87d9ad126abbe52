import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const project = new URL('../..', import.meta.url);

const versions = z.record(z.string(), z.string());
const manifest = z.object({
  dependencies: versions.default({}),
  optionalDependencies: versions.default({}),
  devDependencies: versions.default({}),
  overrides: versions.default({}),
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});

const locked = z.object({
  /** The package's name, if it is installed under another name. */
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  link: z.boolean().optional(),
});
export type Locked = z.infer<typeof locked>;

const lock = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), locked) });

export interface Sources {
  readonly manifest: z.infer<typeof manifest>;
  readonly lock: z.infer<typeof lock>;
}

/** Separately installed folders: the product, and Hive Gateway for the router bench. */
export const folders = ['./', './checks/bench/hive/'] as const;

export function readSources(folder: (typeof folders)[number] = './'): Sources {
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`${folder}${name}`, project), 'utf8'));
  return { manifest: manifest.parse(read('package.json')), lock: lock.parse(read('package-lock.json')) };
}

/** @returns the package's own name, which can differ from the installed one. */
export function nameOf([path, { name }]: [string, Locked]): string {
  return name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
