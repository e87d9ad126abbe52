import type { z } from 'zod';
import * as verifier from '#verify/config.ts';
import * as k8s from '#k8s/processes/config.ts';
import { databaseSettings, databaseSource } from '#local/databases.ts';
import { entryOf as fileOf, partConfigs } from '#local/parts.ts';
import { processSettings, readSettings, SettingsFault } from '#platform/process/settings.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';

/** The settings of a process, and the function that reads them. */
export interface Process {
  readonly settings: z.ZodRawShape;
  /** @throws SettingsFault */
  readonly readConfig: (environment: NodeJS.ProcessEnv) => unknown;
  /** The process accepts any of its settings, so its config does not show which ones it needs. */
  readonly acceptsAny?: true;
  /** Settings that are optional on one machine, but that the pods of the process must share. */
  readonly shared?: readonly string[];
}

const migrate: Process = {
  settings: { LOG_LEVEL: processSettings.LOG_LEVEL, ...databaseSettings },
  readConfig: (environment) => {
    readSettings(processSettings, environment);
    if (databaseSource(environment, 'migrate').kind === 'none') throw new SettingsFault(['no database is set']);
  },
};

const verify: Process = {
  settings: verifier.settings,
  readConfig: (environment) => {
    verifier.readLimits(environment);
    verifier.readAddresses(environment);
  },
};

/** A process that reads no settings. */
const withoutSettings: Process = { settings: {}, readConfig: () => undefined };

/** The processes by the file that a container runs. */
export const processes: Readonly<Record<string, Process>> = {
  ...Object.fromEntries(subgraphNames.map((name) => [fileOf(name), partConfigs[name]])),
  [fileOf('jobs')]: partConfigs.jobs,
  [fileOf('router')]: { ...partConfigs.router, shared: ['ROUTER_REDIS_URL'] },
  'deploy/local/migrate.ts': migrate,
  'checks/verify/main.ts': verify,
  'k8s/processes/await-migrations.ts': { settings: k8s.settings, readConfig: k8s.readConfig, acceptsAny: true },
  'k8s/processes/generate-connections.ts': withoutSettings,
  'k8s/processes/write-connections.ts': withoutSettings,
  'k8s/processes/write-redis-users.ts': {
    settings: k8s.redisSettings,
    readConfig: k8s.readRedisConfig,
  },
};

/** Finds the file that a container runs in the arguments of node. */
export function entryOf(args: readonly string[]): string | undefined {
  return args.find((arg) => arg in processes);
}
