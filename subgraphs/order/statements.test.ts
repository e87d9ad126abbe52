import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import type { OrderRow } from '#order/entities/order.ts';
import { buildSchema } from '#platform/graphql/subgraph.ts';
import { someone } from '#test/factories.ts';
import { openTestOrders, orderRow, type TestOrders } from '#test/orders.ts';
import { countStatements, entitiesOf } from '#test/statements.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';

/** The number of statements per request does not depend on the number of rows. */

const ada = someone();
let orders: TestOrders;
let schema: GraphQLSchema;
let rows: OrderRow[];

beforeAll(async () => {
  orders = await openTestOrders();
  schema = buildSchema({
    name: 'order',
    schemaUrl: new URL('schema.graphql', import.meta.url),
    resolvers,
    permissions,
  });
  rows = Array.from({ length: 60 }, () => orderRow(ada.id));
  await orders.insert(rows);
});

afterAll(async () => {
  await orders.close();
});

const cost = async (request: { readonly source: string; readonly variableValues?: Record<string, unknown> }) =>
  await countStatements({ schema, contextValue: orders.as(ada), ...request });

const whole = `id productId unitPrice { amount } quantity total { amount currency } status rejectionReason
  placedAt settledAt customer { id }`;

describe.each([1, 50])('for %d', (count) => {
  test('a page of orders costs one statement, and one for the count', async () => {
    const page = (more: string) =>
      `{ viewer { orders(first: ${count}) { edges { cursor node { ${whole} } } nodes { ${whole} } ${more} } } }`;
    expect(await cost({ source: page('') })).toBe(1);
    expect(await cost({ source: page('totalCount') })).toBe(2);
  });

  test('orders by id cost one statement', async () => {
    const ids = rows.slice(0, count).map(({ id }) => id);
    expect(await cost(entitiesOf('Order', whole, ids))).toBe(1);
  });

  test('orders under different aliases cost one statement', async () => {
    const fields = rows.slice(0, count).map(({ id }, place) => `order${place}: order(id: "${id}") { ${whole} }`);
    expect(await cost({ source: `{ ${fields.join('\n')} }` })).toBe(1);
  });
});
