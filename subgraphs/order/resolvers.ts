import { auditEntryView, customerActView } from '#platform/audit/audit-views.ts';
import { listDeadLetters } from '#platform/messaging/dead-letters.ts';
import { replayDeadLetter } from '#subgraphs/replay-dead-letter.ts';
import { listActs, listActsOn } from '#platform/audit/list-acts.ts';
import { permittedRecord } from '#platform/identity/customer-record.ts';
import { ownReference, viewerReference } from '#platform/identity/identity.ts';
import { shopReason } from '#platform/orders/lifecycle.ts';
import { moneyView } from '#platform/money/money.ts';
import { userErrors } from '#platform/errors/refusal.ts';
import { keyedPayload } from '#platform/postgres/idempotency.ts';
import { dateTimeScalar, decimalScalar } from '#platform/graphql/scalars.ts';
import { actingIn } from '#platform/audit/acting.ts';
import { refundedMinor } from './domain/refund.ts';
import { cancelOrder } from './services/cancel-order.ts';
import { customerIdOfOrder } from './services/find-orders.ts';
import { refundsOf } from './services/find-refunds.ts';
import { listOrders } from './services/list-orders.ts';
import { placeOrder } from './services/place-order.ts';
import { placeShopOrder } from './services/place-shop-order.ts';
import { refundCustomerOrder } from './services/refund-customer-order.ts';
import { refundOrder } from './services/refund-order.ts';
import { findShopOrder, listShopOrders } from './services/shop-orders.ts';
import { sealOrders } from './services/seal-orders.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Decimal: decimalScalar,
  DateTime: dateTimeScalar,
  Query: {
    orderAuditLog: (_root, args, { em }) => listActs(em, args),
    orderDeadLetters: async (_root, args, { em }) => await listDeadLetters(em, args),
    viewer: (_root, _args, { identity }) => viewerReference(identity),
    order: (_root, { id }, { orders }) => orders.load(id),
    shopOrder: async (_root, args, context) => await findShopOrder(context, args),
    shopOrders: async (_root, args, context) => await listShopOrders(context, args),
    customerIdOfOrder: async (_root, args, context) => await customerIdOfOrder(context, args),
  },
  AuditEntry: auditEntryView,
  CustomerAct: customerActView,
  Mutation: {
    replayOrderDeadLetter: async (_root, { input }, context) => await replayDeadLetter(actingIn(context), input),
    placeOrder: async (_root, { input }, context) => keyedPayload('order', await placeOrder(context, input)),
    placeShopOrder: async (_root, { input }, context) => keyedPayload('order', await placeShopOrder(context, input)),
    cancelOrder: async (_root, { input }, context) => keyedPayload('order', await cancelOrder(context, input)),
    refundOrder: async (_root, { input }, context) => keyedPayload('order', await refundOrder(context, input)),
    refundCustomerOrder: async (_root, { input }, context) =>
      keyedPayload('order', await refundCustomerOrder(actingIn(context), input)),
    sealOrders: async (_root, { input }, context) => {
      const refused = await sealOrders(context, input);
      return { userErrors: refused === null ? [] : userErrors(refused) };
    },
  },
  User: {
    orderActs: ({ id }, args, { em }) => listActsOn(em, id, args),
    __resolveReference: (reference, { identity }) => ownReference(reference, identity),
    orders: ({ id }, args, { em }) => listOrders(em, id, args),
  },
  CustomerRecord: {
    __resolveReference: async (reference, context) => await permittedRecord(reference, context),
    orders: ({ id }, args, { em }) => listOrders(em, id, args),
  },
  OrderRecord: {
    unitPrice: ({ unitPriceMinor, currency }) => moneyView(unitPriceMinor, currency),
    total: ({ totalMinor, currency }) => moneyView(totalMinor, currency),
    refunded: (order) => moneyView(refundedMinor(order), order.currency),
    refunds: async (order, _args, { refundsOfOrder }) => await refundsOf(order, refundsOfOrder),
  },
  OrderRefund: {
    amount: ({ amountMinor, currency }) => moneyView(amountMinor, currency),
  },
  OrderConnection: {
    totalCount: (connection) => connection.countTotal(),
  },
  Order: {
    __resolveReference: ({ id }, { orders }) => orders.load(id),
    unitPrice: ({ unitPriceMinor, currency }) => moneyView(unitPriceMinor, currency),
    total: ({ totalMinor, currency }) => moneyView(totalMinor, currency),
    refunded: (order) => moneyView(refundedMinor(order), order.currency),
    refunds: async (order, _args, { refundsOfOrder }) => await refundsOf(order, refundsOfOrder),
    customer: ({ customerId }) => ({ id: customerId }),
    shop: async ({ id }, _args, { shopsOfOrders }) => {
      const shop = await shopsOfOrders.load(id);
      return shop === null ? null : { id: shop.shopId, name: shop.shopName };
    },
    shopConsentId: async ({ id }, _args, { shopsOfOrders }) => (await shopsOfOrders.load(id))?.consentId ?? null,
  },
  ShopOrder: {
    unitPrice: ({ unitPriceMinor, currency }) => moneyView(unitPriceMinor, currency),
    total: ({ totalMinor, currency }) => moneyView(totalMinor, currency),
    refunded: (order) => moneyView(refundedMinor(order), order.currency),
    rejectionReason: ({ rejectionReason }) => (rejectionReason == null ? null : shopReason(rejectionReason)),
  },
};
