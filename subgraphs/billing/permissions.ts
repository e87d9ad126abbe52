import { auditPermissions, deadLetterPermissions, readsOneCustomer } from '#platform/audit/permissions.ts';
import { allow, isStaff, isViewer, isViewerOrNobody, type Permissions } from '#platform/graphql/shield.ts';

/** Reads what concerns all customers and the house. */
const sees = isStaff('OPERATOR', 'AUDITOR');

/**
 * The permissions of each field; a field without an entry is denied. Services, loaders and reference resolvers read only
 * the viewer's rows, so these types show nothing of other customers.
 */
export const permissions: Permissions = {
  Query: {
    billingAuditLog: isStaff('AUDITOR'),
    billingDeadLetters: isStaff('OPERATOR'),
    viewer: isViewerOrNobody,
    account: isViewer,
    transaction: isViewer,
    corrections: sees,
    houseAccounts: sees,
    customerIdOfAccount: readsOneCustomer,
  },
  Mutation: {
    deposit: isViewer,
    withdraw: isViewer,
    quoteTransfer: isViewer,
    transfer: isViewer,
    closeAccounts: isViewer,
    freezeCustomer: isStaff('OPERATOR'),
    unfreezeCustomer: isStaff('OPERATOR'),
    depositForCustomer: isStaff('OPERATOR'),
    withdrawForCustomer: isStaff('OPERATOR'),
    proposeCorrection: isStaff('OPERATOR'),
    approveCorrection: isStaff('OPERATOR'),
    declineCorrection: isStaff('OPERATOR'),
    replayBillingDeadLetter: isStaff('OPERATOR'),
  },
  User: { id: allow, billingActs: isViewer, accounts: isViewer, account: isViewer, transactions: isViewer },
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
  CustomerRecord: readsOneCustomer,
  AccountRecord: readsOneCustomer,
  EntryRecord: readsOneCustomer,
  EntryRecordEdge: readsOneCustomer,
  EntryRecordConnection: readsOneCustomer,
  TransactionRecord: readsOneCustomer,
  TransactionRecordEdge: readsOneCustomer,
  TransactionRecordConnection: readsOneCustomer,
  Freeze: readsOneCustomer,
  FreezePayload: isStaff('OPERATOR'),
  Correction: readsOneCustomer,
  CorrectionEdge: readsOneCustomer,
  CorrectionConnection: readsOneCustomer,
  CorrectionPayload: isStaff('OPERATOR'),
  HouseAccount: sees,
  HouseEntry: sees,
  HouseEntryEdge: sees,
  HouseEntryConnection: sees,
  Money: allow,
  PageInfo: allow,
  UserError: allow,
  ...auditPermissions,
  ...deadLetterPermissions,
};
