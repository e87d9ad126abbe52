import './telemetry-off.ts';
import { ApolloGateway } from '@apollo/gateway';
import { buildASTSchema, parse } from 'graphql';
import type { Log } from '#platform/log.ts';
import { refuseInexactIds, useScalars } from '#platform/scalars.ts';
import { askSubgraphs } from './ask-subgraph.ts';
import { subgraphDataSource } from './data-source.ts';
import { createExecution } from './execution/executor.ts';
import type { SubgraphClient } from './subgraph-client.ts';
import { sharedRootFields } from './supergraph.ts';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** By the subgraph's name. Where a subgraph is, the settings say, not the supergraph. */
  readonly clients: Readonly<Record<string, SubgraphClient>>;
  readonly log: Log;
}

/**
 * What several subgraphs resolve, as the viewer's id, can be had in several ways, and the planner tries how they go
 * together: with ten thousand plans, as is its default, a document of 200 characters keeps the router for seconds. Three
 * such choices are still tried out; where there are more, a plan may have a request more than it needs, beside others.
 */
const maxEvaluatedPlans = 64;

/**
 * The Apollo gateway over the committed supergraph, which executes by itself what it has not planned before.
 *
 * @throws here or on load, where the supergraph does not build or has a subgraph that no setting knows.
 */
export function createGateway({ supergraphSdl, clients, log }: GatewayOptions): ApolloGateway {
  const ask = askSubgraphs({ clients, sharedRootFields: sharedRootFields(supergraphSdl), log });
  const supergraph = buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true });
  const execution = createExecution(supergraph, ask);
  const gateway = new ApolloGateway({
    supergraphSdl,
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    // What is known by itself needs no plan any more.
    experimental_approximateQueryPlanStoreMiB: 1,
    queryPlannerConfig: { debug: { maxEvaluatedPlans } },
    experimental_didResolveQueryPlan: execution.learn,
    logger: log,
    buildService: ({ name }) => {
      if (clients[name] === undefined) throw new Error(`no setting says where the subgraph "${name}" is`);
      return subgraphDataSource(name, ask);
    },
  });
  // So that values which a subgraph would refuse are refused before any other subgraph has done its part.
  refuseInexactIds();
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => useScalars(apiSchema));
  gateway.executor = execution.before(gateway.executor);
  return gateway;
}
