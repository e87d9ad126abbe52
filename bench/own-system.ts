import { join } from 'node:path';
import { readConfig } from '#local/config.ts';
import { project } from '#local/command.ts';
import { migrateAll } from '#local/migrations.ts';
import { originOf, type PartName, partNames, planParts, portSettings } from '#local/parts.ts';
import { type DatabaseUrls, provision } from '#local/provision.ts';
import { startSystem } from '#local/system.ts';
import { createLog } from '#platform/log.ts';
import { startOwnPostgres } from './own-postgres.ts';

export interface OwnSystem {
  /** The router's GraphQL endpoint. */
  readonly url: string;
  /** Where the subgraphs answer GraphQL. */
  readonly subgraphs: Readonly<Record<'user' | 'billing' | 'order' | 'notification', string>>;
  readonly databases: DatabaseUrls;
  /** The process that a part runs in. */
  readonly pidOf: (part: PartName) => number;
  readonly stop: () => Promise<void>;
}

/** PostgreSQL, durable as in real use, and every part of the system, on the ports from `firstPort` on. */
export async function startOwnSystem(firstPort: number, settings: NodeJS.ProcessEnv = {}): Promise<OwnSystem> {
  const starting = new AsyncDisposableStack();
  try {
    const postgres = await startOwnPostgres(firstPort);
    starting.defer(postgres.stop);
    const system = await startParts({ postgresUrl: postgres.url, firstPort: firstPort + 1, settings });
    starting.defer(system.stop);
    return { ...system, stop: async () => await starting.disposeAsync() };
  } catch (error) {
    await starting.disposeAsync();
    throw error;
  }
}

interface PartsOptions {
  readonly postgresUrl: string;
  /** Of the databases and their roles, where the server holds several systems. */
  readonly prefix?: string;
  readonly firstPort: number;
  readonly settings?: NodeJS.ProcessEnv;
  /** Every part where it is not said. */
  readonly names?: readonly PartName[];
}

/** Parts of the system, on databases of their own. */
export async function startParts(options: PartsOptions): Promise<OwnSystem> {
  const { postgresUrl, prefix, firstPort, settings, names = partNames } = options;
  const databases = await provision(postgresUrl, prefix);
  await migrateAll(databases);
  const ports = partNames.map((name, place) => [portSettings[name], String(firstPort + place)]);
  const environment = { PATH: process.env['PATH'], LOG_LEVEL: 'error', ...Object.fromEntries(ports), ...settings };
  const config = readConfig(environment);
  const planned = planParts({ config, databases, environment, compileCache: join(project, '.data', 'compile-cache') });
  const parts = planned.filter(({ name }) => names.includes(name));
  const system = startSystem(parts, { log: createLog('bench', 'error'), output: 'inherit' });
  try {
    await system.ready;
  } catch (error) {
    await system.stop();
    throw error;
  }
  return {
    url: `${originOf(config, 'router')}/graphql`,
    subgraphs: {
      user: `${originOf(config, 'user')}/graphql`,
      billing: `${originOf(config, 'billing')}/graphql`,
      order: `${originOf(config, 'order')}/graphql`,
      notification: `${originOf(config, 'notification')}/graphql`,
    },
    databases,
    pidOf: (part) => system.processes.get(part)!.pid(),
    stop: system.stop,
  };
}
