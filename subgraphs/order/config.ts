import { jobKeysSetting } from '#platform/messaging/job-keys.ts';
import {
  connections,
  drainSettings,
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
  ORDER_PORT: port.default(4003),
  ORDER_MANAGEMENT_PORT: port.default(4103),
  ORDER_DATABASE_URL: postgresUrl,
  ORDER_POOL_SIZE: connections.default(10),
  ORDER_JOB_KEYS: jobKeysSetting,
  JWKS_URL: httpUrl.default('http://127.0.0.1:4001/.well-known/jwks.json'),
};

export const readConfig = (environment = process.env) => readSettings(settings, environment);
