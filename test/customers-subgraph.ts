import { settingName } from '#platform/process/setting-names.ts';
import { graphql, type GraphqlAnswer } from './graphql.ts';
import { someone } from './factories.ts';
import { startIssuer } from './router/issuer.ts';
import { startSubgraphProcess, type SubgraphProcess } from './subgraph-process.ts';

/** A person with a token that the subgraph takes. */
export interface SubgraphCustomer {
  readonly id: string;
  /** The whole answer, faults included. */
  readonly ask: <Data>(query: string, variables?: object) => Promise<GraphqlAnswer<Data>>;
  /** The data of an answer that has to be without errors. */
  readonly data: <Data>(query: string, variables?: object) => Promise<Data>;
}

/** A subgraph by itself, in a process of its own, with an issuer of tokens of its own. */
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
