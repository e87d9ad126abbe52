import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { graphql, type GraphQLSchema } from 'graphql';
import { Client } from 'pg';
import { buildSchema } from '#platform/subgraph.ts';
import { requestOf, someone } from '#test/factories.ts';
import { type NotificationDatabase, openNotificationDatabase, orderNews } from '#test/notification-database.ts';
import { createContext } from './context.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';
import { notifyOfOrders } from './services/notify-of-orders.ts';

/** How many statements a request costs, whatever it asks for: the same for one row and for many. */

let database: NotificationDatabase;
let schema: GraphQLSchema;
const ada = someone();
const news = Array.from({ length: 50 }, () => orderNews({ customerId: ada.id }));
let notificationIds: string[];
let query: jest.Spied<Client['query']>;

beforeAll(async () => {
  database = await openNotificationDatabase();
  const schemaUrl = new URL('schema.graphql', import.meta.url);
  schema = buildSchema({ name: 'notification', schemaUrl, resolvers, permissions });
  notificationIds = (await notifyOfOrders(database.newManager(), news)).map(({ id }) => id);
});

afterAll(async () => {
  await database.close();
});

beforeEach(() => {
  query = jest.spyOn(Client.prototype, 'query');
});

afterEach(() => {
  jest.restoreAllMocks();
});

async function statementsOf(source: string, representations: object[] = []): Promise<number> {
  const before = query.mock.calls.length;
  const contextValue = createContext(requestOf(ada), database.newManager());
  const { errors } = await graphql({ schema, source, contextValue, variableValues: { representations } });
  expect(errors).toBeUndefined();
  return query.mock.calls.length - before;
}

test.each([1, 50])('a page of %d costs one statement, and one for each count', async (first) => {
  const page = (counts: string) =>
    `{ viewer { notifications(first: ${first}) { nodes { id body order { id } } ${counts} } } }`;
  expect(await statementsOf(page(''))).toBe(1);
  expect(await statementsOf(page('totalCount unreadCount'))).toBe(3);
});

test.each([1, 50])('what was told of %d orders costs one statement', async (count) => {
  const source = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Order { notifications { id } } }
  }`;
  const representations = news.slice(0, count).map(({ orderId }) => ({ __typename: 'Order', id: orderId }));
  expect(await statementsOf(source, representations)).toBe(1);
});

test.each([1, 50])('%d notifications by id cost one statement', async (count) => {
  const source = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Notification { body } }
  }`;
  const representations = notificationIds.slice(0, count).map((id) => ({ __typename: 'Notification', id }));
  expect(await statementsOf(source, representations)).toBe(1);
});

test.each([1, 50])('writing notifications of %d orders costs the same few statements', async (count) => {
  const more = Array.from({ length: count }, () => orderNews());
  await notifyOfOrders(database.newManager(), more);
  const statements = query.mock.calls.length;
  // begin, the lock, the contacts, the notifications, commit
  expect(statements).toBe(5);
});
