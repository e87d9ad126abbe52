import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { actingIn } from '#platform/audit/acting.ts';
import { newKey, someone } from '#test/factories.ts';
import { openTestOrders, orderRow, type TestOrders } from '#test/orders.ts';
import { refundCustomerOrder } from './refund-customer-order.ts';
import { refundOrder } from './refund-order.ts';
import { sealOrders } from './seal-orders.ts';

let orders: TestOrders;

beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(async () => await orders.close());

const olga = someone('Olga');
const reason = 'a damaged parcel';

async function inserted(status: 'PAID' | 'PENDING' | 'REJECTED' | 'REFUNDED' = 'PAID', customer = someone()) {
  const order = orderRow(customer.id, { status });
  await orders.insert([order]);
  return { customer, orderId: order.id };
}

const refund = async (request: { orderId: string; reason?: string; idempotencyKey?: string }) =>
  await refundCustomerOrder(actingIn(orders.as(olga)), { reason, idempotencyKey: newKey(), ...request });

const actsOn = async (orderId: string) =>
  await orders.asOwner(`select act, actor_id, customer_id, reason from staff_acts where subject = 'order:' || $1`, [
    orderId,
  ]);

const rowsOf = async (orderId: string) =>
  await orders.asOwner(`select kind, payload from outbox where split_part(key, ':', 1) = $1`, [orderId]);

test('an operator refunds an order of a customer, and the audit log has it', async () => {
  const { customer, orderId } = await inserted();

  expect(await refund({ orderId })).toMatchObject({ id: orderId, status: 'REFUNDING', customerId: customer.id });
  expect(await rowsOf(orderId)).toMatchObject([
    { kind: 'order-refund', payload: { customerId: customer.id, email: null, name: null } },
  ]);
  expect(await actsOn(orderId)).toEqual([
    { act: 'REFUNDED_ORDER', actor_id: olga.id, customer_id: customer.id, reason },
  ]);
});

test('a repeated request, also at the same time, refunds and records once', async () => {
  const { orderId } = await inserted();
  const request = { orderId, idempotencyKey: newKey() };
  const answers = await Promise.all([refund(request), refund(request), refund(request)]);

  for (const answer of answers) expect(answer).toMatchObject({ status: 'REFUNDING' });
  expect(await refund({ ...request, reason: 'another reason' })).toMatchObject({ refused: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await actsOn(orderId)).toHaveLength(1);
  expect(await rowsOf(orderId)).toHaveLength(1);
});

test('of the customer and an operator who refund at once, one does', async () => {
  const { customer, orderId } = await inserted();
  const answers = await Promise.all([
    refund({ orderId }),
    refundOrder(orders.as(customer), { orderId, idempotencyKey: newKey() }),
  ]);

  expect(answers.filter((answer) => 'refused' in answer)).toMatchObject([{ refused: 'INVALID_STATE' }]);
  expect(await rowsOf(orderId)).toHaveLength(1);
});

test.each(['PENDING', 'REJECTED', 'REFUNDED'] as const)(
  'an order that is %s is refused, without an entry',
  async (status) => {
    const { orderId } = await inserted(status);
    expect(await refund({ orderId })).toMatchObject({ refused: 'INVALID_STATE', field: ['input', 'orderId'] });
    expect(await actsOn(orderId)).toEqual([]);
  },
);

test('an operator does not refund an own order', async () => {
  const { orderId } = await inserted('PAID', olga);

  expect(await refund({ orderId })).toMatchObject({ refused: 'OWN_ACCOUNT', field: ['input', 'orderId'] });
  expect(await rowsOf(orderId)).toEqual([]);
  expect(await actsOn(orderId)).toEqual([]);
});

test('an order of a customer who closes the accounts is refused, in words for an operator', async () => {
  const { customer, orderId } = await inserted();
  expect(await sealOrders(orders.as(customer), { closingId: randomUUID() })).toBeNull();

  expect(await refund({ orderId })).toMatchObject({
    refused: 'ACCOUNT_CLOSED',
    message: "The customer's accounts are closed or are being closed.",
  });
});

test('an unknown order and a missing reason are refused', async () => {
  const { orderId } = await inserted();
  for (const id of [randomUUID(), 'not an id', '']) {
    expect(await refund({ orderId: id })).toMatchObject({ refused: 'NOT_FOUND', field: ['input', 'orderId'] });
  }
  expect(await refund({ orderId, reason: '    ' })).toMatchObject({ refused: 'INVALID_REASON' });
  expect(await refund({ orderId, idempotencyKey: '' })).toMatchObject({ refused: 'INVALID_IDEMPOTENCY_KEY' });
  expect(await actsOn(orderId)).toEqual([]);
});
