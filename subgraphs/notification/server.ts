import { openDatabase } from '#platform/postgres/database.ts';
import { identityReader } from '#platform/identity/identity.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { runProcess } from '#platform/process/process.ts';
import { injectFaults } from '#platform/process/settings.ts';
import { startSubgraph } from '#platform/graphql/subgraph.ts';
import { startTelemetry } from '#platform/telemetry/telemetry.ts';
import { remoteAuthority } from '#platform/identity/token-authority.ts';
import { readConfig } from './config.ts';
import { createContext } from './context.ts';
import { database } from './database.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';

await runProcess('notification', async () => {
  const config = readConfig();
  injectFaults(config);
  const log = createLog('notification', config.LOG_LEVEL);
  await startTelemetry('notification', config.OTEL_EXPORTER_OTLP_ENDPOINT, log);
  const orm = await openDatabase(database, {
    url: config.NOTIFICATION_DATABASE_URL,
    poolSize: config.NOTIFICATION_POOL_SIZE,
    prepares: config.PREPARED_STATEMENTS,
    applicationName: 'notification',
  });
  return await startSubgraph({
    definition: { name: 'notification', schemaUrl: new URL('schema.graphql', import.meta.url), resolvers, permissions },
    database: orm,
    identify: identityReader(remoteAuthority(config.JWKS_URL), config),
    contextOf: (base) => createContext(base, orm.em.fork()),
    introspection: config.INTROSPECTION,
    log,
    host: config.HOST,
    drainS: config.DRAIN_S,
    port: config.NOTIFICATION_PORT,
    portSetting: 'NOTIFICATION_PORT',
    management: {
      host: config.MANAGEMENT_HOST,
      port: config.NOTIFICATION_MANAGEMENT_PORT,
      setting: 'NOTIFICATION_MANAGEMENT_PORT',
    },
  });
});
