import { postgresUrl, readSettings, SettingsFault } from '#platform/settings.ts';

/** The databases whose migrations are awaited: at least one. */
export const settings = {
  USER_DATABASE_URL: postgresUrl.optional(),
  BILLING_DATABASE_URL: postgresUrl.optional(),
  ORDER_DATABASE_URL: postgresUrl.optional(),
  NOTIFICATION_DATABASE_URL: postgresUrl.optional(),
};

export function readConfig(environment = process.env) {
  const given = readSettings(settings, environment);
  if (Object.keys(given).length === 0) throw new SettingsFault([`none of ${Object.keys(settings).join(', ')} is set`]);
  return given;
}
