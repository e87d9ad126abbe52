import './telemetry-off.ts';
import { ApolloGateway } from '@apollo/gateway';
import type { Log } from '#platform/telemetry/log.ts';
import { refuseInexactIds, useScalars } from '#platform/graphql/scalars.ts';
import { callSubgraphs } from './call-subgraph.ts';
import { subgraphDataSource } from './data-source.ts';
import { createExecution, type Execution } from './execution/executor.ts';
import type { SubgraphClient } from './subgraph-client.ts';
import { sharedRootFields, supergraphSchema } from './supergraph.ts';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** Clients by subgraph name. Their URLs come from the settings, not from the supergraph. */
  readonly clients: Readonly<Record<string, SubgraphClient>>;
  /** Whether our executor executes operations; false leaves all of them to the gateway's. */
  readonly ownExecution?: boolean;
  readonly log: Log;
}

export interface PlanningGateway {
  readonly gateway: ApolloGateway;
  readonly planned: Execution['planned'];
}

/**
 * The number of plans that the planner compares for an operation. Each field that several subgraphs resolve, such as the
 * viewer's id, multiplies the plans. With the default of 10,000, a document of 200 characters blocks the router for
 * seconds. 64 covers three such fields; with more, a plan can have one unnecessary parallel request.
 */
const maxEvaluatedPlans = 64;

/**
 * Creates the Apollo gateway for the supergraph. The gateway plans operations; `createExecution` executes them.
 *
 * @throws now or on load, if the supergraph is invalid or a subgraph has no client.
 */
export function createGateway({ supergraphSdl, clients, ownExecution = true, log }: GatewayOptions): PlanningGateway {
  const ask = callSubgraphs({ clients, sharedRootFields: sharedRootFields(supergraphSdl), log });
  const execution = createExecution(supergraphSchema(supergraphSdl), ask, { own: ownExecution });
  const gateway = new ApolloGateway({
    supergraphSdl,
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    // Our executor caches what it prepared from a plan with the document, so plans need no cache.
    ...(ownExecution ? { experimental_approximateQueryPlanStoreMiB: 1 } : {}),
    queryPlannerConfig: { debug: { maxEvaluatedPlans } },
    experimental_didResolveQueryPlan: execution.learn,
    logger: log,
    buildService: ({ name }) => {
      if (clients[name] === undefined) throw new Error(`no setting says where the subgraph "${name}" is`);
      return subgraphDataSource(name, ask);
    },
  });
  // A value that one subgraph would refuse is refused before any subgraph is called.
  refuseInexactIds();
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => useScalars(apiSchema));
  gateway.executor = execution.before(gateway.executor);
  return { gateway, planned: execution.planned };
}
