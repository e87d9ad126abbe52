import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PartName } from '#local/parts.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { graphql } from '#test/graphql.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';

/** Closing accounts while payments of their owner are in progress. */

let system: TestSystem;

beforeAll(async () => {
  system = await startSystem();
});

afterAll(async () => {
  await system.stop();
});

/** Runs work while a process is suspended, as if its machine had stopped. */
async function whileStopped<Result>(part: PartName, act: () => Promise<Result>): Promise<Result> {
  const pid = system.processes.get(part)!.pid();
  process.kill(pid, 'SIGSTOP');
  try {
    return await act();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

interface Payload {
  readonly userErrors: readonly { readonly code: string }[];
}

const codesOf = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);

const closing = 'mutation ($input: ConfirmedInput) { closeAccounts(input: $input) { userErrors { code } } }';

async function closeAccounts(customer: Customer): Promise<readonly string[]> {
  const input = { confirmation: await customer.confirm() };
  return codesOf((await customer.request<{ closeAccounts: Payload }>(closing, { input })).closeAccounts);
}

async function deleteUser(customer: Customer): Promise<readonly string[]> {
  const query =
    'mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { deletedUserId userErrors { code } } }';
  const { password } = customer;
  return codesOf((await customer.request<{ deleteUser: Payload }>(query, { input: { password } })).deleteUser);
}

async function refund(customer: Customer, orderId: string): Promise<readonly string[]> {
  const query = 'mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { userErrors { code } } }';
  const input = { orderId, idempotencyKey: randomUUID() };
  return codesOf((await customer.request<{ refundOrder: Payload }>(query, { input })).refundOrder);
}

async function orderThatIs(status: string, customer: Customer, unitPrice: string): Promise<string> {
  const { order } = await customer.placeOrder({ unitPrice });
  await until(`an order that is ${status}`, async () => (await customer.order(order!.id))?.status === status);
  return order!.id;
}

async function emptied(customer: Customer): Promise<void> {
  await customer.withdraw(await customer.balance());
}

describe.each([
  ['closeAccounts', closeAccounts],
  ['deleteUser', deleteUser],
])('%s', (_mutation, leave) => {
  /** Retries until no payment is in progress: an order stays in progress until its customer is notified. */
  const leaves = async (customer: Customer) =>
    await until('all payments to finish', async () => (await leave(customer)).length === 0);

  test('is refused while a refund is in progress, and the refund arrives', async () => {
    const ada = await registerCustomer(system.url);
    const id = await orderThatIs('PAID', ada, '40.00');
    await whileStopped('jobs', async () => {
      expect(await refund(ada, id)).toEqual([]);
      await emptied(ada);
      expect(await leave(ada)).toEqual(['PAYMENTS_UNDER_WAY']);
    });
    await until('the refund', async () => (await ada.order(id))?.status === 'REFUNDED');
    expect(await ada.balance()).toBe('40.00');
    await emptied(ada);
    await leaves(ada);
  });

  test('is refused while an order is PENDING', async () => {
    const ada = await registerCustomer(system.url);
    await emptied(ada);
    const { order } = await whileStopped('jobs', async () => {
      const placed = await ada.placeOrder({ unitPrice: '1.00' });
      expect(await leave(ada)).toEqual(['PAYMENTS_UNDER_WAY']);
      return placed;
    });
    await until('the outcome', async () => (await ada.order(order!.id))?.status === 'REJECTED');
    await leaves(ada);
  });
});

describe('the token of a deleted customer', () => {
  const reading = {
    user: '{ viewer { email } }',
    billing: '{ viewer { accounts { number } } }',
    order: '{ viewer { orders { nodes { id } } } }',
    notification: '{ viewer { notifications { nodes { id } } } }',
    router: '{ viewer { orders { nodes { id } } accounts { number } } }',
  } as const;

  test('moves no money and places no order from the moment of the deletion', async () => {
    const ada = await registerCustomer(system.url);
    const { id: accountId } = await ada.account('USD');
    await emptied(ada);
    expect(await deleteUser(ada)).toEqual([]);
    const depositInput = {
      accountId,
      amount: { amount: '1.00', currency: 'USD' },
      idempotencyKey: randomUUID(),
    };
    const order = { productId: 'book', unitPrice: depositInput.amount, quantity: 1, idempotencyKey: randomUUID() };
    const [placed, paid] = await Promise.all([
      graphql(`${system.origins.order}/graphql`, {
        query: 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code } } }',
        variables: { input: order },
        token: ada.token,
      }),
      graphql(`${system.origins.billing}/graphql`, {
        query: 'mutation ($input: DepositInput!) { deposit(input: $input) { transaction { id } userErrors { code } } }',
        variables: { input: depositInput },
        token: ada.token,
      }),
    ]);
    expect(JSON.stringify([placed, paid]).match(/ACCOUNT_CLOSED|UNAUTHENTICATED/g)).toHaveLength(2);
  });

  test.each(Object.entries(reading))('is soon refused by %s after the deletion', async (part, query) => {
    const ada = await registerCustomer(system.url);
    await emptied(ada);
    const url = `${system.origins[part as keyof typeof reading]}/graphql`;
    const request = async () => await graphql(url, { query, token: ada.token });
    expect((await request()).errors).toBeUndefined();
    expect(await deleteUser(ada)).toEqual([]);

    await until('the token to be refused', async () =>
      (await request()).errors?.every(({ extensions }) => extensions?.code === 'UNAUTHENTICATED'),
    );
  });
});

test('a closing that the order subgraph does not answer changes nothing, even if the request arrives late', async () => {
  const ada = await registerCustomer(system.url);
  await emptied(ada);
  const confirmation = await ada.confirm();
  await whileStopped('order', async () => {
    const { errors } = await graphql(system.url, {
      query: closing,
      variables: { input: { confirmation } },
      token: ada.token,
    });
    expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
  });
  await until('an accepted order', async () => (await ada.placeOrder({ unitPrice: '1.00' })).order !== null);
  expect((await ada.account('USD')).balance.amount).toBe('0.00');
});

test('a client cannot seal orders through the router', async () => {
  const ada = await registerCustomer(system.url);
  const query = 'mutation ($input: SealOrdersInput!) { sealOrders(input: $input) { userErrors { code } } }';
  const { errors } = await graphql(system.url, {
    query,
    variables: { input: { closingId: randomUUID() } },
    token: ada.token,
  });
  expect(errors?.map(({ extensions }) => extensions?.code)).toContain('GRAPHQL_VALIDATION_FAILED');
  expect((await ada.placeOrder({ unitPrice: '1.00' })).userErrors).toEqual([]);
});
