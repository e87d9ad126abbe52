import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Outcome } from '#platform/orders/lifecycle.ts';
import { money, newKey, someone, usd } from '#test/factories.ts';
import { openTestOrders, orderRow, type TestOrders } from '#test/orders.ts';
import { cancelOrder } from './cancel-order.ts';
import { recordOutcomes } from './record-outcomes.ts';
import { refundOrder } from './refund-order.ts';

let orders: TestOrders;

beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(async () => await orders.close());

describe('a refund', () => {
  test('of a part takes an amount and a reason, and refuses more than what is left', async () => {
    const ada = someone();
    const order = orderRow(ada.id);
    await orders.insert([order]);
    const part = { orderId: order.id, amount: usd('4.00'), reason: 'one was broken' };
    const refund = async (amount?: ReturnType<typeof usd>, reason?: string) =>
      await refundOrder(orders.as(ada), { orderId: order.id, amount, reason, idempotencyKey: newKey() });
    for (const amount of [usd('10.01'), usd('0.00'), usd('1.005')]) {
      expect(await refund(amount)).toMatchObject({ refused: 'INVALID_AMOUNT', field: ['input', 'amount'] });
    }
    expect(await refund(money('1.00', 'EUR'))).toMatchObject({ refused: 'CURRENCY_MISMATCH' });
    expect(await refund(usd('1.00'), 'no')).toMatchObject({ refused: 'INVALID_REASON' });
    const idempotencyKey = newKey();
    const again = async () => await refundOrder(orders.as(ada), { ...part, idempotencyKey });
    await Promise.all([again(), again(), again()]);
    expect(await refund(usd('1.00'))).toMatchObject({ refused: 'INVALID_STATE' });
    const rows = await orders.asOwner('select amount_minor, reason, number, status from refunds where order_id = $1', [
      order.id,
    ]);
    expect(rows).toEqual([{ amount_minor: '400', reason: 'one was broken', number: 1, status: 'REQUESTED' }]);
    await expect(
      orders.asOwner(
        `insert into refunds (id, order_id, number, amount_minor, by_staff) values ($1, $2, 2, 1001, true)`,
        [randomUUID(), order.id],
      ),
    ).rejects.toThrow('more than what is left');
  });

  test('of one order after another adds up to its total, also with an outcome that is recorded again late', async () => {
    const ada = someone();
    const order = orderRow(ada.id);
    await orders.insert([order]);
    const record = async (refundId: string, outcome: Outcome) => {
      const outboxId = '1';
      const decided = { outboxId, orderId: order.id, refundId, outcome, rejectionReason: null, settledAt: new Date() };
      await recordOutcomes(orders.newManager(), [decided]);
    };
    const begin = async (amount?: string) => {
      const part = amount === undefined ? {} : { amount: usd(amount) };
      await refundOrder(orders.as(ada), { orderId: order.id, ...part, idempotencyKey: newKey() });
      const rows = await orders.asOwner(`select id from refunds where order_id = $1 and status = 'REQUESTED'`, [
        order.id,
      ]);
      return (rows[0] as { id: string }).id;
    };
    const state = async () =>
      (await orders.asOwner('select status, refunded_minor::int from orders where id = $1', [order.id]))[0];

    const refused = await begin('9.00');
    await record(refused, 'REFUND_REFUSED');
    expect(await state()).toEqual({ status: 'PAID', refunded_minor: 0 });
    const first = await begin('4.00');
    await record(first, 'PARTIALLY_REFUNDED');
    expect(await state()).toEqual({ status: 'PARTIALLY_REFUNDED', refunded_minor: 400 });
    const second = await begin();
    await record(first, 'PARTIALLY_REFUNDED');
    expect(await state()).toEqual({ status: 'REFUNDING', refunded_minor: 400 });
    await record(second, 'REFUNDED');
    await record(second, 'REFUNDED');
    expect(await state()).toEqual({ status: 'REFUNDED', refunded_minor: 1_000 });
    const { refundsOfOrder } = orders.as(ada);
    expect(await refundsOfOrder.load(order.id)).toMatchObject([
      { status: 'REFUSED', amountMinor: 900n, number: 1 },
      { status: 'MADE', amountMinor: 400n, number: 1 },
      { status: 'MADE', amountMinor: 600n, number: 2 },
    ]);
  });

  test('is for customers only for the time of the setting after the payment', async () => {
    const ada = someone();
    const paidAt = new Date(Date.now() - 91 * 24 * 60 * 60 * 1_000);
    const order = orderRow(ada.id, { placedAt: paidAt });
    await orders.insert([order]);
    const request = { orderId: order.id, idempotencyKey: newKey() };
    expect(await refundOrder(orders.as(ada), request)).toMatchObject({
      refused: 'REFUND_PERIOD_OVER',
      field: ['input', 'orderId'],
    });
  });
});

describe('cancelOrder', () => {
  test('asks billing once for concurrent requests, and leaves the order PENDING until billing has decided', async () => {
    const ada = someone();
    const order = orderRow(ada.id, { status: 'PENDING' });
    await orders.insert([order]);
    const idempotencyKey = newKey();
    const cancel = async () => await cancelOrder(orders.as(ada), { orderId: order.id, idempotencyKey });
    for (const answer of await Promise.all([cancel(), cancel(), cancel()])) {
      expect(answer).toMatchObject({ id: order.id, status: 'PENDING' });
    }
    const other = { orderId: order.id, idempotencyKey: newKey() };
    expect(await cancelOrder(orders.as(ada), other)).toMatchObject({ status: 'PENDING' });
    expect(await orders.asOwner('select kind from outbox where key = $1', [order.id])).toEqual([
      { kind: 'order-cancel' },
    ]);
  });

  test("refuses an order that is not PENDING, and another customer's like one that does not exist", async () => {
    const [ada, eve] = [someone(), someone('Eve')];
    const order = orderRow(ada.id);
    await orders.insert([order]);
    const request = { orderId: order.id, idempotencyKey: newKey() };
    expect(await cancelOrder(orders.as(ada), request)).toMatchObject({ refused: 'INVALID_STATE' });
    for (const orderId of [order.id, randomUUID(), 'no id', '']) {
      expect(await cancelOrder(orders.as(eve), { ...request, orderId })).toMatchObject({ refused: 'NOT_FOUND' });
    }
  });
});
