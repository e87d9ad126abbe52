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
  NOTIFICATION_PORT: port.default(4004),
  NOTIFICATION_MANAGEMENT_PORT: port.default(4104),
  NOTIFICATION_DATABASE_URL: postgresUrl,
  NOTIFICATION_POOL_SIZE: connections.default(10),
  JWKS_URL: httpUrl.default('http://127.0.0.1:4001/.well-known/jwks.json'),
};

export const readConfig = (environment = process.env) => readSettings(settings, environment);
