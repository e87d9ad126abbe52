import { deriveJobKeys } from '#platform/messaging/job-keys.ts';
import { settingForEach } from '#platform/process/setting-names.ts';
import { SettingsFault } from '#platform/process/settings.ts';
import { subgraphNames, workerGroups } from '#subgraphs/manifest.ts';
import { readConfig } from './config.ts';
import { databaseSettings, databaseSource } from './databases.ts';
import { cipherKeysUnlessSet, newCipherKeys } from './cipher-keys.ts';
import { partConfigs } from './parts.ts';
import { routerRedis } from './router-redis.ts';

/** Placeholders for the settings that the launcher decides later. */
const decidedLater = {
  ...Object.fromEntries(
    Object.keys(databaseSettings)
      .filter((setting) => setting.endsWith('_DATABASE_URL'))
      .map((setting) => [setting, 'postgresql://later/database']),
  ),
  ...deriveJobKeys('later', workerGroups),
  ...settingForEach(subgraphNames, 'URL', () => 'http://later'),
  JWKS_URL: 'http://later',
};

/**
 * Checks the settings of every part before any is started.
 *
 * @throws SettingsFault with every fault at once.
 */
export function requireSettings(environment: NodeJS.ProcessEnv): void {
  const cipherKeys = cipherKeysUnlessSet(environment, newCipherKeys);
  const given = { ...environment, ...decidedLater, ...cipherKeys, ...routerRedis(environment) };
  const readers = Object.values(partConfigs).map((part) => () => part.readConfig(given));
  const faults = [() => readConfig(environment), () => databaseSource(environment, 'start'), ...readers].flatMap(
    faultsOf,
  );
  if (faults.length > 0) throw new SettingsFault([...new Set(faults)]);
}

function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof SettingsFault) return error.faults;
    throw error;
  }
}
