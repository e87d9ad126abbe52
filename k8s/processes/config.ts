import { databaseSettings } from '#jobs/config.ts';
import { settingForEach } from '#platform/process/setting-names.ts';
import { postgresUrl, readSettings, SettingsFault, text } from '#platform/process/settings.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';

/** The URLs of the databases whose migrations a pod waits for. At least one must be set. */
export const settings = {
  ...settingForEach(subgraphNames, 'DATABASE_URL', () => postgresUrl.optional()),
  ...databaseSettings,
};

export function readConfig(environment = process.env) {
  const given = readSettings(settings, environment);
  if (Object.keys(given).length === 0) throw new SettingsFault([`none of ${Object.keys(settings).join(', ')} is set`]);
  return given;
}

/** The administrator's password of the cluster's Redis. */
export const redisSettings = { REDIS_PASSWORD: text };

export const readRedisConfig = (environment = process.env) => readSettings(redisSettings, environment);
