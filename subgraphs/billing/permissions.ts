import { allow, isViewer, isViewerOrNobody, type Permissions } from '#platform/graphql/shield.ts';

/**
 * Who may ask for what; what is not named here is denied. Services, loaders and reference resolvers look only
 * among the viewer's own, so that what these types show is the viewer's already.
 */
export const permissions: Permissions = {
  Query: { viewer: isViewerOrNobody, account: isViewer, transaction: isViewer },
  Mutation: {
    deposit: isViewer,
    withdraw: isViewer,
    quoteTransfer: isViewer,
    transfer: isViewer,
    closeAccounts: isViewer,
  },
  User: { id: allow, accounts: isViewer, account: isViewer, transactions: isViewer },
  Order: { id: allow, transactions: isViewer },
  Account: isViewer,
  Entry: isViewer,
  EntryEdge: isViewer,
  EntryConnection: isViewer,
  Transaction: isViewer,
  TransactionEdge: isViewer,
  TransactionConnection: isViewer,
  TransferQuote: isViewer,
  TransferQuotePayload: isViewer,
  TransactionPayload: isViewer,
  CloseAccountsPayload: isViewer,
  Money: allow,
  PageInfo: allow,
  UserError: allow,
};
