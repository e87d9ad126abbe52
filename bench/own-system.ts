import { join } from 'node:path';
import { readConfig } from '#local/config.ts';
import { project } from '#local/command.ts';
import { migrateAll } from '#local/migrations.ts';
import { originOf, type PartName, partNames, planParts, portSettings } from '#local/parts.ts';
import { type DatabaseUrls, provision, type VerifierUrls, verifierUrls } from '#local/provision.ts';
import { startSystem } from '#local/system.ts';
import { createLog } from '#platform/log.ts';
import { startOwnPostgres } from './own-postgres.ts';

export interface OwnSystem {
  /** The router's GraphQL endpoint. */
  readonly url: string;
  /** Where the subgraphs answer GraphQL. */
  readonly subgraphs: Readonly<Record<'user' | 'billing' | 'order' | 'notification', string>>;
  readonly databases: DatabaseUrls;
  /** The same for the role that verifies. */
  readonly verifierUrls: VerifierUrls;
  /** The process that a part runs in. */
  readonly pidOf: (part: PartName) => number;
  readonly stop: () => Promise<void>;
}

/** PostgreSQL, durable as in real use, and every part of the system, on the ports from `firstPort` on. */
export async function startOwnSystem(firstPort: number, settings: NodeJS.ProcessEnv = {}): Promise<OwnSystem> {
  const starting = new AsyncDisposableStack();
  try {
    return await startOn(starting, firstPort, settings);
  } catch (error) {
    await starting.disposeAsync();
    throw error;
  }
}

async function startOn(
  starting: AsyncDisposableStack,
  firstPort: number,
  settings: NodeJS.ProcessEnv,
): Promise<OwnSystem> {
  const postgres = await startOwnPostgres(firstPort);
  starting.defer(postgres.stop);
  const databases = await provision(postgres.url);
  await migrateAll(databases);
  const ports = partNames.map((name, place) => [portSettings[name], String(firstPort + 1 + place)]);
  const environment = { PATH: process.env['PATH'], LOG_LEVEL: 'error', ...Object.fromEntries(ports), ...settings };
  const config = readConfig(environment);
  const parts = planParts({ config, databases, environment, compileCache: join(project, '.data', 'compile-cache') });
  const system = startSystem(parts, { log: createLog('bench', 'error'), output: 'inherit' });
  starting.defer(system.stop);
  await system.ready;
  return {
    url: `${originOf(config, 'router')}/graphql`,
    subgraphs: {
      user: `${originOf(config, 'user')}/graphql`,
      billing: `${originOf(config, 'billing')}/graphql`,
      order: `${originOf(config, 'order')}/graphql`,
      notification: `${originOf(config, 'notification')}/graphql`,
    },
    databases,
    verifierUrls: verifierUrls(postgres.url),
    pidOf: (part) => system.processes.get(part)!.pid(),
    stop: async () => await starting.disposeAsync(),
  };
}
