import { randomUUID } from 'node:crypto';
import type { Customer } from '#test/customer.ts';

export interface Sent {
  readonly id?: string;
  readonly search?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}

export type RightRequest = readonly [status: number, request: Sent];

const usd = (amount: string) => ({ amount, currency: 'USD' });
export const order = { productId: 'book', unitPrice: usd('1.00'), quantity: 1 };
/** The ids of Ada's and Bob's accounts, and of other objects of Ada. */
export interface RightIds {
  readonly account: string;
  readonly receiver: string;
  readonly transaction: string;
  readonly order: string;
  readonly notification: string;
  readonly webhook: string;
  readonly delivery: string;
  /** Ada's API client, which is a shop that Ada has authorised, and an order that it placed. */
  readonly shop: string;
  readonly consent: string;
  readonly shopOrder: string;
}

interface Senders {
  readonly ids: RightIds;
  readonly ada: Customer;
  readonly bob: Customer;
  /** A confirmation of Ada. */
  readonly confirmation: string;
  /** A token of the shop. */
  readonly shopToken: string;
}

/** A right request of each operation of openapi.json, and its status. */
export const rightBodies = ({
  ids,
  ada,
  bob,
  confirmation,
  shopToken,
}: Senders): Readonly<Record<string, () => RightRequest>> => ({
  'POST /api/v1/users': () => [
    201,
    { body: { email: `${randomUUID()}@example.com`, name: 'Eve', password: ada.password } },
  ],
  'GET /api/v1/users/me': () => [200, {}],
  'PATCH /api/v1/users/me': () => [200, { body: { name: 'Ada L.' } }],
  'DELETE /api/v1/users/me': () => [409, { body: { password: ada.password } }],
  'PUT /api/v1/users/me/password': () => [403, { body: { currentPassword: 'wrong', newPassword: 'another long one' } }],
  'POST /api/v1/users/me/confirmations': () => [200, { body: { password: ada.password } }],
  'POST /api/v1/sessions': () => [201, { body: { email: ada.email, password: ada.password } }],
  'POST /api/v1/sessions/second-factor': () => [401, { body: { challenge: 'none', code: '123456' } }],
  'POST /api/v1/sessions/refresh': () => [200, { body: { refreshToken: bob.refreshToken } }],
  'POST /api/v1/sessions/logout': () => [204, { body: { refreshToken: 'none' } }],
  'GET /api/v1/sessions': () => [200, {}],
  'DELETE /api/v1/sessions/{sessionId}': () => [404, { id: randomUUID() }],
  'GET /api/v1/accounts': () => [200, {}],
  'GET /api/v1/accounts/{id}': () => [200, { id: ids.account }],
  'GET /api/v1/accounts/{id}/balance': () => [200, { id: ids.account, search: '?at=2026-01-31T00:00:00Z' }],
  'GET /api/v1/accounts/{id}/entries': () => [200, { id: ids.account }],
  'GET /api/v1/transactions': () => [200, { search: '?totalCount=true' }],
  'GET /api/v1/transactions/{id}': () => [200, { id: ids.transaction }],
  'POST /api/v1/deposits': () => [201, { body: { accountId: ids.account, amount: usd('1.00') } }],
  'POST /api/v1/withdrawals': () => [201, { body: { accountId: ids.account, amount: usd('0.10') } }],
  'POST /api/v1/quotes': () => [
    200,
    { body: { fromAccountId: ids.account, toAccountId: ids.receiver, amount: usd('0.10') } },
  ],
  'POST /api/v1/transfers': () => [
    201,
    { body: { fromAccountId: ids.account, toAccountId: ids.receiver, amount: usd('0.10'), description: null } },
  ],
  'POST /api/v1/orders': () => [201, { body: order, headers: { prefer: 'wait=20' } }],
  'GET /api/v1/orders': () => [200, { search: '?totalCount=true' }],
  'GET /api/v1/orders/{id}': () => [200, { id: ids.order }],
  'POST /api/v1/orders/{orderId}/refund': () => [
    404,
    { id: randomUUID(), body: { amount: usd('1.00'), reason: 'one was broken' } },
  ],
  'POST /api/v1/orders/{orderId}/cancel': () => [404, { id: randomUUID() }],
  'GET /api/v1/notifications': () => [200, { search: '?totalCount=true&unreadCount=true' }],
  'GET /api/v1/notifications/{id}': () => [200, { id: ids.notification }],
  'PUT /api/v1/notifications/{notificationId}/read': () => [200, { id: ids.notification }],
  'POST /api/v1/webhook-endpoints': () => [
    201,
    { body: { url: 'http://127.0.0.1:9/', eventTypes: ['ORDER_PAID'], description: 'shop', confirmation } },
  ],
  'GET /api/v1/webhook-endpoints': () => [200, {}],
  'GET /api/v1/webhook-endpoints/{endpointId}': () => [200, { id: ids.webhook }],
  'PATCH /api/v1/webhook-endpoints/{endpointId}': () => [
    200,
    { id: ids.webhook, body: { description: 'shop', enabled: true, confirmation } },
  ],
  'DELETE /api/v1/webhook-endpoints/{endpointId}': () => [404, { id: randomUUID(), body: { confirmation } }],
  'POST /api/v1/webhook-endpoints/{endpointId}/secret': () => [
    200,
    { id: ids.webhook, body: { overlapHours: 0, confirmation } },
  ],
  'POST /api/v1/webhook-endpoints/{endpointId}/test': () => [200, { id: ids.webhook }],
  'GET /api/v1/webhook-endpoints/{endpointId}/deliveries': () => [
    200,
    { id: ids.webhook, search: '?statuses=PENDING' },
  ],
  'POST /api/v1/webhook-deliveries/{deliveryId}/redeliver': () => [200, { id: ids.delivery }],
  'POST /api/v1/webhook-endpoints/{endpointId}/replay': () => [
    200,
    { id: ids.webhook, body: { from: new Date(Date.now() - 60_000).toISOString() } },
  ],
  'GET /api/v1/shops/{id}': () => [200, { id: ids.shop }],
  // In another currency: a consent replaces the one before it in the same currency.
  'POST /api/v1/consents': () => [201, { body: consentFor(ids.shop, confirmation, 'EUR') }],
  'GET /api/v1/consents': () => [200, {}],
  'GET /api/v1/consents/{id}': () => [200, { id: ids.consent }],
  'POST /api/v1/consents/{consentId}/withdrawal': () => [404, { id: randomUUID() }],
  'POST /api/v1/shop/orders': () => [201, { body: { ...order, consentId: ids.consent }, token: shopToken }],
  'GET /api/v1/shop/orders': () => [200, { token: shopToken }],
  'GET /api/v1/shop/orders/{id}': () => [200, { id: ids.shopOrder, token: shopToken }],
});

/** A consent for the API client that `createApiClient` names. */
export const consentFor = (shopId: string, confirmation: string, currency = 'USD') => ({
  shopId,
  shopName: 'Nightly job',
  orderLimit: { amount: '2.00', currency },
  monthLimit: { amount: '9.00', currency },
  expiresInDays: 30,
  confirmation,
});
