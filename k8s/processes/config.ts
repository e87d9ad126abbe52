import { settings as billing } from '#billing/config.ts';
import { databaseSettings } from '#jobs/config.ts';
import { settings as notification } from '#notification/config.ts';
import { settings as order } from '#order/config.ts';
import { readSettings, SettingsFault, text } from '#platform/process/settings.ts';
import { settings as user } from '#user/config.ts';

/** The databases whose migrations are awaited, for the role of the process that waits: at least one. */
export const settings = {
  USER_DATABASE_URL: user.USER_DATABASE_URL.optional(),
  BILLING_DATABASE_URL: billing.BILLING_DATABASE_URL.optional(),
  ORDER_DATABASE_URL: order.ORDER_DATABASE_URL.optional(),
  NOTIFICATION_DATABASE_URL: notification.NOTIFICATION_DATABASE_URL.optional(),
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
