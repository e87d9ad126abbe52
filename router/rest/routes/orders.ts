import { order, pageInfo, userErrors } from '../fragments.ts';
import { readOrder } from '../read-order.ts';
import { keyed, type Route } from '../route.ts';

export const orders: readonly Route[] = [
  {
    method: 'POST',
    path: '/orders',
    tag: 'Orders',
    summary: 'Place an order. `Prefer: wait=10` waits for the payment or the rejection, at most 10 seconds.',
    document: `mutation RestPlaceOrder($productId: ID!, $unitPrice: MoneyInput!, $quantity: Int!, $idempotencyKey: ID!) {
  payload: placeOrder(
    input: { productId: $productId, unitPrice: $unitPrice, quantity: $quantity, idempotencyKey: $idempotencyKey }
  ) { repeated order { ...Order } ${userErrors} }
}
${order}`,
    result: ['payload', 'order'],
    answer: { kind: 'order', by: 'placing' },
    refusals: [
      ...keyed,
      'INVALID_AMOUNT',
      'INVALID_QUANTITY',
      'INVALID_PRODUCT',
      'ACCOUNT_CLOSED',
      'PAYMENTS_UNDER_WAY',
    ],
  },
  {
    method: 'GET',
    path: '/orders',
    tag: 'Orders',
    summary: 'List the orders, newest first by default.',
    document: `query RestOrders(
  $first: Int = 20, $after: String, $filter: OrderFilter, $orderBy: OrderOrder, $totalCount: Boolean = false
) {
  viewer {
    orders(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount @include(if: $totalCount) nodes { ...Order } ${pageInfo}
    }
  }
}
${order}`,
    result: ['viewer', 'orders'],
    answer: { kind: 'list' },
  },
  {
    method: 'GET',
    path: '/orders/{id}',
    tag: 'Orders',
    summary: 'Read an order. `Prefer: wait=10` waits until it is decided, at most 10 seconds.',
    document: readOrder,
    result: ['order'],
    answer: { kind: 'order', by: 'reading' },
  },
  {
    method: 'POST',
    path: '/orders/{orderId}/refund',
    tag: 'Orders',
    summary:
      'Refund a paid order, in whole or by an amount. `Prefer: wait=10` waits until the money is on the account, at most 10 seconds.',
    document: `mutation RestRefundOrder($orderId: ID!, $amount: MoneyInput, $reason: String, $idempotencyKey: ID!) {
  payload: refundOrder(
    input: { orderId: $orderId, amount: $amount, reason: $reason, idempotencyKey: $idempotencyKey }
  ) { repeated order { ...Order } ${userErrors} }
}
${order}`,
    result: ['payload', 'order'],
    answer: { kind: 'order', by: 'refunding' },
    refusals: [
      ...keyed,
      'NOT_FOUND',
      'INVALID_STATE',
      'INVALID_AMOUNT',
      'CURRENCY_MISMATCH',
      'INVALID_REASON',
      'REFUND_PERIOD_OVER',
      'ACCOUNT_CLOSED',
      'PAYMENTS_UNDER_WAY',
    ],
  },
  {
    method: 'POST',
    path: '/orders/{orderId}/cancel',
    tag: 'Orders',
    summary: 'Cancel a pending order. `Prefer: wait=10` waits until it is cancelled or paid, at most 10 seconds.',
    document: `mutation RestCancelOrder($orderId: ID!, $idempotencyKey: ID!) {
  payload: cancelOrder(input: { orderId: $orderId, idempotencyKey: $idempotencyKey }) {
    repeated order { ...Order } ${userErrors}
  }
}
${order}`,
    result: ['payload', 'order'],
    answer: { kind: 'order', by: 'cancelling' },
    refusals: [...keyed, 'NOT_FOUND', 'INVALID_STATE'],
  },
];
