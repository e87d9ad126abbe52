import { runSubgraph } from '#platform/graphql/subgraph-process.ts';
import { reachableAddresses, readConfig } from './config.ts';
import { createContext } from './context.ts';
import { database } from './database.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';
import { webhookSecrets } from './services/webhook-secrets.ts';

await runSubgraph({
  name: 'notification',
  schemaUrl: new URL('schema.graphql', import.meta.url),
  resolvers,
  permissions,
  database,
  readConfig,
  prepare: ({ config }) => {
    const secrets = webhookSecrets(config.NOTIFICATION_WEBHOOK_KEYS);
    const webhooks = { secrets, reachable: reachableAddresses[config.WEBHOOK_PRIVATE_TARGETS] };
    return { contextOf: (base, em) => createContext(base, em, webhooks) };
  },
});
