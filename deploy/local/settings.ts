import { deriveJobKeys } from '#platform/messaging/job-keys.ts';
import { SettingsFault } from '#platform/process/settings.ts';
import { readConfig } from './config.ts';
import { databaseSettings, databaseSource } from './databases.ts';
import { partConfigs } from './parts.ts';
import { routerRedis } from './router-redis.ts';

/** Stand for what the launcher decides later, while the rest is checked. */
const decidedLater = {
  ...Object.fromEntries(
    Object.keys(databaseSettings)
      .filter((setting) => setting.endsWith('_DATABASE_URL'))
      .map((setting) => [setting, 'postgresql://later/database']),
  ),
  ...deriveJobKeys('later'),
  USER_URL: 'http://later',
  BILLING_URL: 'http://later',
  ORDER_URL: 'http://later',
  NOTIFICATION_URL: 'http://later',
  JWKS_URL: 'http://later',
};

/**
 * Checks the settings of every part before any is started.
 *
 * @throws SettingsFault with every fault at once.
 */
export function requireSettings(environment: NodeJS.ProcessEnv): void {
  const readers = Object.values(partConfigs).map(
    (part) => () => part.readConfig({ ...environment, ...decidedLater, ...routerRedis(environment) }),
  );
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
