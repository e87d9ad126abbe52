import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Viewer } from '#platform/identity/identity.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { newKey, someone, usd } from '#test/factories.ts';
import { openTestOrders, orderRow, type TestOrders } from '#test/orders.ts';
import { placeOrder } from './services/place-order.ts';
import { refundOrder } from './services/refund-order.ts';
import { liftSeals, sealOrders } from './services/seal-orders.ts';

/** Orders and refunds during and after the closing of their customer's accounts. */

let orders: TestOrders;

beforeAll(async () => {
  orders = await openTestOrders();
});

afterAll(async () => {
  await orders.close();
});

const place = async (customer: Viewer, idempotencyKey = newKey()) =>
  await placeOrder(orders.as(customer), { productId: 'book', unitPrice: usd('5.00'), quantity: 1, idempotencyKey });

const refund = async (customer: Viewer, orderId: string) =>
  await refundOrder(orders.as(customer), { orderId, idempotencyKey: newKey() });

const seal = async (customer: Viewer, closingId: string = randomUUID()) =>
  await sealOrders(orders.as(customer), { closingId });

async function paidOrder(customer: Viewer): Promise<string> {
  const order = orderRow(customer.id);
  await orders.insert([order]);
  return order.id;
}

const waiting = async (customer: Viewer) => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from orders
    where customer_id = ${customer.id} and status in ('PENDING', 'REFUNDING')
  `.execute(orders.newManager().getKysely());
  return rows[0]!.count;
};

describe('a customer whose orders are sealed', () => {
  test('can neither place an order nor request a refund, and other customers can', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const paid = await paidOrder(ada);
    expect(await seal(ada)).toBeNull();

    expect(await place(ada)).toMatchObject({ refused: 'ACCOUNT_CLOSED' });
    expect(await refund(ada, paid)).toMatchObject({ refused: 'ACCOUNT_CLOSED' });
    expect(await place(bob)).toMatchObject({ status: 'PENDING' });
  });

  test('gets the earlier order when its key is repeated', async () => {
    const ada = someone();
    const key = newKey();
    const placed = await place(ada, key);
    const id = (placed as { id: string }).id;
    await settle(id);
    await seal(ada);

    expect(await place(ada, key)).toMatchObject({ id, status: 'PAID' });
  });

  test('can order again when the seal is lifted, unless another closing holds one', async () => {
    const ada = someone();
    const [first, second] = [randomUUID(), randomUUID()];
    await seal(ada, first);
    await seal(ada, second);

    await liftSeals(orders.newManager(), [{ closingId: first, customerId: ada.id }]);
    expect(await place(ada)).toMatchObject({ refused: 'ACCOUNT_CLOSED' });
    await liftSeals(orders.newManager(), [{ closingId: second, customerId: ada.id }]);
    expect(await place(ada)).toMatchObject({ status: 'PENDING' });
  });
});

describe('sealing', () => {
  test.each([
    ['PENDING', async (customer: Viewer) => void (await place(customer))],
    ['REFUNDING', async (customer: Viewer) => void (await refund(customer, await paidOrder(customer)))],
  ])('is refused while an order is %s', async (_status, make) => {
    const ada = someone();
    await make(ada);

    expect(await seal(ada)).toMatchObject({ refused: 'PAYMENTS_UNDER_WAY' });
    expect(await waiting(ada)).toBe(1);
  });

  test('is refused while the message about an order is in progress, but not by a dead-lettered message', async () => {
    const ada = someone();
    const placed = await place(ada);
    await sql`update orders set status = 'PAID', settled_at = now() where id = ${(placed as { id: string }).id}`.execute(
      orders.newManager().getKysely(),
    );
    expect(await seal(ada)).toMatchObject({ refused: 'PAYMENTS_UNDER_WAY' });

    await sql`update outbox set failed_at = now(), failure = 'poison' where payload->>'customerId' = ${ada.id}`.execute(
      orders.newManager().getKysely(),
    );
    expect(await seal(ada)).toBeNull();
  });

  test('can be repeated, but not after the closing was abandoned, in either order', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const [closing, late] = [randomUUID(), randomUUID()];
    expect([await seal(ada, closing), await seal(ada, closing)]).toEqual([null, null]);
    await liftSeals(orders.newManager(), [{ closingId: closing, customerId: ada.id }]);
    await expect(seal(ada, closing)).rejects.toThrow('was abandoned');

    await liftSeals(orders.newManager(), [{ closingId: late, customerId: bob.id }]);
    await expect(seal(bob, late)).rejects.toThrow('was abandoned');
    expect(await place(bob)).toMatchObject({ status: 'PENDING' });
  });

  test('that races an order or a refund allows one of the two, never both', async () => {
    for (let round = 0; round < 60; round += 1) {
      const ada = someone();
      const paid = round % 2 === 0 ? await paidOrder(ada) : null;
      const request = paid === null ? place(ada) : refund(ada, paid);
      const [made, sealed] = await Promise.all([request, seal(ada)]);

      expect([isRefusal(made), sealed === null]).toEqual([sealed === null, isRefusal(made)]);
      expect(await waiting(ada)).toBe(isRefusal(made) ? 0 : 1);
    }
  });

  test('waits for an order that is being committed', async () => {
    const ada = someone();
    const { promise: placed, resolve: commit } = Promise.withResolvers<void>();
    const { promise: inserted, resolve: publishInserted } = Promise.withResolvers<void>();
    const placing = orders.newManager().transactional(async (transaction) => {
      await placeOrder(
        { ...orders.as(ada), em: transaction },
        { productId: 'book', unitPrice: usd('5.00'), quantity: 1, idempotencyKey: newKey() },
      );
      publishInserted();
      await placed;
    });
    await inserted;
    const sealing = seal(ada);
    commit();
    await placing;

    expect(await sealing).toMatchObject({ refused: 'PAYMENTS_UNDER_WAY' });
  });
});

/** Makes an order PAID and deletes its outbox rows, as after all work for it. */
async function settle(id: string): Promise<void> {
  const em = orders.newManager();
  await sql`update orders set status = 'PAID', settled_at = now() where id = ${id}`.execute(em.getKysely());
  await sql`delete from outbox where key = ${id}`.execute(em.getKysely());
}
