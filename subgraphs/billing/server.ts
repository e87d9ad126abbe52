import { runSubgraph } from '#platform/graphql/subgraph-process.ts';
import { jobKeys } from '#platform/messaging/job-keys.ts';
import { openOutbox } from '#subgraphs/outbox.ts';
import { ratesOf, readConfig } from './config.ts';
import { createContext } from './context.ts';
import { database } from './database.ts';
import { permissions } from './permissions.ts';
import { sandboxEvents } from './provider/sandbox.ts';
import { resolvers } from './resolvers.ts';
import { shopFinder } from './services/find-shop.ts';
import { serveProviderEvents } from './routes.ts';
import { measurePayable } from './services/measure-payable.ts';
import { moneyMover } from './services/move-money.ts';
import { orderSealer } from './services/seal-orders.ts';
import { limitUnknownReceivers } from './services/unknown-receivers.ts';

await runSubgraph({
  name: 'billing',
  schemaUrl: new URL('schema.graphql', import.meta.url),
  resolvers,
  permissions,
  database,
  readConfig,
  prepare: ({ config, em, log }) => {
    measurePayable(em);
    const outbox = openOutbox(em, jobKeys('billing', config.BILLING_JOB_KEYS));
    const parts = {
      funding: config.FUNDING,
      moveMoney: moneyMover(em, outbox),
      findParties: limitUnknownReceivers(config.UNKNOWN_RECEIVERS_PER_HOUR),
      sealOrders: orderSealer(config.ORDER_URL),
      findShop: shopFinder(config.USER_URL),
      outbox,
      rates: ratesOf(config),
      quoteTtlS: config.QUOTE_TTL_S,
      correctionApprovalFromMinor: config.CORRECTION_APPROVAL_FROM,
      confirmTransfersFromMinor: config.CONFIRM_TRANSFERS_FROM,
    };
    const { PROVIDER_WEBHOOK_SECRET: secret } = config;
    return {
      contextOf: (base, ownEm) => createContext(base, ownEm, parts),
      ...(config.FUNDING !== 'provider' || secret === undefined
        ? {}
        : { routes: (http) => serveProviderEvents(http, em, sandboxEvents(secret), log) }),
    };
  },
});
