import { join } from 'node:path';
import { type LauncherConfig, readConfig } from '#local/config.ts';
import { project } from '#local/command.ts';
import { migrateAll } from '#local/migrations.ts';
import {
  everyPortSetting,
  managementOriginOf,
  originOf,
  type Part,
  type PartName,
  partNames,
  planParts,
} from '#local/parts.ts';
import type { DatabaseUrls } from '#local/credentials.ts';
import { provision } from '#local/provision.ts';
import { startSystem } from '#local/system.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { startOwnPostgres } from './own-postgres.ts';

/** PostgreSQL with the system's databases, and the plans of the parts. */
export interface PreparedSystem {
  /** The administrator's URL of the server. */
  readonly adminUrl: string;
  readonly databases: DatabaseUrls;
  readonly parts: readonly Part[];
  readonly config: LauncherConfig;
  readonly stop: () => Promise<void>;
}

export interface OwnSystem extends Pick<PreparedSystem, 'adminUrl' | 'databases' | 'stop'> {
  /** The router's GraphQL endpoint. */
  readonly url: string;
  /** The origin of the router's management port. */
  readonly management: string;
  /** The GraphQL URLs of the subgraphs. */
  readonly subgraphs: Readonly<Record<SubgraphName, string>>;
  /** @returns the process id of a part. */
  readonly pidOf: (part: PartName) => number;
  /** How long each part took from its start to its readiness; all parts start together. */
  readonly readyAfterMs: ReadonlyMap<PartName, number>;
}

interface PartsOptions {
  readonly postgresUrl: string;
  /** The prefix of databases and roles, for several systems on one server. */
  readonly prefix?: string;
  readonly firstPort: number;
  readonly settings?: NodeJS.ProcessEnv;
  /** Default: all parts. */
  readonly names?: readonly PartName[];
}

/** Starts PostgreSQL with durable settings and every part of the system, on ports from `firstPort`. */
export async function startOwnSystem(firstPort: number, settings: NodeJS.ProcessEnv = {}): Promise<OwnSystem> {
  return await onOwnPostgres(firstPort, async (postgresUrl) =>
    startParts({ postgresUrl, firstPort: firstPort + 1, settings }),
  );
}

/** Starts PostgreSQL and plans the parts, without starting them. */
export async function prepareOwnSystem(firstPort: number): Promise<PreparedSystem> {
  return await onOwnPostgres(firstPort, async (postgresUrl) =>
    prepareSystem({ postgresUrl, firstPort: firstPort + 1 }),
  );
}

async function onOwnPostgres<Started extends { readonly stop: () => Promise<void> }>(
  port: number,
  start: (postgresUrl: string) => Promise<Started>,
): Promise<Started> {
  const starting = new AsyncDisposableStack();
  try {
    const postgres = await startOwnPostgres(port);
    starting.defer(postgres.stop);
    const started = await start(postgres.url);
    starting.defer(started.stop);
    return { ...started, stop: async () => await starting.disposeAsync() };
  } catch (error) {
    await starting.disposeAsync();
    throw error;
  }
}

async function prepareSystem({ postgresUrl, prefix, firstPort, settings }: PartsOptions): Promise<PreparedSystem> {
  const databases = await provision(postgresUrl, prefix);
  await migrateAll(databases);
  const ports = everyPortSetting.map((setting, index) => [setting, String(firstPort + index)]);
  const environment = {
    PATH: process.env['PATH'],
    LOG_LEVEL: 'error',
    EMAIL_VERIFICATION: 'off',
    // So high that no load reaches it: the counting is measured, too.
    CONFIRM_TRANSFERS_FROM: '9999999999',
    ...Object.fromEntries(ports),
    ...settings,
  };
  const config = readConfig(environment);
  const parts = planParts({ config, databases, environment, compileCache: join(project, '.data', 'compile-cache') });
  return { adminUrl: postgresUrl, databases, parts, config, stop: async () => undefined };
}

/** Options for processes in measurements: they log only errors. */
export const errorsOnly = { log: createLog('bench', 'error'), output: 'inherit' } as const;

/** Starts parts of the system on new databases. */
export async function startParts(options: PartsOptions): Promise<OwnSystem> {
  const { parts, config, adminUrl, databases } = await prepareSystem(options);
  const { names = partNames } = options;
  const beganMs = performance.now();
  const system = startSystem(
    parts.filter(({ name }) => names.includes(name)),
    errorsOnly,
  );
  const ready = [...system.processes].map(async ([name, part]) => {
    await part.ready;
    return [name, performance.now() - beganMs] as const;
  });
  try {
    return {
      url: `${originOf(config, 'router')}/graphql`,
      management: managementOriginOf(config, 'router'),
      subgraphs: Object.fromEntries(
        subgraphNames.map((name) => [name, `${originOf(config, name)}/graphql`]),
      ) as OwnSystem['subgraphs'],
      adminUrl,
      databases,
      readyAfterMs: new Map(await Promise.all(ready)),
      pidOf: (part) => system.processes.get(part)!.pid(),
      stop: system.stop,
    };
  } catch (error) {
    await system.stop();
    throw error;
  }
}
