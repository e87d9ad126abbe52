import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type CustomersSubgraph, startCustomersSubgraph, type SubgraphCustomer } from '#test/customers-subgraph.ts';
import { newKey } from '#test/factories.ts';
import { openTestOrders, orderRow, type TestOrders } from '#test/orders.ts';

let orders: TestOrders;
let subgraph: CustomersSubgraph;

beforeAll(async () => {
  orders = await openTestOrders();
  subgraph = await startCustomersSubgraph('order', orders.url);
});

afterAll(async () => {
  await subgraph.stop();
  await orders.close();
});

interface Payload {
  readonly order: { readonly id: string; readonly status: string; readonly productId: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] | null }[];
}

const place = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    order { id productId status quantity unitPrice { amount currency } total { amount currency } rejectionReason settledAt }
    userErrors { code field }
  }
}`;

const aBatch = () => ({
  productId: 'book',
  unitPrice: { amount: '12.50', currency: 'EUR' },
  quantity: 3,
  idempotencyKey: newKey(),
});

async function placeOrder(customer: SubgraphCustomer, input: object): Promise<Payload> {
  return (await customer.data<{ placeOrder: Payload }>(place, { input })).placeOrder;
}

async function refundOrder(customer: SubgraphCustomer, orderId: string, idempotencyKey = newKey()): Promise<Payload> {
  const refund = `mutation ($input: RefundOrderInput!) {
    refundOrder(input: $input) { order { id status productId } userErrors { code field } }
  }`;
  return (await customer.data<{ refundOrder: Payload }>(refund, { input: { orderId, idempotencyKey } })).refundOrder;
}

/** The rows that this customer's requests left in the database. */
async function traces(customerId: string) {
  const { rows } = await sql<{ orders: number; keys: number; events: string[] }>`
    select
      (select count(*)::int from orders where customer_id = ${customerId}) as orders,
      (select count(*)::int from idempotency where customer_id = ${customerId}) as keys,
      (select coalesce(array_agg(kind order by id), '{}') from outbox where payload->>'customerId' = ${customerId}) as events
  `.execute(orders.newManager().getKysely());
  return rows[0];
}

describe('placeOrder', () => {
  test('stores an order as PENDING, with its total, and writes it to the outbox for billing', async () => {
    const ada = await subgraph.newCustomer();
    expect(await placeOrder(ada, aBatch())).toEqual({
      order: {
        id: expect.any(String),
        productId: 'book',
        status: 'PENDING',
        quantity: 3,
        unitPrice: { amount: '12.50', currency: 'EUR' },
        total: { amount: '37.50', currency: 'EUR' },
        rejectionReason: null,
        settledAt: null,
      },
      userErrors: [],
    });
    expect(await traces(ada.id)).toEqual({ orders: 1, keys: 1, events: ['order-placed'] });
  });

  test.each(["'; drop table orders --", '<script>alert(1)</script>', ' Книга 📚 ', 'x'.repeat(200)])(
    'keeps the product %p as it is',
    async (productId) => {
      const ada = await subgraph.newCustomer();
      expect(await placeOrder(ada, { ...aBatch(), productId })).toMatchObject({ order: { productId } });
    },
  );

  const usd = (amount: unknown) => ({ unitPrice: { amount, currency: 'USD' } });
  const refused: readonly [what: string, changes: object, code: string, field: string][] = [
    ['an amount of "0"', usd('0'), 'INVALID_AMOUNT', 'unitPrice'],
    ['an amount of 0', usd(0), 'INVALID_AMOUNT', 'unitPrice'],
    ['an amount of "-1"', usd('-1'), 'INVALID_AMOUNT', 'unitPrice'],
    ['an amount of "1.505"', usd('1.505'), 'INVALID_AMOUNT', 'unitPrice'],
    ['an amount of 40 digits', usd('9'.repeat(40)), 'INVALID_AMOUNT', 'unitPrice'],
    ['a total above the largest', { ...usd('1000.01'), quantity: 1_000_000 }, 'INVALID_AMOUNT', 'unitPrice'],
    ['a quantity of 0', { quantity: 0 }, 'INVALID_QUANTITY', 'quantity'],
    ['a quantity of -1', { quantity: -1 }, 'INVALID_QUANTITY', 'quantity'],
    ['a quantity of 10^9', { quantity: 1_000_000_000 }, 'INVALID_QUANTITY', 'quantity'],
    ['an empty product', { productId: '' }, 'INVALID_PRODUCT', 'productId'],
    ['a product of 201 characters', { productId: 'x'.repeat(201) }, 'INVALID_PRODUCT', 'productId'],
    ['an empty key', { idempotencyKey: '' }, 'INVALID_IDEMPOTENCY_KEY', 'idempotencyKey'],
    ['a key of 256 characters', { idempotencyKey: 'k'.repeat(256) }, 'INVALID_IDEMPOTENCY_KEY', 'idempotencyKey'],
  ];
  test.each(refused)('refuses %s, names the field and stores nothing', async (_what, changes, code, field) => {
    const ada = await subgraph.newCustomer();
    const payload = await placeOrder(ada, { ...aBatch(), ...changes });
    expect(payload).toEqual({ order: null, userErrors: [{ code, field: ['input', field] }] });
    expect(await traces(ada.id)).toEqual({ orders: 0, keys: 0, events: [] });
  });

  const misread: readonly [what: string, changes: object][] = [
    ...[1.5, '1e3', 'NaN', '٣', '', ' 1', '+1', '01', '.5', '1.', '0x10', '1,5', true, null, ['1']].map(
      (amount): [string, object] => [`an amount of ${JSON.stringify(amount)}`, usd(amount)],
    ),
    ['an unknown currency', { unitPrice: { amount: '1', currency: 'XXX' } }],
    ['a quantity of 1.5', { quantity: 1.5 }],
    ['a quantity of "1"', { quantity: '1' }],
    ['a quantity of 10^10', { quantity: 10_000_000_000 }],
    ['a product that is a list', { productId: ['book', 'coffee'] }],
    ['NUL in the product', { productId: 'bo\0ok' }],
    ['half a surrogate pair in the product', { productId: 'bo\ud800ok' }],
    ['NUL in the key', { idempotencyKey: 'k\0' }],
  ];
  test.each(misread)('refuses %s as malformed, and stores nothing', async (_what, changes) => {
    const ada = await subgraph.newCustomer();
    const { errors } = await ada.ask(place, { input: { ...aBatch(), ...changes } });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    expect(await traces(ada.id)).toEqual({ orders: 0, keys: 0, events: [] });
  });
});

describe('an idempotency key', () => {
  test('may have 255 characters of any kind', async () => {
    const ada = await subgraph.newCustomer();
    for (const idempotencyKey of ['k'.repeat(255), '📚'.repeat(255), ' ', "'"]) {
      const input = { ...aBatch(), idempotencyKey };
      const { order } = await placeOrder(ada, input);
      expect(await placeOrder(ada, input)).toEqual({ order, userErrors: [] });
    }
    expect(await traces(ada.id)).toMatchObject({ orders: 4, keys: 4 });
  });

  test('used 64 times at once with the same input creates one order, and returns it each time', async () => {
    const ada = await subgraph.newCustomer();
    const input = aBatch();
    const payloads = await Promise.all(Array.from({ length: 64 }, async () => await placeOrder(ada, input)));
    for (const payload of payloads) expect(payload).toEqual(payloads[0]);
    expect(await traces(ada.id)).toEqual({ orders: 1, keys: 1, events: ['order-placed'] });
  });

  test('used again with the same input in another order of fields returns the current order', async () => {
    const ada = await subgraph.newCustomer();
    const { idempotencyKey, quantity, unitPrice, productId } = aBatch();
    const { order } = await placeOrder(ada, { productId, unitPrice, quantity, idempotencyKey });
    await orders.asOwner(`update orders set status = 'PAID', settled_at = now() where id = $1`, [order!.id]);
    const again = await placeOrder(ada, { idempotencyKey, quantity, unitPrice, productId });
    expect(again.order).toMatchObject({ id: order!.id, status: 'PAID' });
  });

  const others: readonly [what: string, changes: object][] = [
    ['quantity', { quantity: 4 }],
    ['product', { productId: 'coffee' }],
    ['price', { unitPrice: { amount: '12.51', currency: 'EUR' } }],
    ['currency', { unitPrice: { amount: '12.50', currency: 'USD' } }],
    ['input that would be refused', { quantity: 0 }],
  ];
  test.each(others)('used again with another %s is refused', async (_what, changes) => {
    const ada = await subgraph.newCustomer();
    const input = aBatch();
    await placeOrder(ada, input);
    expect(await placeOrder(ada, { ...input, ...changes })).toEqual({
      order: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] }],
    });
    expect(await traces(ada.id)).toEqual({ orders: 1, keys: 1, events: ['order-placed'] });
  });

  test('used with different inputs at once creates one order and refuses the others', async () => {
    const ada = await subgraph.newCustomer();
    const idempotencyKey = newKey();
    const payloads = await Promise.all(
      Array.from({ length: 16 }, async (_, place) => {
        return await placeOrder(ada, { ...aBatch(), quantity: place + 1, idempotencyKey });
      }),
    );
    expect(payloads.map(({ userErrors }) => userErrors[0]?.code ?? 'made').toSorted()).toEqual([
      ...Array.from({ length: 15 }, () => 'IDEMPOTENCY_KEY_REUSED'),
      'made',
    ]);
    expect(await traces(ada.id)).toMatchObject({ orders: 1 });
  });

  test('that was refused can be used with another input', async () => {
    const ada = await subgraph.newCustomer();
    const input = aBatch();
    await placeOrder(ada, { ...input, quantity: 0 });
    expect(await placeOrder(ada, input)).toMatchObject({ order: { status: 'PENDING' }, userErrors: [] });
  });

  test('is independent of the keys of other customers and other mutations', async () => {
    const [ada, bob] = [await subgraph.newCustomer(), await subgraph.newCustomer()];
    const input = aBatch();
    const { order } = await placeOrder(ada, input);
    const bobs = await placeOrder(bob, { ...input, quantity: 9 });
    expect(bobs.userErrors).toEqual([]);
    expect(bobs.order!.id).not.toBe(order!.id);
    expect((await refundOrder(ada, order!.id, input.idempotencyKey)).userErrors).toMatchObject([
      { code: 'INVALID_STATE' },
    ]);
  });
});

describe('refundOrder', () => {
  test('makes a paid order REFUNDING once for concurrent requests, and writes it to the outbox once', async () => {
    const ada = await subgraph.newCustomer();
    const order = orderRow(ada.id);
    await orders.insert([order]);
    const payloads = await Promise.all(Array.from({ length: 16 }, async () => await refundOrder(ada, order.id)));
    const refunding = payloads.filter(({ userErrors }) => userErrors.length === 0);
    expect(refunding).toMatchObject([{ order: { id: order.id, status: 'REFUNDING' } }]);
    expect(await traces(ada.id)).toEqual({ orders: 1, keys: 1, events: ['order-refund'] });
  });

  test.each(['PENDING', 'REJECTED', 'CANCELLED', 'REFUNDING', 'REFUNDED'] as const)(
    'refuses a %s order',
    async (status) => {
      const ada = await subgraph.newCustomer();
      const order = orderRow(ada.id, { status });
      await orders.insert([order]);
      expect(await refundOrder(ada, order.id)).toEqual({
        order: null,
        userErrors: [{ code: 'INVALID_STATE', field: ['input', 'orderId'] }],
      });
    },
  );

  test("refuses another customer's order like one that does not exist", async () => {
    const [ada, eve] = [await subgraph.newCustomer(), await subgraph.newCustomer()];
    const order = orderRow(ada.id);
    await orders.insert([order]);
    for (const id of [order.id, randomUUID(), 'no id', '']) {
      expect(await refundOrder(eve, id)).toEqual({
        order: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['input', 'orderId'] }],
      });
    }
    expect(await traces(eve.id)).toMatchObject({ keys: 0 });
  });
});
