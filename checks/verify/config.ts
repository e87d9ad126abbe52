import { durationS, intervalS, postgresUrl, readSettings } from '#platform/process/settings.ts';

const limits = { VERIFY_GRACE_S: intervalS.default(60), VERIFY_OUTBOX_MAX_AGE_S: durationS.default(900) };

const addresses = {
  VERIFY_USER_DATABASE_URL: postgresUrl,
  VERIFY_BILLING_DATABASE_URL: postgresUrl,
  VERIFY_ORDER_DATABASE_URL: postgresUrl,
  VERIFY_NOTIFICATION_DATABASE_URL: postgresUrl,
};

export const settings = { ...limits, ...addresses };

export const readLimits = (environment = process.env) => readSettings(limits, environment);

/** Whether any of the databases is given, which asks for all of them. */
export function givesDatabases(environment = process.env): boolean {
  return Object.keys(addresses).some((name) => (environment[name] ?? '') !== '');
}

/** @throws SettingsFault that names each one that is not given. */
export const readAddresses = (environment = process.env) => readSettings(addresses, environment);
