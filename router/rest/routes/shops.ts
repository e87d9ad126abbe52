import { pageInfo, shop, shopConsent, shopOrder, userErrors } from '../fragments.ts';
import { keyed, type Route } from '../route.ts';

/** The consents of customers, and the orders that shops place with them. */
export const shops: readonly Route[] = [
  {
    method: 'GET',
    path: '/shops/{id}',
    tag: 'Shops',
    summary: 'Read the registered name of a shop, to show it before a consent.',
    document: `query RestShop($id: ID!) { shop(id: $id) { ...Shop } }
${shop}`,
    result: ['shop'],
    answer: { kind: 'object' },
  },
  {
    method: 'POST',
    path: '/consents',
    tag: 'Shops',
    summary: 'Let a shop debit you for its orders, within a limit per order and per month.',
    document: `mutation RestGiveConsent(
  $shopId: ID!, $shopName: String!, $orderLimit: MoneyInput!, $monthLimit: MoneyInput!, $expiresInDays: Int
  $confirmation: String, $idempotencyKey: ID!
) {
  payload: giveShopConsent(
    input: {
      shopId: $shopId, shopName: $shopName, orderLimit: $orderLimit, monthLimit: $monthLimit
      expiresInDays: $expiresInDays, confirmation: $confirmation, idempotencyKey: $idempotencyKey
    }
  ) { repeated consent { ...ShopConsent } ${userErrors} }
}
${shopConsent}`,
    result: ['payload', 'consent'],
    answer: { kind: 'made', location: '/consents/{id}' },
    refusals: [
      ...keyed,
      'NOT_FOUND',
      'INVALID_AMOUNT',
      'CURRENCY_MISMATCH',
      'INVALID_TIME',
      'CONFIRMATION_REQUIRED',
      'ACCOUNT_CLOSED',
      'TOO_MANY_CONSENTS',
    ],
  },
  {
    method: 'GET',
    path: '/consents',
    tag: 'Shops',
    summary: 'List your consents for shops, newest first.',
    document: `query RestConsents($first: Int = 20, $after: String) {
  viewer { shopConsents(first: $first, after: $after) { nodes { ...ShopConsent } ${pageInfo} } }
}
${shopConsent}`,
    result: ['viewer', 'shopConsents'],
    answer: { kind: 'list' },
  },
  {
    method: 'GET',
    path: '/consents/{id}',
    tag: 'Shops',
    summary: 'Read a consent, with what the shop has debited this month.',
    document: `query RestConsent($id: ID!) { shopConsent(id: $id) { ...ShopConsent } }
${shopConsent}`,
    result: ['shopConsent'],
    answer: { kind: 'object' },
  },
  {
    method: 'POST',
    path: '/consents/{consentId}/withdrawal',
    tag: 'Shops',
    summary: 'Withdraw a consent: the shop debits nothing more with it.',
    document: `mutation RestWithdrawConsent($consentId: ID!) {
  payload: withdrawShopConsent(input: { consentId: $consentId }) { consent { ...ShopConsent } ${userErrors} }
}
${shopConsent}`,
    result: ['payload', 'consent'],
    answer: { kind: 'changed' },
    refusals: ['NOT_FOUND'],
  },
  {
    method: 'POST',
    path: '/shop/orders',
    tag: 'Shops',
    summary: 'As a shop, place an order for the customer who gave the consent. It is PENDING until billing decides.',
    document: `mutation RestPlaceShopOrder(
  $consentId: ID!, $productId: ID!, $unitPrice: MoneyInput!, $quantity: Int!, $idempotencyKey: ID!
) {
  payload: placeShopOrder(
    input: {
      consentId: $consentId, productId: $productId, unitPrice: $unitPrice, quantity: $quantity
      idempotencyKey: $idempotencyKey
    }
  ) { repeated order { ...ShopOrder } ${userErrors} }
}
${shopOrder}`,
    result: ['payload', 'order'],
    answer: { kind: 'made', location: '/shop/orders/{id}' },
    refusals: [
      ...keyed,
      'NOT_FOUND',
      'INVALID_AMOUNT',
      'CURRENCY_MISMATCH',
      'INVALID_QUANTITY',
      'INVALID_PRODUCT',
      'TOO_MANY_UNPAID_ORDERS',
    ],
  },
  {
    method: 'GET',
    path: '/shop/orders',
    tag: 'Shops',
    summary: 'As a shop, list the orders that it placed, newest first.',
    document: `query RestShopOrders($first: Int = 20, $after: String) {
  shopOrders(first: $first, after: $after) { nodes { ...ShopOrder } ${pageInfo} }
}
${shopOrder}`,
    result: ['shopOrders'],
    answer: { kind: 'list' },
  },
  {
    method: 'GET',
    path: '/shop/orders/{id}',
    tag: 'Shops',
    summary: 'As a shop, read an order that it placed.',
    document: `query RestShopOrder($id: ID!) { shopOrder(id: $id) { ...ShopOrder } }
${shopOrder}`,
    result: ['shopOrder'],
    answer: { kind: 'object' },
  },
];
