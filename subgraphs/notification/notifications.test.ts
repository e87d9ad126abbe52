import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderUpdate, transferUpdate, userUpdate } from '#test/notification-database.ts';
import {
  type NotificationCustomer,
  type NotificationSubgraph,
  startNotificationSubgraph,
} from '#test/notification-subgraph.ts';
import { keepContacts } from './services/keep-contacts.ts';
import { notifyOfOrders, type OrderUpdate } from './services/notify-of-orders.ts';
import { notifyOfTransfers } from './services/notify-of-transfers.ts';

let subgraph: NotificationSubgraph;

beforeAll(async () => {
  subgraph = await startNotificationSubgraph();
});

afterAll(async () => {
  await subgraph.stop();
});

interface Page {
  readonly edges: { cursor: string }[];
  readonly nodes: { id: string; kind: string; readAt: string | null }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  readonly totalCount: number;
  readonly unreadCount: number;
}

const listQuery = `query ($first: Int, $after: String, $filter: NotificationFilter) {
  viewer { notifications(first: $first, after: $after, filter: $filter) {
    edges { cursor } nodes { id kind readAt }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount unreadCount
  } }
}`;

async function list(customer: NotificationCustomer, variables: object = {}): Promise<Page> {
  const { data, errors } = await customer.ask<{ viewer: { notifications: Page } }>(listQuery, variables);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data!.viewer.notifications;
}

const notify = async (...updates: OrderUpdate[]) => await notifyOfOrders(subgraph.database.newManager(), updates);

/** Writes batches of these sizes. The notifications of a batch have one time. Returns the ids, newest first. */
async function history(customerId: string, ...batches: number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const size of batches) {
    const written = await notify(...Array.from({ length: size }, () => orderUpdate({ customerId })));
    ids.unshift(
      ...written
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
  }
  return ids;
}

