import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { fastify } from 'fastify';
import { type GraphQLSchema, parse } from 'graphql';
import { callerOf } from '#platform/http/callers.ts';
import { createHttp } from '#platform/http/http.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { serveOperations } from '#platform/graphql/operations-http.ts';
import { createPipeline, type ExecuteRequest, type OperationRequest } from '#platform/graphql/pipeline.ts';

/**
 * The process of four subgraphs with the product's schemas over a few objects in memory. Their answers take almost no
 * time, so that the bench compares the routers.
 */

const person = { id: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1', name: 'Ada', email: 'ada@example.com' };
const money = (amount: string) => ({ amount, currency: 'USD' });
const at = '2026-11-21T09:30:00.000Z';
const account = (id: string) => ({
  id,
  entries: { nodes: [{ sequence: 1 }] },
  number: '427193058646',
  currency: 'USD',
  status: 'OPEN',
  balance: money('100.00'),
});
const several = <Item>(make: (id: string) => Item) =>
  Array.from({ length: 5 }, (_, index) => make(`${person.id}-${index}`));
const list = <Item>(make: (id: string) => Item) => ({ nodes: several(make), edges: [], unreadCount: 3, totalCount: 5 });

const viewer = () => ({ id: person.id });
const user = { __resolveReference: viewer };
const order = (id: string) => ({
  id,
  productId: 'book',
  unitPrice: money('10.00'),
  quantity: 2,
  total: money('20.00'),
  status: 'PAID',
  placedAt: at,
});
const transaction = (id: string) => ({ id, kind: 'DEPOSIT', amount: money('0.01'), createdAt: at });
const notification = (id: string) => ({
  id,
  kind: 'ORDER_PAID',
  subject: 'Your order is paid',
  body: '',
  createdAt: at,
});

const resolvers = {
  user: { Query: { viewer: () => person }, User: { __resolveReference: () => person } },
  billing: {
    Query: { viewer, account: (_root: unknown, { id }: { id: string }) => account(id) },
    Mutation: { deposit: () => ({ transaction: transaction('1'), userErrors: [] }) },
    User: { ...user, accounts: () => several(account), transactions: () => list(transaction) },
  },
  order: {
    Query: { viewer },
    User: { ...user, orders: () => list(order) },
    Order: { __resolveReference: ({ id }: { id: string }) => order(id) },
  },
  notification: { Query: { viewer }, User: { ...user, notifications: () => list(notification) } },
};

type Name = keyof typeof resolvers;

function schemaOf(name: Name): GraphQLSchema {
  const url = new URL(`../../../subgraphs/${name}/schema.graphql`, import.meta.url);
  const typeDefs = parse(readFileSync(url, 'utf8'));
  return buildSubgraphSchema([{ typeDefs, resolvers: resolvers[name] as never }]);
}

/** The kind of server, the four ports for other routers, and the four ports for our router. */
const [kind, ...ports] = process.argv.slice(2);
const log = createLog('memory', 'error');

/** Apollo Server as in its documentation; it also executes the operations of our router. */
async function startApollo(schema: GraphQLSchema, port: number): Promise<ExecuteRequest> {
  const server = new ApolloServer({ schema, introspection: false, plugins: [ApolloServerPluginInlineTraceDisabled()] });
  await startStandaloneServer(server, { listen: { host: '127.0.0.1', port } });
  return async ({ query, operationName, variables }) => {
    const named = operationName === undefined ? {} : { operationName };
    const { body } = await server.executeOperation({ query, ...named, variables: { ...variables } });
    return body.kind === 'single' ? body.singleResult : {};
  };
}

/** The executor of this project's subgraphs, with one operation per HTTP request. */
async function startLean(schema: GraphQLSchema, port: number): Promise<ExecuteRequest> {
  const { executeRequest } = createPipeline({ schema, contextOf: async () => ({}), introspection: false, log });
  const http = fastify();
  http.post('/', async (request, reply) => {
    const { query, operationName, variables = {} } = request.body as Partial<OperationRequest>;
    const from = { authorization: undefined, caller: callerOf(request, reply) };
    return await executeRequest({ query: query!, operationName, variables, ...from });
  });
  await http.listen({ host: '127.0.0.1', port });
  return executeRequest;
}

for (const [index, name] of (Object.keys(resolvers) as Name[]).entries()) {
  const start = kind === 'apollo' ? startApollo : startLean;
  const answer = await start(schemaOf(name), Number(ports[index]));
  const http = createHttp({ log, bodyLimit: 1_000_000 });
  serveOperations(http, answer, log);
  await http.listen({ host: '127.0.0.1', port: Number(ports[4 + index]) });
}
process.once('disconnect', () => process.exit());
