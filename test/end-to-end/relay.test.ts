import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { createClient } from 'graphql-sse';
import type {
  ConcreteRequest,
  FetchFunction,
  GraphQLSingularResponse,
  OperationType,
  SubscribeFunction,
  Variables,
} from 'relay-runtime';
import relayRuntime from 'relay-runtime';
import { registerCustomer } from '#test/customer.ts';
import { sharedSystem } from '#test/shared-system.ts';
import relayArtifacts from '../relay-artifacts.json' with { type: 'json' };

const {
  commitMutation,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  Network,
  Observable,
  RecordSource,
  requestSubscription,
  Store,
} = relayRuntime;
type Environment = InstanceType<typeof Environment>;

/**
 * Relay's runtime, with what its compiler makes of operations. relay-compiler 21.0.1 has made test/relay-artifacts.json;
 * it is not installed here, because it has 118 MB of binaries. Each operation's text is in `params.text`.
 */
const artifacts = relayArtifacts as unknown as Readonly<Record<string, ConcreteRequest>>;

test('the artifacts of Relay’s compiler have valid operations', () => {
  const schema = buildSchema(readFileSync(new URL('../contract.graphql', import.meta.url), 'utf8'));
  for (const { params } of Object.values(artifacts)) expect(validate(schema, parse(params.text!))).toEqual([]);
});

test('Relay’s runtime asks, refreshes its token, orders, follows the order, and reads a connection page by page', async () => {
  const { url } = await sharedSystem();
  const customer = await registerCustomer(url);
  await customer.deposit('20.00');
  let token: string | null = `${customer.token.slice(0, -8)}AAAAAAAA`;
  const environment = relay(url, () => (token === null ? {} : { authorization: `Bearer ${token}` }));
  const query = async (name: string, variables: Variables = {}) =>
    await fetchQuery<OperationType>(environment, artifacts[name]!, variables).toPromise();
  const mutate = async (name: string, variables: Variables) =>
    await new Promise<unknown>((resolve, reject) => {
      const mutation = artifacts[name]!;
      commitMutation(environment, { mutation, variables, onCompleted: resolve, onError: reject });
    });

  await expect(query('libraryViewerQuery')).rejects.toThrow('UNAUTHENTICATED');
  token = null;
  const refreshed = await mutate('libraryRefreshMutation', { token: customer.refreshToken });
  token = (refreshed as { refreshToken: { accessToken: string } }).refreshToken.accessToken;
  expect(await query('libraryViewerQuery')).toEqual({ viewer: { id: customer.id, name: 'Ada' } });

  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const unitPrice = { amount: '1.00', currency: 'USD' };
    const input = { productId: 'book', unitPrice, quantity: 1, idempotencyKey: randomUUID() };
    const placed = await mutate('libraryOrderMutation', { input });
    ids.unshift((placed as { placeOrder: { order: { id: string } } }).placeOrder.order.id);
  }
  const variables = { id: ids[0]! };
  const statuses: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    requestSubscription(environment, {
      subscription: artifacts['libraryUpdatesSubscription']!,
      variables,
      onNext: (update) => statuses.push((update as { orderUpdated: { status: string } }).orderUpdated.status),
      onCompleted: resolve,
      onError: reject,
    });
  });
  expect(statuses.at(-1)).toBe('PAID');

  // What a component sees: the connection with every page so far.
  const listed = async (cursor: string | null) => {
    const variables = { count: 2, cursor };
    await query('libraryOrdersQuery', variables);
    const { fragment } = createOperationDescriptor(artifacts['libraryOrdersQuery']!, variables);
    const { viewer } = environment.lookup(fragment).data as unknown as { viewer: { orders: Connection } };
    const { edges, pageInfo } = viewer.orders;
    return { ids: edges.map(({ node }) => node.id), endCursor: pageInfo.endCursor };
  };
  const first = await listed(null);
  expect(first.ids).toEqual(ids.slice(0, 2));
  // The connection's handler adds the next page behind the first one.
  expect((await listed(first.endCursor)).ids).toEqual(ids);
});

interface Connection {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly endCursor: string };
}

/** An environment as Relay's documentation shows it: fetch for requests, graphql-sse for subscriptions. */
function relay(url: string, headers: () => Record<string, string>): Environment {
  const execute: FetchFunction = async ({ text }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers() },
      body: JSON.stringify({ query: text, variables }),
    });
    const answer = (await response.json()) as GraphQLSingularResponse & {
      errors?: { message: string; extensions: { code: string } }[];
    };
    const [error] = answer.errors ?? [];
    if (error !== undefined) throw new Error(error.extensions.code);
    return answer;
  };
  const subscribe: SubscribeFunction = ({ text }, variables) =>
    Observable.create((sink) => createClient({ url, headers }).subscribe({ query: text!, variables }, sink as never));
  return new Environment({ network: Network.create(execute, subscribe), store: new Store(new RecordSource()) });
}
