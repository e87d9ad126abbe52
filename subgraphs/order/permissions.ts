import { allow, isViewer, isViewerOrNobody, type Permissions } from '#platform/graphql/shield.ts';

/**
 * The permissions of each field; a field without an entry is denied. Services and reference resolvers read only the
 * viewer's rows, so these types show nothing of other customers.
 */
export const permissions: Permissions = {
  Query: { viewer: isViewerOrNobody, order: isViewer },
  Mutation: { placeOrder: isViewer, refundOrder: isViewer, sealOrders: isViewer },
  User: { id: allow, orders: isViewer },
  Order: isViewer,
  OrderConnection: isViewer,
  OrderEdge: isViewer,
  OrderPayload: isViewer,
  SealOrdersPayload: isViewer,
  Money: allow,
  PageInfo: allow,
  UserError: allow,
};
