import { runSubgraph } from '#platform/graphql/subgraph-process.ts';
import { jobKeys } from '#platform/messaging/job-keys.ts';
import { openOutbox } from '#subgraphs/outbox.ts';
import { readConfig } from './config.ts';
import { createContext } from './context.ts';
import { database } from './database.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';
import { consentFinder } from './services/find-consent.ts';

await runSubgraph({
  name: 'order',
  schemaUrl: new URL('schema.graphql', import.meta.url),
  resolvers,
  permissions,
  database,
  readConfig,
  prepare: ({ config, em }) => {
    const outbox = openOutbox(em, jobKeys('order', config.ORDER_JOB_KEYS));
    const findConsent = consentFinder(config.BILLING_URL);
    const parts = { outbox, findConsent, refundWithinDays: config.REFUND_WITHIN_DAYS };
    return { contextOf: (base, ownEm) => createContext(base, ownEm, parts) };
  },
});
