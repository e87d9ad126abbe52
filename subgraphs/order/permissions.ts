import { auditPermissions, deadLetterPermissions, readsOneCustomer } from '#platform/audit/permissions.ts';
import { allow, isStaff, isViewer, isViewerOrNobody, type Permissions } from '#platform/graphql/shield.ts';

/**
 * The permissions of each field; a field without an entry is denied. Services and reference resolvers read only the
 * viewer's rows, so these types show nothing of other customers.
 */
export const permissions: Permissions = {
  Query: {
    orderAuditLog: isStaff('AUDITOR'),
    orderDeadLetters: isStaff('OPERATOR'),
    viewer: isViewerOrNobody,
    order: isViewer,
    customerIdOfOrder: readsOneCustomer,
  },
  Mutation: {
    placeOrder: isViewer,
    refundOrder: isViewer,
    refundCustomerOrder: isStaff('OPERATOR'),
    sealOrders: isViewer,
    replayOrderDeadLetter: isStaff('OPERATOR'),
  },
  User: { id: allow, orderActs: isViewer, orders: isViewer },
  Order: isViewer,
  OrderConnection: isViewer,
  OrderEdge: isViewer,
  CustomerRecord: readsOneCustomer,
  OrderRecord: readsOneCustomer,
  OrderRecordEdge: readsOneCustomer,
  OrderRecordConnection: readsOneCustomer,
  OrderPayload: isViewer,
  SealOrdersPayload: isViewer,
  Money: allow,
  PageInfo: allow,
  UserError: allow,
  ...auditPermissions,
  ...deadLetterPermissions,
};