async function markRead(customer: NotificationCustomer, notificationId: string) {
  const { data, errors } = await customer.ask<{
    markNotificationRead: { notification: { id: string; readAt: string } | null; userErrors: object[] };
  }>(
    `mutation ($input: MarkNotificationReadInput!) {
      markNotificationRead(input: $input) { notification { id readAt } userErrors { code field } }
    }`,
    { input: { notificationId } },
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data!.markNotificationRead;
}

describe('User.notifications', () => {
  test('returns every field of a notification', async () => {
    const ada = await subgraph.newCustomer();
    const update = orderUpdate({ customerId: ada.id, email: 'ada@example.com' });
    await notify(update);
    const { data, errors } = await ada.ask<{ viewer: { notifications: { nodes: object[] } } }>(
      '{ viewer { id notifications { nodes { id kind recipient subject body order { id } readAt createdAt } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data!.viewer.notifications.nodes).toEqual([
      {
        id: expect.any(String),
        kind: 'ORDER_PAID',
        recipient: 'ada@example.com',
        subject: 'Your order is paid: 3 × coffee',
        body: expect.stringContaining('$37.50'),
        order: { id: update.orderId },
        readAt: null,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    ]);
  });

  test('returns no order for a notification about a transfer', async () => {
    const ada = await subgraph.newCustomer();
    await keepContacts(subgraph.database.newManager(), [userUpdate({ userId: ada.id })]);
    await notifyOfTransfers(subgraph.database.newManager(), [transferUpdate({ customerId: ada.id })]);
    const { data } = await ada.ask('{ viewer { notifications { nodes { kind order { id } } } } }');
    expect(data).toEqual({ viewer: { notifications: { nodes: [{ kind: 'TRANSFER_RECEIVED', order: null }] } } });
  });

  test('lists each notification once, newest first, page by page, even if several have one time', async () => {
    const ada = await subgraph.newCustomer();
    const ids = await history(ada.id, 7, 1, 8, 1);
    expect((await list(ada)).nodes.map(({ id }) => id)).toEqual(ids);

    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Page = await list(ada, { first: 5, after });
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(page.edges.map(({ cursor }) => cursor).at(-1)).toBe(page.pageInfo.endCursor);
      expect(page.totalCount).toBe(17);
      seen.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(ids);
  });

  test('continues after the cursor when new notifications have arrived', async () => {
    const ada = await subgraph.newCustomer();
    const ids = await history(ada.id, 6);
    const { pageInfo } = await list(ada, { first: 3 });
    await history(ada.id, 2);
    const next = await list(ada, { first: 3, after: pageInfo.endCursor });
    expect(next.nodes.map(({ id }) => id)).toEqual(ids.slice(3));
  });

  test.each([0, -1, 101, 100_000_000])('refuses a page of %d', async (first) => {
    const ada = await subgraph.newCustomer();
    const { errors } = await ada.ask(listQuery, { first });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('refuses a forged cursor', async () => {
    const ada = await subgraph.newCustomer();
    const forged = Buffer.from(JSON.stringify(['orders PLACED_AT DESC', new Date().toISOString(), randomUUID()]));
    for (const after of ['', 'x', forged.toString('base64url')]) {
      const { errors } = await ada.ask(listQuery, { after });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  test('filters by kind, and by read and unread', async () => {
    const ada = await subgraph.newCustomer();
    const [paid, rejected] = await notify(
      orderUpdate({ customerId: ada.id }),
      orderUpdate({ customerId: ada.id, outcome: 'REJECTED', rejectionReason: 'INSUFFICIENT_FUNDS' }),
    ).then((rows) => rows.toSorted((a, b) => a.kind.localeCompare(b.kind)));
    await markRead(ada, paid!.id);

    const found = async (filter: object | null) => {
      const page = await list(ada, { filter });
      expect([page.totalCount, page.unreadCount]).toEqual([page.nodes.length, 1]);
      return page.nodes.map(({ id }) => id);
    };
    expect(await found({ kinds: ['ORDER_PAID'] })).toEqual([paid!.id]);
    expect(await found({ kinds: ['ORDER_REFUNDED', 'ORDER_REJECTED'] })).toEqual([rejected!.id]);
    expect(await found({ kinds: [] })).toEqual([]);
    expect(await found({ unread: true })).toEqual([rejected!.id]);
    expect(await found({ unread: false })).toEqual([paid!.id]);
    expect(await found({ unread: true, kinds: ['ORDER_PAID'] })).toEqual([]);
    expect(await found({ unread: null, kinds: null })).toHaveLength(2);
    expect(await found({})).toHaveLength(2);
    expect(await found(null)).toHaveLength(2);
  });
});

const orders = (ids: readonly string[]) => ({ representations: ids.map((id) => ({ __typename: 'Order', id })) });

describe('Order.notifications', () => {
  const ordersQuery = `query ($representations: [_Any!]!) {
    orders: _entities(representations: $representations) { ... on Order { id notifications { kind } } }
  }`;

  test('lists the notifications of each order, oldest first', async () => {
    const ada = await subgraph.newCustomer();
    const refunded = orderUpdate({ customerId: ada.id });
    const paid = orderUpdate({ customerId: ada.id });
    await notify(refunded, paid);
    await notify({ ...refunded, outcome: 'REFUNDED' });
    const { data, errors } = await ada.ask(
      ordersQuery,
      orders([paid.orderId, randomUUID(), refunded.orderId, 'no id']),
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      orders: [
        { id: paid.orderId, notifications: [{ kind: 'ORDER_PAID' }] },
        { notifications: [] },
        { id: refunded.orderId, notifications: [{ kind: 'ORDER_PAID' }, { kind: 'ORDER_REFUNDED' }] },
        { id: 'no id', notifications: [] },
      ],
    });
  });
});

describe('markNotificationRead', () => {
  test('marks a notification as read, and keeps the time of the first mark', async () => {
    const ada = await subgraph.newCustomer();
    const [newer, older] = await history(ada.id, 1, 1);
    const first = await markRead(ada, newer!);
    expect(first).toEqual({ notification: { id: newer, readAt: expect.any(String) }, userErrors: [] });
    expect(await markRead(ada, newer!)).toEqual(first);
    const { nodes, unreadCount } = await list(ada);
    expect(nodes).toMatchObject([
      { id: newer, readAt: first.notification!.readAt },
      { id: older, readAt: null },
    ]);
    expect(unreadCount).toBe(1);
  });

  test('returns NOT_FOUND for an unknown id, a malformed id and another customer’s notification', async () => {
    const ada = await subgraph.newCustomer();
    const eve = await subgraph.newCustomer();
    const [hers] = await history(ada.id, 1);
    const refused = { notification: null, userErrors: [{ code: 'NOT_FOUND', field: ['input', 'notificationId'] }] };
    for (const id of [hers!, randomUUID(), '', "' or true --"]) expect(await markRead(eve, id)).toEqual(refused);
    expect(await list(ada)).toMatchObject({ unreadCount: 1 });
  });
});
