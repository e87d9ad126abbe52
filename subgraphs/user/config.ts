import { jobKeysSetting } from '#platform/messaging/job-keys.ts';
import {
  connections,
  count,
  drainSettings,
  durationMs,
  durationS,
  flag,
  httpUrl,
  managementSettings,
  port,
  postgresUrl,
  processSettings,
  readSettings,
  tokenSettings,
} from '#platform/process/settings.ts';

export const settings = {
  ...processSettings,
  ...tokenSettings,
  ...drainSettings,
  INTROSPECTION: flag.default(true),
  ...managementSettings,
  USER_PORT: port.default(4001),
  USER_MANAGEMENT_PORT: port.default(4101),
  USER_DATABASE_URL: postgresUrl,
  USER_POOL_SIZE: connections.default(10),
  USER_JOB_KEYS: jobKeysSetting,
  BILLING_URL: httpUrl.default('http://127.0.0.1:4002/graphql'),
  ACCESS_TOKEN_TTL_S: durationS.default(10 * 60),
  REFRESH_TOKEN_TTL_S: durationS.default(30 * 24 * 60 * 60),
  PASSWORD_QUEUE_LENGTH: count.default(250),
  PASSWORD_QUEUE_WAIT_MS: durationMs.default(2_000),
  SIGNING_KEY_MAX_AGE_S: durationS.default(30 * 24 * 60 * 60),
};

export const readConfig = (environment = process.env) => readSettings(settings, environment);
