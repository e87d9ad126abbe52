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

/** Reads what concerns all customers and the house. */
const sees = isStaff('OPERATOR', 'AUDITOR');

const readsAccounts = isViewerWith('accounts:read');
const readsTransactions = isViewerWith('transactions:read');
const deposits = isViewerWith('deposits:write');
/** A client that starts deposits sees what becomes of them. */
const readsDeposits = isViewerWith('transactions:read', 'deposits:write');
const withdraws = isViewerWith('withdrawals:write');
const transfers = isViewerWith('transfers:write');
const moves = isViewerWith('transfers:write', 'deposits:write', 'withdrawals:write');
/** A client that moves money sees what it has done; an entry of an account has its transaction. */
const seesMovements = isViewerWith(
  'accounts:read',
  'transactions:read',
  'transfers:write',
  'deposits:write',
  'withdrawals:write',
);

/**
 * The permissions of each field; a field without an entry is denied. Services, loaders and reference resolvers read only
 * the viewer's rows, so these types show nothing of other customers.
 */
export const permissions: Permissions = {
  Query: {
    billingAuditLog: isStaff('AUDITOR'),
    billingDeadLetters: isStaff('OPERATOR'),
    viewer: isViewerOrNobody,
    account: readsAccounts,
    transaction: readsTransactions,
    corrections: sees,
    houseAccounts: sees,
    trialBalance: sees,
    verifications: sees,
    customerIdOfAccount: readsOneCustomer,
    shopConsent: isViewer,
    orderingConsent: isClientWith('shop:orders'),
  },
  Mutation: {
    deposit: deposits,
    startDeposit: deposits,
    withdraw: withdraws,
    quoteTransfer: transfers,
    transfer: transfers,
    closeAccounts: isViewer,
    giveShopConsent: isViewer,
    withdrawShopConsent: isViewer,
    freezeCustomer: isStaff('OPERATOR'),
    unfreezeCustomer: isStaff('OPERATOR'),
    depositForCustomer: isStaff('OPERATOR'),
    withdrawForCustomer: isStaff('OPERATOR'),
    proposeCorrection: isStaff('OPERATOR'),
    approveCorrection: isStaff('OPERATOR'),
    declineCorrection: isStaff('OPERATOR'),
    replayBillingDeadLetter: isStaff('OPERATOR'),
    requestVerification: isStaff('OPERATOR'),
  },
  User: {
    id: allow,
    billingActs: isViewer,
    accounts: readsAccounts,
    account: readsAccounts,
    transactions: readsTransactions,
    shopConsents: isViewer,
    deposits: readsDeposits,
  },
  Order: { id: allow, transactions: readsTransactions },
  Account: {
    // A transaction names its accounts.
    id: seesMovements,
    number: readsAccounts,
    currency: readsAccounts,
    status: readsAccounts,
    frozen: readsAccounts,
    balance: readsAccounts,
    owner: readsAccounts,
    entries: readsAccounts,
  },
  Entry: readsAccounts,
  EntryEdge: readsAccounts,
  EntryConnection: readsAccounts,
  Transaction: seesMovements,
  TransactionEdge: readsTransactions,
  TransactionConnection: readsTransactions,
  TransferQuote: transfers,
  TransferQuotePayload: transfers,
  TransactionPayload: moves,
  Deposit: readsDeposits,
  DepositEdge: readsDeposits,
  DepositConnection: readsDeposits,
  DepositPayload: deposits,
  CloseAccountsPayload: isViewer,
  Shop: allow,
  ShopConsent: isViewer,
  ShopConsentEdge: isViewer,
  ShopConsentConnection: isViewer,
  ShopConsentPayload: isViewer,
  OrderingConsent: isClientWith('shop:orders'),
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
  Verification: sees,
  VerificationEdge: sees,
  VerificationConnection: sees,
  VerificationPayload: isStaff('OPERATOR'),
  HouseAccount: sees,
  TrialBalance: sees,
  TrialBalanceLine: sees,
  HouseEntry: sees,
  HouseEntryEdge: sees,
  HouseEntryConnection: sees,
  Money: allow,
  PageInfo: allow,
  UserError: allow,
  ...auditPermissions,
  ...deadLetterPermissions,
};
