import { settingName } from '#platform/process/setting-names.ts';
import { graphql, type GraphqlAnswer } from './graphql.ts';
import { someone } from './factories.ts';
import { startIssuer } from './router/issuer.ts';
import { startSubgraphProcess, type SubgraphProcess } from './subgraph-process.ts';

/** A customer with a valid token for the subgraph. */
export interface SubgraphCustomer {
  readonly id: string;
  /** @returns the whole answer, including errors. */
  readonly ask: <Data>(query: string, variables?: object) => Promise<GraphqlAnswer<Data>>;
  /** @returns the data. @throws if the answer has errors. */
  readonly data: <Data>(query: string, variables?: object) => Promise<Data>;
}

/** The process of one subgraph, with its own token issuer. */
export interface CustomersSubgraph extends SubgraphProcess {
  readonly newCustomer: () => Promise<SubgraphCustomer>;
}

export async function startCustomersSubgraph(
  name: 'billing' | 'order',
  databaseUrl: string,
): Promise<CustomersSubgraph> {
  const issuer = await startIssuer();
  const started = await startSubgraphProcess(name, {
    [settingName(name, 'DATABASE_URL')]: databaseUrl,
    JWKS_URL: issuer.jwksUrl,
  });

  return {
    ...started,
    newCustomer: async () => {
      const { id } = someone();
      const token = (await issuer.authorization({ userId: id })).replace('Bearer ', '');
      const ask = async <Data>(query: string, variables = {}): Promise<GraphqlAnswer<Data>> =>
        await graphql<Data>(started.url, { query, variables, token });
      return {
        id,
        ask,
        data: async <Data>(query: string, variables?: object) => {
          const { data, errors } = await ask<Data>(query, variables);
          if (data === undefined || data === null || errors !== undefined) throw new Error(JSON.stringify(errors));
          return data;
        },
      };
    },
    stop: async () => {
      await started.stop();
      await issuer.stop();
    },
  };
}
