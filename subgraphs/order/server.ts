import { openDatabase } from '#platform/postgres/database.ts';
import { identityReader } from '#platform/identity/identity.ts';
import { jobKeys } from '#platform/messaging/job-keys.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { openOutbox } from '#platform/messaging/outbox.ts';
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

await runProcess('order', async () => {
  const config = readConfig();
  injectFaults(config);
  const log = createLog('order', config.LOG_LEVEL);
  await startTelemetry('order', config.OTEL_EXPORTER_OTLP_ENDPOINT, log);
  const orm = await openDatabase(database, {
    url: config.ORDER_DATABASE_URL,
    poolSize: config.ORDER_POOL_SIZE,
    prepares: config.PREPARED_STATEMENTS,
    applicationName: 'order',
  });
  const outbox = openOutbox(orm.em, jobKeys('order', config.ORDER_JOB_KEYS));
  return await startSubgraph({
    definition: { name: 'order', schemaUrl: new URL('schema.graphql', import.meta.url), resolvers, permissions },
    database: orm,
    identify: identityReader(remoteAuthority(config.JWKS_URL), config),
    contextOf: (base) => createContext(base, orm.em.fork(), outbox),
    introspection: config.INTROSPECTION,
    log,
    host: config.HOST,
    drainS: config.DRAIN_S,
    port: config.ORDER_PORT,
    portSetting: 'ORDER_PORT',
    management: {
      host: config.MANAGEMENT_HOST,
      port: config.ORDER_MANAGEMENT_PORT,
      setting: 'ORDER_MANAGEMENT_PORT',
    },
  });
});
