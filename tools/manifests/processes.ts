import type { z } from 'zod';
import * as k8s from '#k8s/processes/config.ts';
import { databaseSettings, databaseSource } from '#local/databases.ts';
import { entryOf as fileOf, partConfigs } from '#local/parts.ts';
import { processSettings, readSettings, SettingsFault } from '#platform/process/settings.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';

/** What a process can be told, and how it reads it. */
export interface Process {
  readonly settings: z.ZodRawShape;
  /** @throws SettingsFault */
  readonly readConfig: (environment: NodeJS.ProcessEnv) => unknown;
  /** It takes what it is given of its settings, so that asking it does not tell which of them it needs. */
  readonly anyWillDo?: true;
  /** Optional on one machine, but what its pods share. */
  readonly shared?: readonly string[];
}

const migrate: Process = {
  settings: { LOG_LEVEL: processSettings.LOG_LEVEL, ...databaseSettings },
  readConfig: (environment) => {
    readSettings(processSettings, environment);
    if (databaseSource(environment, 'migrate').kind === 'none') throw new SettingsFault(['no database is given']);
  },
};

/** Reads nothing of its environment. */
const untold: Process = { settings: {}, readConfig: () => undefined };

/** By the file that a container runs. */
export const processes: Readonly<Record<string, Process>> = {
  ...Object.fromEntries(subgraphNames.map((name) => [fileOf(name), partConfigs[name]])),
  [fileOf('jobs')]: partConfigs.jobs,
  [fileOf('router')]: { ...partConfigs.router, shared: ['ROUTER_REDIS_URL'] },
  'deploy/local/migrate.ts': migrate,
  'k8s/processes/await-migrations.ts': { settings: k8s.settings, readConfig: k8s.readConfig, anyWillDo: true },
  'k8s/processes/generate-connections.ts': untold,
  'k8s/processes/write-connections.ts': untold,
  'k8s/processes/write-redis-users.ts': {
    settings: k8s.redisSettings,
    readConfig: k8s.readRedisConfig,
  },
};

/** Which of the files a container runs, by the arguments of node. */
export function entryOf(args: readonly string[]): string | undefined {
  return args.find((arg) => arg in processes);
}
