import { randomUUID } from 'node:crypto';
import { graphql, type GraphqlAnswer } from './graphql.ts';
import { type NotificationDatabase, openNotificationDatabase } from './notification-database.ts';
import { startIssuer } from './router/issuer.ts';
import { startSubgraphProcess, type SubgraphProcess } from './subgraph-process.ts';

/** The process of the notification subgraph, with its own database and token issuer. */
export interface NotificationSubgraph extends SubgraphProcess {
  readonly database: NotificationDatabase;
  readonly newCustomer: () => Promise<NotificationCustomer>;
}

export interface NotificationCustomer {
  readonly id: string;
  readonly token: string;
  /** A token that expired an hour ago. */
  readonly expiredToken: string;
  readonly ask: <Data>(query: string, variables?: object) => Promise<GraphqlAnswer<Data>>;
}

export async function startNotificationSubgraph(): Promise<NotificationSubgraph> {
  const database = await openNotificationDatabase();
  const issuer = await startIssuer();
  const settings = {
    NOTIFICATION_DATABASE_URL: database.url,
    WEBHOOK_PRIVATE_TARGETS: 'allow',
    JWKS_URL: issuer.jwksUrl,
  };
  const started = await startSubgraphProcess('notification', settings);
  const tokenOf = async (userId: string, expired: boolean) =>
    (await issuer.authorization({ userId, expired })).replace('Bearer ', '');

  return {
    ...started,
    database,
    newCustomer: async () => {
      const id = randomUUID();
      const token = await tokenOf(id, false);
      return {
        id,
        token,
        expiredToken: await tokenOf(id, true),
        ask: async (query, variables = {}) => await graphql(started.url, { query, variables, token }),
      };
    },
    stop: async () => {
      await started.stop();
      await issuer.stop();
      await database.close();
    },
  };
}
