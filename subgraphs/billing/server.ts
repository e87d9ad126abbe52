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
import { measurePayable } from './services/measure-payable.ts';
import { moneyMover } from './services/move-money.ts';
import { orderSealer } from './services/seal-orders.ts';
import { limitUnknownReceivers } from './services/unknown-receivers.ts';

await runProcess('billing', async () => {
  const config = readConfig();
  injectFaults(config);
  const log = createLog('billing', config.LOG_LEVEL);
  await startTelemetry('billing', config.OTEL_EXPORTER_OTLP_ENDPOINT, log);
  const orm = await openDatabase(database, {
    url: config.BILLING_DATABASE_URL,
    poolSize: config.BILLING_POOL_SIZE,
    prepares: config.PREPARED_STATEMENTS,
    applicationName: 'billing',
  });
  measurePayable(orm.em);
  const outbox = openOutbox(orm.em, jobKeys('billing', config.BILLING_JOB_KEYS));
  const parts = {
    moveMoney: moneyMover(orm.em, outbox),
    findParties: limitUnknownReceivers(config.UNKNOWN_RECEIVERS_PER_HOUR),
    sealOrders: orderSealer(config.ORDER_URL),
    outbox,
    rates: { USD: config.RATE_USD, EUR: config.RATE_EUR, CNY: config.RATE_CNY },
    quoteTtlS: config.QUOTE_TTL_S,
  };
  return await startSubgraph({
    definition: { name: 'billing', schemaUrl: new URL('schema.graphql', import.meta.url), resolvers, permissions },
    database: orm,
    identify: identityReader(remoteAuthority(config.JWKS_URL), config),
    contextOf: (base) => createContext(base, orm.em.fork(), parts),
    introspection: config.INTROSPECTION,
    log,
    host: config.HOST,
    drainS: config.DRAIN_S,
    port: config.BILLING_PORT,
    portSetting: 'BILLING_PORT',
    management: {
      host: config.MANAGEMENT_HOST,
      port: config.BILLING_MANAGEMENT_PORT,
      setting: 'BILLING_MANAGEMENT_PORT',
    },
  });
});
