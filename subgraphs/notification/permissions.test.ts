import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { graphql } from '#test/graphql.ts';
import { orderUpdate } from '#test/notification-database.ts';
import {
  type NotificationCustomer,
  type NotificationSubgraph,
  startNotificationSubgraph,
} from '#test/notification-subgraph.ts';
import { notifyOfOrders } from './services/notify-of-orders.ts';

let subgraph: NotificationSubgraph;
let ada: NotificationCustomer;
let eve: NotificationCustomer;

/** Ada's order, which her notification is about. */
const order = { orderId: randomUUID(), email: 'secret@example.com' };
let notificationId: string;

beforeAll(async () => {
  subgraph = await startNotificationSubgraph();
  ada = await subgraph.newCustomer();
  eve = await subgraph.newCustomer();
  const update = orderUpdate({ ...order, customerId: ada.id });
  const [written] = await notifyOfOrders(subgraph.database.newManager(), [update]);
  notificationId = written!.id;
});

afterAll(async () => {
  await subgraph.stop();
});

const everything = 'id kind recipient subject body order { id } readAt createdAt';
const entitiesQuery = `query ($representations: [_Any!]!) {
  entities: _entities(representations: $representations) {
    ... on User { userId: id notifications { nodes { ${everything} } totalCount unreadCount } }
    ... on Order { orderId: id orderNotifications: notifications { ${everything} } }
    ... on Notification { ${everything} }
  }
}`;

async function entities(token?: string) {
  return await graphql(subgraph.url, {
    query: entitiesQuery,
    variables: {
      representations: [
        { __typename: 'User', id: ada.id },
        { __typename: 'Order', id: order.orderId },
        { __typename: 'Notification', id: notificationId },
        { __typename: 'Notification', id: 'no id' },
      ],
    },
    token,
  });
}

describe('_entities', () => {
  test('shows the customer their own data', async () => {
    const { data, errors } = await entities(ada.token);
    expect(errors).toBeUndefined();
    const notification = expect.objectContaining({ id: notificationId, recipient: order.email });
    expect(data).toEqual({
      entities: [
        { userId: ada.id, notifications: { nodes: [notification], totalCount: 1, unreadCount: 1 } },
        { orderId: order.orderId, orderNotifications: [notification] },
        notification,
        null,
      ],
    });
  });

  test('shows another customer the same as for unknown ids', async () => {
    const { data, errors } = await entities(eve.token);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ entities: [null, { orderId: order.orderId, orderNotifications: [] }, null, null] });
  });

  test('shows nothing without a token, with an expired token or with a forged token', async () => {
    for (const token of [undefined, ada.expiredToken, 'forged']) {
      const answer = await entities(token);
      expect(JSON.stringify(answer)).not.toMatch(/secret|coffee|ORDER_PAID/);
      expect(answer.errors!.map(({ extensions }) => extensions?.code)).toEqual(
        answer.errors!.map(() => 'UNAUTHENTICATED'),
      );
    }
  });
});

describe('viewer', () => {
  const query = `{ viewer { id notifications { nodes { ${everything} } totalCount unreadCount } } }`;

  test('is null without a token, and UNAUTHENTICATED with an invalid token', async () => {
    const anonymous = await graphql(subgraph.url, { query });
    expect([anonymous.data, anonymous.errors]).toEqual([{ viewer: null }, undefined]);
    for (const token of [ada.expiredToken, 'forged']) {
      const { data, errors } = await graphql(subgraph.url, { query, token });
      expect(data).toEqual({ viewer: null });
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
  });

  test('shows each customer their own notifications', async () => {
    const { data } = await eve.ask(query);
    expect(data).toEqual({ viewer: { id: eve.id, notifications: { nodes: [], totalCount: 0, unreadCount: 0 } } });
  });
});

describe('notification', () => {
  const query = `query ($id: ID!) { notification(id: $id) { ${everything} } }`;
  const ask = async (id: string, token: string | undefined) =>
    await graphql(subgraph.url, { query, variables: { id }, token });

  test('shows the customer their own data', async () => {
    expect(await ask(notificationId, ada.token)).toMatchObject({
      data: { notification: { id: notificationId, recipient: order.email, order: { id: order.orderId } } },
    });
  });

  test('is null for another customer, and for an unknown id', async () => {
    const answers = [
      await ask(notificationId, eve.token),
      await ask(randomUUID(), ada.token),
      await ask('no id', ada.token),
    ];
    expect(answers.map(({ data, errors }) => [data, errors])).toEqual(
      answers.map(() => [{ notification: null }, undefined]),
    );
  });

  test('is UNAUTHENTICATED without a token and with an invalid token', async () => {
    for (const token of [undefined, ada.expiredToken, 'forged']) {
      expect(await ask(notificationId, token)).toMatchObject({
        data: { notification: null },
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
    }
  });
});

test('the subgraph refuses a subscription, which only the router serves', async () => {
  const query = `subscription { notificationAdded { ${everything} } }`;
  for (const token of [undefined, eve.token, ada.token]) {
    expect(await graphql(subgraph.url, { query, token })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  }
});

test('markNotificationRead is UNAUTHENTICATED without a token and with an invalid token', async () => {
  const query = `mutation { markNotificationRead(input: { notificationId: "${notificationId}" }) { userErrors { code } } }`;
  for (const token of [undefined, ada.expiredToken, 'forged']) {
    const { errors } = await graphql(subgraph.url, { query, token });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  }
  expect(await subgraph.database.notificationsOf(ada.id)).toMatchObject([{ readAt: null }]);
});
