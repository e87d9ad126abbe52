import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type GraphQLSchema, parse, print, separateOperations } from 'graphql';
import { createLog } from '#platform/telemetry/log.ts';
import { operationsOf } from '#attack/operations.ts';
import { examples } from './explorer-examples.ts';
import { createGateway } from './gateway.ts';
import { subgraphClient } from './subgraph-client.ts';

const supergraphSdl = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
const log = createLog('test', 'silent');

/** Nothing is asked of it. */
const client = subgraphClient({ url: 'http://127.0.0.1:1', timeoutMs: 1, connections: 1 });
const { gateway: ours } = createGateway({
  supergraphSdl,
  clients: { user: client, billing: client, order: client, notification: client },
  log,
});
const thorough = new ApolloGateway({
  supergraphSdl,
  logger: log,
  queryPlannerConfig: { debug: { maxEvaluatedPlans: 2_000 } },
});
let schema: GraphQLSchema;
beforeAll(async () => {
  await thorough.load();
  ({ schema } = await ours.load());
});

/** How many requests the gateway's plan has, and how many plans it has looked at. */
function planned(gateway: ApolloGateway, source: string) {
  const planner = gateway['queryPlanner']!;
  const operation = operationFromDocument(gateway['apiSchema'] as Schema, parse(source));
  const plan = JSON.stringify(planner.buildQueryPlan(operation));
  return {
    requests: plan.split('"kind":"Fetch"').length - 1,
    evaluated: planner.lastGeneratedPlanStatistics()!.evaluatedPlanCount,
  };
}

describe('a plan', () => {
  const everywhere =
    'name account(currency: USD) { id } orders { nodes { id } } notifications { totalCount } a: id b: id c: id d: id';

  test('is chosen among few candidates', () => {
    const source = `{ viewer { ${everywhere} ${Array.from({ length: 20 }, (_, i) => `x${i}: __typename`).join(' ')} } }`;

    expect(planned(thorough, source).evaluated).toBeGreaterThan(1_000);
    expect(planned(ours, source)).toEqual({ requests: 4, evaluated: 64 });
  });

  const operations = [
    ...['graph', 'desk'].map((folder) =>
      readFileSync(new URL(`../web/src/${folder}/operations.graphql`, import.meta.url), 'utf8'),
    ),
    ...examples,
  ]
    .flatMap((text) => Object.entries(separateOperations(parse(text))))
    .map(([name, document]) => ({ name, source: print(document) }))
    .filter(({ source }) => !/^subscription\b/m.test(source));

  test.each(operations)(
    'of the console’s and the explorer’s operations has no unnecessary request: $name',
    ({ source }) => {
      expect(planned(ours, source).requests).toBe(planned(thorough, source).requests);
    },
  );

  test('of any other operation has at most one unnecessary request per subgraph', () => {
    const anything = operationsOf(schema, {
      mutations: false,
      variables: { id: [{ type: 'ID!', values: ['1'] }] },
      argument: ({ name }) => ({ id: '$id', currency: 'USD' })[name] ?? null,
    });
    fc.assert(
      fc.property(anything, ({ plainSource: source }) => {
        expect(planned(ours, source).requests).toBeLessThanOrEqual(planned(thorough, source).requests + 3);
      }),
      { numRuns: 200 },
    );
  });
});
