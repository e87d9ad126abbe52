import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from '#platform/graphql/subgraph.ts';
import { requestOf, someone } from '#test/factories.ts';
import {
  type NotificationDatabase,
  openNotificationDatabase,
  orderUpdate,
  testWebhooks,
} from '#test/notification-database.ts';
import { countStatements, entitiesOf, statementsOf } from '#test/statements.ts';
import { createContext } from './context.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';
import { notifyOfOrders } from './services/notify-of-orders.ts';

/** The number of statements per request does not depend on the number of rows. */

let database: NotificationDatabase;
let schema: GraphQLSchema;
const ada = someone();
const updates = Array.from({ length: 50 }, () => orderUpdate({ customerId: ada.id }));
let notificationIds: string[];

beforeAll(async () => {
  database = await openNotificationDatabase();
  const schemaUrl = new URL('schema.graphql', import.meta.url);
  schema = buildSchema({ name: 'notification', schemaUrl, resolvers, permissions });
  notificationIds = (await notifyOfOrders(database.newManager(), updates)).map(({ id }) => id);
});

afterAll(async () => {
  await database.close();
});

const cost = async (request: { readonly source: string; readonly variableValues?: Record<string, unknown> }) =>
  await countStatements({
    schema,
    contextValue: createContext(requestOf(ada), database.newManager(), testWebhooks),
    ...request,
  });

test.each([1, 50])('a page of %d costs one statement, and one for each count', async (first) => {
  const page = (counts: string) =>
    `{ viewer { notifications(first: ${first}) { nodes { id body order { id } } ${counts} } } }`;
  expect(await cost({ source: page('') })).toBe(1);
  expect(await cost({ source: page('totalCount unreadCount') })).toBe(3);
});

test.each([1, 50])('the notifications of %d orders cost one statement', async (count) => {
  const ids = updates.slice(0, count).map(({ orderId }) => orderId);
  expect(await cost(entitiesOf('Order', 'notifications { id order { id } }', ids))).toBe(1);
});

test.each([1, 50])('%d notifications by id cost one statement', async (count) => {
  expect(await cost(entitiesOf('Notification', 'body', notificationIds.slice(0, count)))).toBe(1);
});

test.each([1, 50])('writing notifications of %d orders costs the same few statements', async (count) => {
  const more = Array.from({ length: count }, () => orderUpdate());
  const statements = await statementsOf(async () => await notifyOfOrders(database.newManager(), more));
  // begin, the lock, the contacts, the endpoints of webhooks, the notifications, commit
  expect(statements).toHaveLength(6);
});
