import { auditPermissions, readsOneCustomer } from '#platform/audit/permissions.ts';
import { deadLetterPermissions } from '#platform/messaging/dead-letter-permissions.ts';
import {
  allow,
  isClientWith,
  isStaff,
  isViewer,
  isViewerOrNobody,
  isViewerWith,
  type Permissions,
} from '#platform/graphql/shield.ts';

const reads = isViewerWith('orders:read');
const writes = isViewerWith('orders:write');
/** A client that places orders sees what it has placed. */
const sees = isViewerWith('orders:read', 'orders:write');
const isShop = isClientWith('shop:orders');

/**
 * The permissions of each field; a field without an entry is denied. Services and reference resolvers read only the
 * viewer's rows, so these types show nothing of other customers.
 */
export const permissions: Permissions = {
  Query: {
    orderAuditLog: isStaff('AUDITOR'),
    orderDeadLetters: isStaff('OPERATOR'),
    viewer: isViewerOrNobody,
    order: sees,
    shopOrder: isShop,
    shopOrders: isShop,
    customerIdOfOrder: readsOneCustomer,
  },
  Mutation: {
    placeOrder: writes,
    placeShopOrder: isShop,
    cancelOrder: writes,
    refundOrder: writes,
    refundCustomerOrder: isStaff('OPERATOR'),
    sealOrders: isViewer,
    replayOrderDeadLetter: isStaff('OPERATOR'),
  },
  User: { id: allow, orderActs: isViewer, orders: reads },
  Order: sees,
  Shop: allow,
  ShopOrder: isShop,
  ShopOrderEdge: isShop,
  ShopOrderConnection: isShop,
  ShopOrderPayload: isShop,
  // Staff see those of a record: they have sessions, which need no scope.
  OrderRefund: sees,
  OrderConnection: reads,
  OrderEdge: reads,
  CustomerRecord: readsOneCustomer,
  OrderRecord: readsOneCustomer,
  OrderRecordEdge: readsOneCustomer,
  OrderRecordConnection: readsOneCustomer,
  OrderPayload: writes,
  SealOrdersPayload: isViewer,
  Money: allow,
  PageInfo: allow,
  UserError: allow,
  ...auditPermissions,
  ...deadLetterPermissions,
};
