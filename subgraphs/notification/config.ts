import {
  connections,
  drainSettings,
  flag,
  httpUrl,
  port,
  postgresUrl,
  processSettings,
  readSettings,
  tokenSettings,
} from '#platform/settings.ts';

export const settings = {
  ...processSettings,
  ...tokenSettings,
  ...drainSettings,
  INTROSPECTION: flag.default(true),
  NOTIFICATION_PORT: port.default(4004),
  NOTIFICATION_DATABASE_URL: postgresUrl,
  NOTIFICATION_POOL_SIZE: connections.default(10),
  JWKS_URL: httpUrl.default('http://127.0.0.1:4001/.well-known/jwks.json'),
};

export const readConfig = (environment = process.env) => readSettings(settings, environment);
