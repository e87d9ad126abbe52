import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { createApiClient } from '#test/api-client.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { graphql } from '#test/graphql.ts';
import { restClient } from '#test/rest-client.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { openStream } from '#test/event-stream.ts';
import { until } from '#test/until.ts';
import { startWebhookReceiver, verifiedEvent } from '#test/webhook-receiver.ts';

/** API clients through the router, against all subgraphs. */

let system: SystemAddresses;
let ada: Customer;
let eve: Customer;

beforeAll(async () => {
  system = await sharedSystem();
  [ada, eve] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Eve')];
  await ada.deposit('5000.00');
});

const create = async (scopes: Parameters<typeof createApiClient>[2], by = ada) =>
  await createApiClient(system.origins.router, by, scopes);

const codesOf = ({ errors }: { errors?: readonly { extensions?: { code?: unknown } }[] | undefined }) =>
  (errors ?? []).map(({ extensions }) => extensions?.code);

const transferred =
  'mutation ($input: TransferInput!) { transfer(input: $input) { transaction { id } userErrors { code } } }';

async function transfer(token: string, amount: string) {
  const input = {
    fromAccountId: (await ada.account('USD')).id,
    toAccountId: (await eve.account('USD')).number,
    amount: { amount, currency: 'USD' },
    idempotencyKey: randomUUID(),
  };
  return await graphql<{ transfer: { transaction: object | null; userErrors: { code: string }[] } }>(system.url, {
    query: transferred,
    variables: { input },
    token,
  });
}

test('a client places an order and reads its outcome, by GraphQL and by REST, and nothing else', async () => {
  const client = await create(['orders:write']);
  const token = await client.token();
  const shop = restClient(system.origins.router, token);
  const body = { productId: 'book', unitPrice: { amount: '5.00', currency: 'USD' }, quantity: 1 };
  const placed = await shop('/orders', { body, key: randomUUID(), headers: { prefer: 'wait=20' } });
  expect([201, 202]).toContain(placed.status);

  const refused = await shop('/accounts');
  expect(refused.status).toBe(403);
  expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  const reading = await graphql(system.url, { query: '{ viewer { id orders { totalCount } } }', token });
  expect(codesOf(reading)).toEqual(['INSUFFICIENT_SCOPE']);
  expect((await shop('/users/me')).status).toBe(403);
});

