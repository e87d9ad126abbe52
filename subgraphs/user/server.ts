import { runSubgraph } from '#platform/graphql/subgraph-process.ts';
import { jobKeys } from '#platform/messaging/job-keys.ts';
import { openOutbox } from '#subgraphs/outbox.ts';
import { readConfig } from './config.ts';
import { createContext } from './context.ts';
import { database } from './database.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';
import { serveKeys } from './routes.ts';
import { trackRevocations } from './services/revocations.ts';
import { factorSecrets } from './services/factor-secrets.ts';
import { createPasswords } from './services/passwords.ts';
import { relyingParty } from './services/relying-party.ts';
import { createKeyring } from './services/signing-keys.ts';

await runSubgraph({
  name: 'user',
  schemaUrl: new URL('schema.graphql', import.meta.url),
  resolvers,
  permissions,
  database,
  readConfig,
  prepare: ({ config, em, log }) => {
    const keyring = createKeyring(em, config, log);
    const revocations = trackRevocations(em, config, log);
    const keys = jobKeys('user', config.USER_JOB_KEYS);
    const parts = {
      keyring,
      passwords: createPasswords(config),
      revocations,
      factorSecrets: factorSecrets(config.USER_FACTOR_KEYS),
      site: relyingParty(config),
      rules: config,
      billingUrl: config.BILLING_URL,
      orderUrl: config.ORDER_URL,
      notificationUrl: config.NOTIFICATION_URL,
      outbox: openOutbox(em, keys),
    };
    return {
      authority: { key: keyring.verificationKey, isRevoked: async (id) => (await revocations.recent()).has(id) },
      routes: (http) => serveKeys(http, keyring, revocations, log),
      contextOf: (base, ownEm) => createContext(base, ownEm, parts),
    };
  },
});
