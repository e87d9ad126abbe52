/**
 * What fields cost, where it is not what follows from the schema: an object costs 1 for each time that it may be in
 * the answer, a scalar nothing. By type and field.
 */
export const weights: Readonly<Record<string, number>> = {
  'Query.__schema': 1_000,
  'Query.__type': 100,
  'Mutation.__schema': 1_000,
  'Mutation.__type': 100,
  // A password is hashed, which takes some thirty milliseconds of a processor.
  'Mutation.register': 100,
  'Mutation.login': 100,
  'Mutation.changePassword': 200,
  'Mutation.deleteUser': 100,
  'Mutation.refreshToken': 20,
  'Mutation.logout': 10,
  'Mutation.updateProfile': 10,
  'Mutation.deposit': 10,
  'Mutation.withdraw': 10,
  'Mutation.quoteTransfer': 10,
  'Mutation.transfer': 10,
  'Mutation.closeAccounts': 10,
  'Mutation.placeOrder': 10,
  'Mutation.refundOrder': 10,
  'Mutation.sealOrders': 10,
  'Mutation.markNotificationRead': 5,
  // Counted over the whole of the list.
  'TransactionConnection.totalCount': 10,
  'OrderConnection.totalCount': 10,
  'NotificationConnection.totalCount': 10,
  'NotificationConnection.unreadCount': 10,
};

/** How many there are at most, or as a rule, of what is listed whole. By type and field. */
export const listSizes: Readonly<Record<string, number>> = {
  'User.accounts': 3,
  'Order.transactions': 2,
  'Order.notifications': 2,
  'CloseAccountsPayload.accounts': 3,
};

/** Of lists that are not named above. */
export const listSize = 5;

/** Of a jump from one subgraph to another, which the router has to plan, and which is a request by itself. */
export const jumpWeight = 20;