test('each scope is enough for what its routes answer', async () => {
  const account = await ada.account('USD');
  const toAccountId = (await eve.account('USD')).number;
  const amount = { amount: '1.00', currency: 'USD' };
  const routeOf = async (scope: Parameters<typeof create>[0][number]) =>
    restClient(system.origins.router, await (await create([scope])).token());
  const movements = { accountId: account.id, amount };
  const send = { fromAccountId: account.id, toAccountId, amount };
  const [deposits, withdraws, transfers, reads, messages] = [
    await routeOf('deposits:write'),
    await routeOf('withdrawals:write'),
    await routeOf('transfers:write'),
    await routeOf('accounts:read'),
    await routeOf('notifications:read'),
  ];
  const statuses = [
    await deposits('/deposits', { body: movements, key: randomUUID() }),
    await withdraws('/withdrawals', { body: movements, key: randomUUID() }),
    await transfers('/transfers', { body: send, key: randomUUID() }),
    await reads(`/accounts/${account.id}/entries`),
    await (await routeOf('transactions:read'))('/transactions'),
    await messages('/notifications'),
    await (await routeOf('orders:read'))('/orders'),
    await transfers('/transactions'),
    await deposits('/withdrawals', { body: movements, key: randomUUID() }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([201, 201, 201, 200, 200, 200, 200, 403, 403]);
});

test('a client sends less than the customer must confirm, and no more', async () => {
  const token = await (await create(['transfers:write'])).token();
  expect((await transfer(token, '10.00')).data?.transfer.userErrors).toEqual([]);
  expect((await transfer(token, '995.00')).data?.transfer.userErrors).toEqual([{ code: 'CONFIRMATION_REQUIRED' }]);
});

test('a token has the scopes that were requested, and a client none of others', async () => {
  const client = await create(['accounts:read', 'orders:read']);
  const { body } = await client.requestToken('orders:read');
  const accounts = { query: '{ viewer { accounts { number } } }' };
  expect(codesOf(await graphql(system.url, { ...accounts, token: body.access_token! }))).toEqual([
    'INSUFFICIENT_SCOPE',
  ]);
  expect(await client.requestToken('transfers:write')).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
  const own = await graphql<{ viewer: { accounts: { number: string }[] } }>(system.url, {
    ...accounts,
    token: await client.token(),
  });
  expect(own.data!.viewer.accounts.map(({ number }) => number)).toContain((await ada.account('USD')).number);
});

test('a revoked client moves no money and reads nothing, in any process', async () => {
  const client = await create(['transfers:write', 'orders:read', 'notifications:read', 'accounts:read'], eve);
  const token = await client.token();
  const input = { clientId: client.id, confirmation: await eve.confirm() };
  await eve.request(
    'mutation ($input: RevokeApiClientInput!) { revokeApiClient(input: $input) { userErrors { code } } }',
    {
      input,
    },
  );
  const { billing, order, notification, router } = system.origins;
  for (const origin of [billing, order, notification, router]) {
    await until('the token to be refused', async () => {
      const answer = await graphql(`${origin}/graphql`, { query: '{ viewer { id } }', token });
      return codesOf(answer).includes('UNAUTHENTICATED');
    });
  }
  expect(codesOf(await transfer(token, '1.00'))).toEqual(['UNAUTHENTICATED']);
  expect(await client.requestToken()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
});

test('a subscription needs its scope', async () => {
  const open = async (scopes: Parameters<typeof create>[0]) => {
    const authorization = `Bearer ${await (await create(scopes, eve)).token()}`;
    return await openStream(
      system.origins.router,
      { query: 'subscription { notificationAdded { id } }' },
      { authorization },
    );
  };
  const [refused, served] = [await open(['accounts:read']), await open(['notifications:read'])];
  const [result] = await refused.first(1);
  expect(result!.errors!.map(({ extensions }) => extensions?.code)).toEqual(['INSUFFICIENT_SCOPE']);
  expect([served.status, served.headers.get('last-event-id')]).toEqual([200, expect.any(String)]);
  served.close();
});

interface Made {
  readonly secret: string;
  readonly webhookEndpoint: { readonly id: string };
}

test('a client gets the events of orders at its webhook, from a running system', async () => {
  const [receiver, owner] = [await startWebhookReceiver(), await registerCustomer(system.url, 'Grace')];
  await owner.deposit('100.00');
  const token = await (await create(['webhooks:read', 'webhooks:write'], owner)).token();
  const change = async (field: string, input: object) => {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
    const result =
      field === 'createWebhookEndpoint' ? 'webhookSecret { secret webhookEndpoint { id } }' : 'userErrors { code }';
    return await graphql<{ createWebhookEndpoint: { webhookSecret: Made } }>(system.url, {
      query: `mutation ($input: ${type}) { ${field}(input: $input) { ${result} } }`,
      variables: { input },
      token,
    });
  };
  const made = await change('createWebhookEndpoint', { url: receiver.url, eventTypes: ['ORDER_PAID'] });
  const { secret, webhookEndpoint } = made.data!.createWebhookEndpoint.webhookSecret;
  try {
    const { order } = await owner.placeOrder({ productId: 'book', unitPrice: '5.00', quantity: 1 });
    await receiver.receives(1);
    const events = receiver.received.map((request) => verifiedEvent(secret, request));
    const event = events.find(({ data }) => JSON.stringify(data).includes(order!.id))!;
    expect(event).toMatchObject({ type: 'order.paid', sequence: 1, data: { orderId: order!.id } });
    const log = 'webhookEndpoints { deliveries(first: 5) { nodes { eventId status attempts { status } } } }';
    const delivered = { eventId: event.id, status: 'DELIVERED', attempts: [{ status: 204 }] };
    await until('the recorded delivery', async () => {
      const { data } = await graphql(system.url, { query: `{ viewer { ${log} } }`, token });
      return JSON.stringify(data).includes(JSON.stringify(delivered));
    });
  } finally {
    await change('deleteWebhookEndpoint', { endpointId: webhookEndpoint.id });
    await receiver.close();
  }
});
