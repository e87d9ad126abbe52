import { auditEntryView, customerActView } from '#platform/audit/audit-views.ts';
import { listDeadLetters } from '#platform/messaging/dead-letters.ts';
import { replayDeadLetter } from '#subgraphs/replay-dead-letter.ts';
import { listActs, listActsOn } from '#platform/audit/list-acts.ts';
import { actingIn } from '#platform/audit/acting.ts';
import { permittedRecord } from '#platform/identity/customer-record.ts';
import { ownReference, viewerOf, viewerReference } from '#platform/identity/identity.ts';
import { moneyView } from '#platform/money/money.ts';
import { payload } from '#platform/errors/refusal.ts';
import { keyedPayload } from '#platform/postgres/idempotency.ts';
import { now } from '#platform/process/clock.ts';
import { dateTimeScalar, decimalScalar } from '#platform/graphql/scalars.ts';
import { receiptNumberOf } from '#platform/validation/receipt-number.ts';
import { correctionState } from './domain/correction.ts';
import { verificationState } from './domain/verification.ts';
import { consentState } from './domain/shop-consent.ts';
import { giveShopConsent, withdrawShopConsent } from './services/change-shop-consents.ts';
import { shownDescription, shownNumber } from './domain/transaction-record.ts';
import { balanceAt } from './services/balance-at.ts';
import { closeAccounts } from './services/close-accounts.ts';
import { correctionsOf, freezesOf, listRecordEntries, listRecordTransactions } from './services/customer-records.ts';
import { deposit } from './services/deposit.ts';
import { approveCorrection, declineCorrection } from './services/decide-correction.ts';
import { depositForCustomer, withdrawForCustomer } from './services/fund-customer.ts';
import { freezeCustomer, unfreezeCustomer } from './services/freeze-customer.ts';
import { customerIdOfAccount } from './services/find-accounts.ts';
import { listHouseEntries } from './services/house-accounts.ts';
import { listEntries } from './services/list-entries.ts';
import { listTransactions } from './services/list-transactions.ts';
import { lookAtCorrections, lookAtHouseAccounts, lookAtTrialBalance } from './services/look-at-house.ts';
import { listPayments } from './services/list-payments.ts';
import { listVerifications } from './services/list-verifications.ts';
import { proposeCorrection } from './services/propose-correction.ts';
import { quoteTransfer } from './services/quote-transfer.ts';
import { startDeposit } from './services/start-deposit.ts';
import { requestVerification } from './services/request-verification.ts';
import { findShopConsent, listShopConsents, orderingConsent } from './services/shop-consents.ts';
import { transfer } from './services/transfer.ts';
import { withdraw } from './services/withdraw.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Decimal: decimalScalar,
  DateTime: dateTimeScalar,
  Query: {
    billingAuditLog: (_root, args, { em }) => listActs(em, args),
    billingDeadLetters: async (_root, args, { em }) => await listDeadLetters(em, args),
    viewer: (_root, _args, { identity }) => viewerReference(identity),
    account: (_root, { id }, { accounts }) => accounts.load(id),
    transaction: (_root, { id }, { transactions }) => transactions.load(id),
    corrections: async (_root, args, context) => await lookAtCorrections(actingIn(context), args),
    houseAccounts: async (_root, args, context) => await lookAtHouseAccounts(actingIn(context), args),
    trialBalance: async (_root, args, context) => await lookAtTrialBalance(actingIn(context), args),
    verifications: async (_root, args, { em }) => await listVerifications(em, args),
    customerIdOfAccount: async (_root, args, context) => await customerIdOfAccount(context, args),
    shopConsent: async (_root, { id }, { em, identity }) => await findShopConsent(em, viewerOf(identity).id, id),
    orderingConsent: async (_root, args, context) => await orderingConsent(context, args),
  },
  AuditEntry: auditEntryView,
  CustomerAct: customerActView,
  Mutation: {
    replayBillingDeadLetter: async (_root, { input }, context) => await replayDeadLetter(actingIn(context), input),
    deposit: async (_root, { input }, context) => keyedPayload('transaction', await deposit(context, input)),
    startDeposit: async (_root, { input }, context) => keyedPayload('deposit', await startDeposit(context, input)),
    withdraw: async (_root, { input }, context) => keyedPayload('transaction', await withdraw(context, input)),
    quoteTransfer: async (_root, { input }, context) => payload('quote', await quoteTransfer(context, input)),
    transfer: async (_root, { input }, context) => keyedPayload('transaction', await transfer(context, input)),
    freezeCustomer: async (_root, { input }, context) =>
      payload('freeze', await freezeCustomer(actingIn(context), input)),
    unfreezeCustomer: async (_root, { input }, context) =>
      payload('freeze', await unfreezeCustomer(actingIn(context), input)),
    depositForCustomer: async (_root, { input }, context) =>
      keyedPayload('transaction', await depositForCustomer(actingIn(context), input)),
    withdrawForCustomer: async (_root, { input }, context) =>
      keyedPayload('transaction', await withdrawForCustomer(actingIn(context), input)),
    proposeCorrection: async (_root, { input }, context) =>
      payload('correction', await proposeCorrection(actingIn(context), input)),
    approveCorrection: async (_root, { input }, context) =>
      payload('correction', await approveCorrection(actingIn(context), input)),
    declineCorrection: async (_root, { input }, context) =>
      payload('correction', await declineCorrection(actingIn(context), input)),
    requestVerification: async (_root, { input }, context) =>
      payload('verification', await requestVerification(actingIn(context), input)),
    giveShopConsent: async (_root, { input }, context) =>
      keyedPayload('consent', await giveShopConsent(context, input)),
    withdrawShopConsent: async (_root, { input }, context) =>
      payload('consent', await withdrawShopConsent(context, input)),
    closeAccounts: async (_root, { input }, context) => payload('accounts', await closeAccounts(context, input ?? {})),
  },
  User: {
    billingActs: ({ id }, args, { em }) => listActsOn(em, id, args),
    __resolveReference: (reference, { identity }) => ownReference(reference, identity),
    accounts: ({ id }, _args, { accountsOfCustomer }) => accountsOfCustomer.load(id),
    account: async ({ id }, { currency }, { accountsOfCustomer }) =>
      (await accountsOfCustomer.load(id)).find((account) => account.currency === currency) ?? null,
    transactions: ({ id }, args, { em }) => listTransactions(em, id, args),
    shopConsents: async ({ id }, args, { em }) => await listShopConsents(em, id, args),
    deposits: async ({ id }, args, { em }) => await listPayments(em, id, args),
  },
  Order: {
    __resolveReference: ({ id }) => ({ id }),
    transactions: ({ id }, _args, { transactionsOfOrder }) => transactionsOfOrder.load(id),
  },
  Account: {
    __resolveReference: ({ id }, { accounts }) => accounts.load(id),
    balance: async (account, { at }, { periodBalances }) => await balanceAt(account, at, periodBalances),
    owner: ({ customerId }) => ({ id: customerId }),
    entries: ({ id }, args, { entries }) => listEntries((wanted) => entries.load(wanted), id, args),
  },
  Entry: {
    id: ({ accountId, sequence }) => `${accountId}:${sequence}`,
    direction: ({ amountMinor }) => (amountMinor < 0n ? 'DEBIT' : 'CREDIT'),
    amount: ({ amountMinor, currency }) => moneyView(amountMinor < 0n ? -amountMinor : amountMinor, currency),
    balanceAfter: ({ balanceAfterMinor, currency }) => moneyView(balanceAfterMinor, currency),
    transaction: async ({ transactionId }, _args, { transactions }) => (await transactions.load(transactionId))!,
  },
  EntryConnection: {
    openingBalance: async ({ period }, _args, { periodBalances }) => {
      const { openingMinor, currency } = await periodBalances.load(period);
      return moneyView(openingMinor, currency);
    },
    closingBalance: async ({ period }, _args, { periodBalances }) => {
      const { closingMinor, currency } = await periodBalances.load(period);
      return moneyView(closingMinor, currency);
    },
  },
  TransactionConnection: {
    totalCount: (connection) => connection.countTotal(),
  },
  Transaction: {
    __resolveReference: ({ id }, { transactions }) => transactions.load(id),
    receiptNumber: ({ id }) => receiptNumberOf(id),
    amount: ({ amountMinor, currency }) => moneyView(amountMinor, currency),
    fee: ({ feeMinor, currency }) => (feeMinor == null ? null : moneyView(feeMinor, currency)),
    received: ({ receivedMinor, receivedCurrency }) =>
      receivedMinor == null ? null : moneyView(receivedMinor, receivedCurrency!),
    from: ({ fromAccountId }, _args, { accounts }) => load(accounts, fromAccountId),
    to: ({ toAccountId }, _args, { accounts }) => load(accounts, toAccountId),
    fromAccountNumber: ({ fromAccountId }, _args, { accountNumbers }) => load(accountNumbers, fromAccountId),
    toAccountNumber: ({ toAccountId }, _args, { accountNumbers }) => load(accountNumbers, toAccountId),
    order: ({ orderId }) => (orderId == null ? null : { id: orderId }),
  },
  CustomerRecord: {
    __resolveReference: async (reference, context) => await permittedRecord(reference, context),
    accounts: ({ id }, _args, { accountsOfCustomer }) => accountsOfCustomer.load(id),
    transactions: async (record, args, context) => await listRecordTransactions(record, args, context),
    freezes: async ({ id }, _args, { em }) => await freezesOf(em, id),
    corrections: async ({ id }, args, { em }) => await correctionsOf(em, id, args),
  },
  AccountRecord: {
    balance: ({ balanceMinor, currency }) => moneyView(balanceMinor, currency),
    entries: async (account, args, context) => await listRecordEntries(account, args, context),
  },
  EntryRecord: {
    direction: ({ amountMinor }) => (amountMinor < 0n ? 'DEBIT' : 'CREDIT'),
    amount: ({ amountMinor, currency }) => moneyView(amountMinor < 0n ? -amountMinor : amountMinor, currency),
    balanceAfter: ({ balanceAfterMinor, currency }) => moneyView(balanceAfterMinor, currency),
  },
  TransactionRecord: {
    amount: ({ amountMinor, currency }) => moneyView(amountMinor, currency),
    fee: ({ feeMinor, currency }) => (feeMinor == null ? null : moneyView(feeMinor, currency)),
    received: ({ receivedMinor, receivedCurrency }) =>
      receivedMinor == null ? null : moneyView(receivedMinor, receivedCurrency!),
    description: shownDescription,
    fromAccountNumber: async (record, _args, { accountNumbers }) =>
      shownNumber(record, record.fromCustomerId, await load(accountNumbers, record.fromAccountId)),
    toAccountNumber: async (record, _args, { accountNumbers }) =>
      shownNumber(record, record.toCustomerId, await load(accountNumbers, record.toAccountId)),
  },
  Correction: {
    direction: ({ amountMinor }) => (amountMinor < 0n ? 'DEBIT' : 'CREDIT'),
    amount: ({ amountMinor, currency }) => moneyView(amountMinor < 0n ? -amountMinor : amountMinor, currency),
    state: (correction) => correctionState(correction, now()),
  },
  Deposit: {
    amount: ({ amountMinor, currency }) => moneyView(amountMinor, currency),
    account: ({ accountId }, _args, { accounts }) => accounts.load(accountId),
    transaction: async ({ id, state }, _args, { transactions }) =>
      state === 'COMPLETED' ? await transactions.load(id) : null,
  },
  Verification: {
    state: (verification) => verificationState(verification, now()),
    findings: ({ findings }) => (findings == null ? null : Number(findings)),
    firstRows: ({ firstRows }) => (firstRows == null ? [] : (JSON.parse(firstRows) as string[])),
  },
  HouseAccount: {
    balance: ({ balanceMinor, currency }) => moneyView(balanceMinor, currency),
    entries: async (account, args, { em }) => await listHouseEntries(em, account, args),
  },
  TrialBalanceLine: {
    opening: ({ openingMinor, currency }) => moneyView(openingMinor, currency),
    debits: ({ debitsMinor, currency }) => moneyView(debitsMinor, currency),
    credits: ({ creditsMinor, currency }) => moneyView(creditsMinor, currency),
    closing: ({ openingMinor, debitsMinor, creditsMinor, currency }) =>
      moneyView(openingMinor - debitsMinor + creditsMinor, currency),
  },
  HouseEntry: {
    direction: ({ amountMinor }) => (amountMinor < 0n ? 'DEBIT' : 'CREDIT'),
    amount: ({ amountMinor, currency }) => moneyView(amountMinor < 0n ? -amountMinor : amountMinor, currency),
  },
  ShopConsent: {
    shop: ({ shopId, shopName }) => ({ id: shopId, name: shopName }),
    state: (consent) => consentState(consent, now()),
    orderLimit: ({ orderLimitMinor, currency }) => moneyView(orderLimitMinor, currency),
    monthLimit: ({ monthLimitMinor, currency }) => moneyView(monthLimitMinor, currency),
    spentThisMonth: async ({ id, currency }, _args, { spentThisMonth }) =>
      moneyView(await spentThisMonth.load(id), currency),
  },
  TransferQuote: {
    amount: ({ amountMinor, currency }) => moneyView(amountMinor, currency),
    fee: ({ feeMinor, currency }) => moneyView(feeMinor, currency),
    total: ({ amountMinor, feeMinor, currency }) => moneyView(amountMinor + feeMinor, currency),
    received: ({ receivedMinor, receivedCurrency }) => moneyView(receivedMinor, receivedCurrency),
  },
};

type Loader<Value> = { readonly load: (id: string) => Promise<Value | null> };

const load = async <Value>(loader: Loader<Value>, id: string | null | undefined): Promise<Value | null> =>
  id == null ? null : await loader.load(id);
