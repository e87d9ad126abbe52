import { existsSync } from 'node:fs';
import type { z } from 'zod';
import type { Permissions } from '#platform/graphql/shield.ts';
import type { DatabaseDefinition } from '#platform/postgres/database.ts';
import type { DatabaseRights } from '#platform/postgres/rights.ts';
import type { SubgraphName } from './manifest.ts';
import { configOf } from './settings.ts';

/** What the other parts of the system load from the folder of a subgraph. */

export interface SubgraphConfig {
  readonly settings: z.ZodRawShape;
  /** @throws SettingsFault */
  readonly readConfig: (environment: NodeJS.ProcessEnv) => unknown;
}

/** A subgraph without settings of its own has no config.ts. */
export async function loadConfig(name: SubgraphName): Promise<SubgraphConfig> {
  const hasOwn = existsSync(new URL(`${name}/config.ts`, import.meta.url));
  return hasOwn ? ((await import(`./${name}/config.ts`)) as SubgraphConfig) : configOf(name, {});
}

export async function loadDatabase(name: SubgraphName): Promise<DatabaseDefinition> {
  return ((await import(`./${name}/database.ts`)) as { readonly database: DatabaseDefinition }).database;
}

export async function loadRights(name: SubgraphName): Promise<DatabaseRights> {
  return ((await import(`./${name}/rights.ts`)) as { readonly rights: DatabaseRights }).rights;
}

export async function loadPermissions(name: SubgraphName): Promise<Permissions> {
  return ((await import(`./${name}/permissions.ts`)) as { readonly permissions: Permissions }).permissions;
}

/** Loads one thing for each of the names. */
export async function loadEach<Name extends string, Loaded>(
  names: readonly Name[],
  load: (name: Name) => Promise<Loaded>,
): Promise<Readonly<Record<Name, Loaded>>> {
  const loaded = await Promise.all(names.map(async (name) => [name, await load(name)] as const));
  return Object.fromEntries(loaded) as Record<Name, Loaded>;
}
