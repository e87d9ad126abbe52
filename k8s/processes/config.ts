import { postgresUrl, readSettings, SettingsFault } from '#platform/settings.ts';

/** The databases whose migrations are awaited, for the role of the process that waits: at least one. */
export const settings = {
  USER_DATABASE_URL: postgresUrl.optional(),
  BILLING_DATABASE_URL: postgresUrl.optional(),
  ORDER_DATABASE_URL: postgresUrl.optional(),
  NOTIFICATION_DATABASE_URL: postgresUrl.optional(),
  USER_WORKER_DATABASE_URL: postgresUrl.optional(),
  BILLING_WORKER_DATABASE_URL: postgresUrl.optional(),
  ORDER_WORKER_DATABASE_URL: postgresUrl.optional(),
  NOTIFICATION_WORKER_DATABASE_URL: postgresUrl.optional(),
  USER_RELAY_DATABASE_URL: postgresUrl.optional(),
  BILLING_RELAY_DATABASE_URL: postgresUrl.optional(),
  ORDER_RELAY_DATABASE_URL: postgresUrl.optional(),
};

export function readConfig(environment = process.env) {
  const given = readSettings(settings, environment);
  if (Object.keys(given).length === 0) throw new SettingsFault([`none of ${Object.keys(settings).join(', ')} is set`]);
  return given;
}
