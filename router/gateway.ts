import './telemetry-off.ts';
import { ApolloGateway } from '@apollo/gateway';
import type { Log } from '#platform/log.ts';
import { subgraphDataSource } from './data-source.ts';
import type { SubgraphClient } from './subgraph-client.ts';
import { sharedRootFields } from './supergraph.ts';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** By the subgraph's name. Where a subgraph is, the settings say, not the supergraph. */
  readonly clients: Readonly<Record<string, SubgraphClient>>;
  readonly log: Log;
}

/**
 * The Apollo gateway over the committed supergraph.
 *
 * @throws here or on load, where the supergraph does not build or has a subgraph that no setting knows.
 */
export function createGateway({ supergraphSdl, clients, log }: GatewayOptions): ApolloGateway {
  const shared = sharedRootFields(supergraphSdl);
  return new ApolloGateway({
    supergraphSdl,
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    logger: log,
    buildService: ({ name }) => {
      const client = clients[name];
      if (client === undefined) throw new Error(`no setting says where the subgraph "${name}" is`);
      return subgraphDataSource({ name, client, sharedRootFields: shared, log });
    },
  });
}
