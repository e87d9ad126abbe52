import { allow, isViewer, isViewerOrNobody, type Permissions } from '#platform/graphql/shield.ts';

/**
 * Who may ask for what; what is not named here is denied. Services and reference resolvers look only among the
 * viewer's own, so that what these types show is the viewer's already.
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
