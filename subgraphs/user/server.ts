import { openDatabase } from '#platform/postgres/database.ts';
import { identityReader } from '#platform/identity/identity.ts';
import { jobKeys } from '#platform/messaging/job-keys.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { openOutbox } from '#platform/messaging/outbox.ts';
import { runProcess } from '#platform/process/process.ts';
import { injectFaults } from '#platform/process/settings.ts';
import { startSubgraph } from '#platform/graphql/subgraph.ts';
import { startTelemetry } from '#platform/telemetry/telemetry.ts';
import { readConfig } from './config.ts';
import { createContext } from './context.ts';
import { database } from './database.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';
import { serveKeys } from './routes.ts';
import { trackDeletions } from './services/deletions.ts';
import { createPasswords } from './services/passwords.ts';
import { createKeyring } from './services/signing-keys.ts';

await runProcess('user', async () => {
  const config = readConfig();
  injectFaults(config);
  const log = createLog('user', config.LOG_LEVEL);
  await startTelemetry('user', config.OTEL_EXPORTER_OTLP_ENDPOINT, log);
  const orm = await openDatabase(database, {
    url: config.USER_DATABASE_URL,
    poolSize: config.USER_POOL_SIZE,
    prepares: config.PREPARED_STATEMENTS,
    applicationName: 'user',
  });
  const keyring = createKeyring(orm.em, config, log);
  const deletions = trackDeletions(orm.em, config, log);
  const authority = {
    key: keyring.verificationKey,
    isDeleted: async (id: string) => (await deletions.recent()).has(id),
  };
  const parts = {
    keyring,
    passwords: createPasswords(config),
    deletions,
    rules: config,
    billingUrl: config.BILLING_URL,
    outbox: openOutbox(orm.em, jobKeys('user', config.USER_JOB_KEYS)),
  };
  return await startSubgraph({
    definition: { name: 'user', schemaUrl: new URL('schema.graphql', import.meta.url), resolvers, permissions },
    database: orm,
    identify: identityReader(authority, config),
    contextOf: (base) => createContext(base, orm.em.fork(), parts),
    routes: (http) => serveKeys(http, keyring, deletions, log),
    introspection: config.INTROSPECTION,
    log,
    host: config.HOST,
    drainS: config.DRAIN_S,
    port: config.USER_PORT,
    portSetting: 'USER_PORT',
    management: {
      host: config.MANAGEMENT_HOST,
      port: config.USER_MANAGEMENT_PORT,
      setting: 'USER_MANAGEMENT_PORT',
    },
  });
});
