// Generated from schema.graphql by `npm run compose`: change that.
import type { Decimal } from '../../platform/money/decimal.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerReference, OrderReference, BillingContext } from './context.ts';
import type { AccountRow } from './entities/account.ts';
import type { CustomerRecordReference } from '../../platform/identity/customer-record.ts';
import type { EntryRecordView, TransactionRecordView } from './services/customer-records.ts';
import type { StaffActRow } from '../../platform/audit/staff-act.ts';
import type { StatementRow } from './entities/entry.ts';
import type { EntryPage } from './services/list-entries.ts';
import type { TransactionRow } from './entities/transaction.ts';
import type { TransactionPage } from './services/list-transactions.ts';
import type { CorrectionView } from './services/corrections.ts';
import type { HouseAccountRow, HouseEntryRow } from './services/house-accounts.ts';
import type { TrialBalanceDay, TrialBalanceLineRow } from './services/trial-balance.ts';
import type { FreezeRow } from './entities/freeze.ts';
import type { VerificationRow } from './entities/verification.ts';
import type { QuoteRow } from './entities/quote.ts';
import type { ShopConsentRow } from './entities/shop-consent.ts';
import type { ProviderPaymentRow } from './entities/provider-payment.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An exact decimal number: a string in responses (`"12.50"`), a string or an integer literal in requests. Never a float. */
  Decimal: { input: Decimal; output: string; }
  /** RFC 3339 with milliseconds, in UTC: `2026-01-31T09:30:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  _FieldSet: { input: string; output: string; }
};

/** A currency, by its ISO 4217 code. */
export type Currency =
  /** US dollar: 2 decimal places. */
  | 'USD'
  /** Euro: 2 decimal places. */
  | 'EUR'
  /** Chinese yuan: 2 decimal places. */
  | 'CNY';

/** An exact amount. `amount` has exactly the currency's number of decimal places. */
export type Money = {
  readonly __typename?: 'Money';
  /** The amount in major units, such as `"12.50"`. */
  readonly amount: Scalars['Decimal']['output'];
  /** The amount's currency. */
  readonly currency: Currency;
};

/** An exact amount. More decimal places than the currency has is refused, never rounded. */
export type MoneyInput = {
  /** The amount in major units, such as `"12.50"`. */
  readonly amount: Scalars['Decimal']['input'];
  /** The amount's currency. */
  readonly currency: Currency;
};

/** A refusal that the customer can act on. A fault of the service is a top-level error instead. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** What was refused, for programs. */
  readonly code: UserErrorCode;
  /** One sentence for the customer. */
  readonly message: Scalars['String']['output'];
  /** The path of the argument that was refused, such as `["input", "amount"]`; null where no argument is at fault. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /**
   * For a refusal by a rate limit, such as `TOO_MANY_ATTEMPTS`: the whole seconds until the client can try again.
   * Null if waiting does not help.
   */
  readonly retryAfterS?: Maybe<Scalars['Int']['output']>;
};

/** The reasons for which a mutation can be refused. */
export type UserErrorCode =
  /** The amount is zero, negative, too large, too small to be converted, or has too many decimal places. */
  | 'INVALID_AMOUNT'
  /** The account is held in another currency. */
  | 'CURRENCY_MISMATCH'
  /** The balance does not cover the amount and the fee. */
  | 'INSUFFICIENT_FUNDS'
  /** Both accounts of the transfer are the same. */
  | 'SAME_ACCOUNT'
  /** It does not exist, or it belongs to another customer: the answer is the same. */
  | 'NOT_FOUND'
  /** The account is closed, or is being closed. */
  | 'ACCOUNT_CLOSED'
  /** An operator froze the account: it neither pays nor receives, and cannot be closed. */
  | 'ACCOUNT_FROZEN'
  /** The receiving account cannot receive this transfer at the moment. */
  | 'RECEIVER_UNAVAILABLE'
  /** The customer or the account is frozen already. */
  | 'ALREADY_FROZEN'
  /** No open freeze is of exactly this customer or account. */
  | 'NOT_FROZEN'
  /** The reason has fewer than 5 or more than 500 characters. */
  | 'INVALID_REASON'
  /** The reference of a correction is empty or longer than 140 characters. */
  | 'INVALID_REFERENCE'
  /** Customers do not move money in or out in this way here: operators do it for them, or the payment provider. */
  | 'FUNDING_CLOSED'
  /** A correction cannot reverse this transaction: an order is to be refunded, or another correction reverses it. */
  | 'NOT_REVERSIBLE'
  /** The operator who proposed a correction cannot decide about it. */
  | 'SAME_OPERATOR'
  /** The correction is applied, declined or expired already. */
  | 'CORRECTION_DECIDED'
  /** A run of the reconciliation is requested or running already. */
  | 'VERIFICATION_PENDING'
  /** An account still has a balance: withdraw or transfer it first. */
  | 'ACCOUNT_NOT_EMPTY'
  /** An order, a refund or a transfer is still being processed: try again in a moment. */
  | 'PAYMENTS_UNDER_WAY'
  /** The account or the order is the operator's own: another operator must act for them. Only mutations of staff refuse so. */
  | 'OWN_ACCOUNT'
  /** The idempotency key is empty or longer than 255 characters. */
  | 'INVALID_IDEMPOTENCY_KEY'
  /** The idempotency key was used before with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The quote has expired, was used, or is for another transfer: ask for a new one. */
  | 'QUOTE_EXPIRED'
  /** The mutation needs a valid `confirmation` from `confirmIdentity`. */
  | 'CONFIRMATION_REQUIRED'
  /** The customer has ten deposits that the payment provider has not ended: pay one of them, or wait. */
  | 'TOO_MANY_PENDING_DEPOSITS'
  /** The caller named too many account numbers that do not exist, and can try again in an hour. */
  | 'TOO_MANY_UNKNOWN_RECEIVERS'
  /** A number of days or hours, or a period, is out of its bounds. */
  | 'INVALID_TIME'
  /** The customer has the largest number of open consents. Withdraw one first. */
  | 'TOO_MANY_CONSENTS';

/** Where a page stands in its list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Whether there are items after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there are items before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first item; null on an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  /** The cursor of the last item; null on an empty page. Pass it as `after` to get the next page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** The direction in which a list is ordered. */
export type SortDirection =
  /** Smallest or oldest first. */
  | 'ASC'
  /** Largest or newest first. */
  | 'DESC';

/** A customer: a person who holds accounts and places orders. */
export type User = {
  readonly __typename?: 'User';
  /** The customer's id. */
  readonly id: Scalars['ID']['output'];
  /** One account per currency. */
  readonly accounts?: Maybe<ReadonlyArray<Account>>;
  /** The customer's account in one currency. */
  readonly account?: Maybe<Account>;
  /** The transactions of the viewer's accounts, newest first by default. */
  readonly transactions?: Maybe<TransactionConnection>;
  /** The customer's consents that let shops debit them, newest first: those that have ended, too. */
  readonly shopConsents?: Maybe<ShopConsentConnection>;
  /** The viewer's deposits through the payment provider, newest first. */
  readonly deposits?: Maybe<DepositConnection>;
  /** What staff did with the accounts of the customer, and when they looked, newest first. */
  readonly billingActs?: Maybe<CustomerActConnection>;
};


/** A customer: a person who holds accounts and places orders. */
export type UserAccountArgs = {
  currency: Currency;
};


/** A customer: a person who holds accounts and places orders. */
export type UserTransactionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TransactionFilter>;
  orderBy?: InputMaybe<TransactionOrder>;
};


/** A customer: a person who holds accounts and places orders. */
export type UserShopConsentsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A customer: a person who holds accounts and places orders. */
export type UserDepositsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A customer: a person who holds accounts and places orders. */
export type UserBillingActsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/**
 * A customer as staff see them. Staff with the role SUPPORT get email addresses, and the names and texts of other people,
 * masked.
 */
export type CustomerRecord = {
  readonly __typename?: 'CustomerRecord';
  /** The customer's id. */
  readonly id: Scalars['ID']['output'];
  /**
   * What the look gives: the staff member reads on with `customerRecord` for 15 minutes, in the same session. Each
   * subgraph verifies it.
   */
  readonly permit: Scalars['String']['output'];
  /** The customer's accounts: one per currency. */
  readonly accounts?: Maybe<ReadonlyArray<AccountRecord>>;
  /** The transactions of the customer's accounts, newest first. */
  readonly transactions?: Maybe<TransactionRecordConnection>;
  /** The freezes of the customer and of single accounts, newest first: at most 50. */
  readonly freezes?: Maybe<ReadonlyArray<Freeze>>;
  /** The corrections of the customer's accounts, newest first. */
  readonly corrections?: Maybe<CorrectionConnection>;
};


/**
 * A customer as staff see them. Staff with the role SUPPORT get email addresses, and the names and texts of other people,
 * masked.
 */
export type CustomerRecordTransactionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TransactionFilter>;
};


/**
 * A customer as staff see them. Staff with the role SUPPORT get email addresses, and the names and texts of other people,
 * masked.
 */
export type CustomerRecordCorrectionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** An account of a customer, for staff. */
export type AccountRecord = {
  readonly __typename?: 'AccountRecord';
  /** The account's id. */
  readonly id: Scalars['ID']['output'];
  /** The account's number. */
  readonly number: Scalars['String']['output'];
  /** The currency in which the account is held. */
  readonly currency: Currency;
  /** Whether the account can pay and receive. */
  readonly status: AccountStatus;
  /** Whether an operator froze the account. */
  readonly frozen: Scalars['Boolean']['output'];
  /** The money on the account. */
  readonly balance: Money;
  /** When the account was opened. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** When the account was closed; null while it is open. */
  readonly closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The account's statement, newest first. */
  readonly entries: EntryRecordConnection;
};


/** An account of a customer, for staff. */
export type AccountRecordEntriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** One movement on an account, for staff. */
export type EntryRecord = {
  readonly __typename?: 'EntryRecord';
  /** The entry's number within its account, from 1. */
  readonly sequence: Scalars['Int']['output'];
  /** Whether money left the account or arrived on it. */
  readonly direction: EntryDirection;
  /** How much moved: always positive. */
  readonly amount: Money;
  /** The account's balance after this entry. */
  readonly balanceAfter: Money;
  /** The transaction that the entry is a part of. */
  readonly transaction: TransactionRecord;
  /** When the entry took effect. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** An entry in a list, with its cursor. */
export type EntryRecordEdge = {
  readonly __typename?: 'EntryRecordEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: EntryRecord;
};

/** A page of entries, for staff. */
export type EntryRecordConnection = {
  readonly __typename?: 'EntryRecordConnection';
  /** The items of this page, each with its cursor. */
  readonly edges: ReadonlyArray<EntryRecordEdge>;
  /** The items of this page. */
  readonly nodes: ReadonlyArray<EntryRecord>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A transaction of a customer, for staff. */
export type TransactionRecord = {
  readonly __typename?: 'TransactionRecord';
  /** The transaction's id. */
  readonly id: Scalars['ID']['output'];
  /** What kind of movement it is. */
  readonly kind: TransactionKind;
  /** The amount that left the paying account without the fee; where there is no such account, the amount that arrived. */
  readonly amount: Money;
  /** The fee on top of the amount; null where none was charged. */
  readonly fee?: Maybe<Money>;
  /** The amount that arrived, in the currency of its account. */
  readonly received?: Maybe<Money>;
  /** The number of the account that paid. SUPPORT sees the last four digits of another customer's. */
  readonly fromAccountNumber?: Maybe<Scalars['String']['output']>;
  /** The number of the account that received. SUPPORT sees the last four digits of another customer's. */
  readonly toAccountNumber?: Maybe<Scalars['String']['output']>;
  /** The id of the order that was paid or refunded; null for other kinds. */
  readonly orderId?: Maybe<Scalars['ID']['output']>;
  /** What the payer wrote; null where the payer wrote nothing. SUPPORT does not see what another customer wrote. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** When the transaction took effect. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** A transaction in a list, with its cursor. */
export type TransactionRecordEdge = {
  readonly __typename?: 'TransactionRecordEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: TransactionRecord;
};

/** A page of transactions, for staff. */
export type TransactionRecordConnection = {
  readonly __typename?: 'TransactionRecordConnection';
  /** The items of this page, each with its cursor. */
  readonly edges: ReadonlyArray<TransactionRecordEdge>;
  /** The items of this page. */
  readonly nodes: ReadonlyArray<TransactionRecord>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** An order. It is placed as PENDING; an asynchronous payment makes it PAID or REJECTED. */
export type Order = {
  readonly __typename?: 'Order';
  /** The order's id. */
  readonly id: Scalars['ID']['output'];
  /** The payment and, after a refund, the refund: oldest first. */
  readonly transactions?: Maybe<ReadonlyArray<Transaction>>;
};

/**
 * A customer's account in one currency. Registration opens one in each currency; the USD account starts
 * with 100.00.
 */
export type Account = {
  readonly __typename?: 'Account';
  /** The account's id. */
  readonly id: Scalars['ID']['output'];
  /**
   * The number that the customer gives to others to be paid: 12 digits, of which the last is a check digit and the
   * others are random. Accounts that were opened before version 0.2.0 have 9 digits.
   */
  readonly number: Scalars['String']['output'];
  /** The currency in which the account is held. */
  readonly currency: Currency;
  /** Whether the account can pay and receive. */
  readonly status: AccountStatus;
  /** Whether an operator froze the account: it neither pays nor receives until the operator releases it. Refunds arrive. */
  readonly frozen: Scalars['Boolean']['output'];
  /** The money on the account, now or at a time. */
  readonly balance: Money;
  /** The customer who holds the account. */
  readonly owner?: Maybe<User>;
  /**
   * The account's statement: one entry per movement with the balance after it, newest first by default.
   * `from` and `to` are inclusive, and `from` must not be after `to`.
   */
  readonly entries: EntryConnection;
};


/**
 * A customer's account in one currency. Registration opens one in each currency; the USD account starts
 * with 100.00.
 */
export type AccountBalanceArgs = {
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * A customer's account in one currency. Registration opens one in each currency; the USD account starts
 * with 100.00.
 */
export type AccountEntriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  orderBy?: InputMaybe<SortDirection>;
};

/** The states of an account. */
export type AccountStatus =
  /** The account pays and receives. */
  | 'OPEN'
  /** The account neither pays nor receives, and stays closed. */
  | 'CLOSED';

/**
 * One movement on one account. `sequence` numbers the account's entries from 1 without gaps, in the
 * order in which they took effect.
 */
export type Entry = {
  readonly __typename?: 'Entry';
  /** The entry's id. */
  readonly id: Scalars['ID']['output'];
  /** The entry's number within its account, from 1. */
  readonly sequence: Scalars['Int']['output'];
  /** Whether money left the account or arrived on it. */
  readonly direction: EntryDirection;
  /** How much moved: always positive. */
  readonly amount: Money;
  /** The account's balance after this entry. */
  readonly balanceAfter: Money;
  /** The transaction that the entry is a part of. */
  readonly transaction: Transaction;
  /** When the entry took effect. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** The direction of an entry. */
export type EntryDirection =
  /** Money left the account. */
  | 'DEBIT'
  /** Money arrived on the account. */
  | 'CREDIT';

/** An entry in a list, with its cursor. */
export type EntryEdge = {
  readonly __typename?: 'EntryEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Entry;
};

/** A page of entries. */
export type EntryConnection = {
  readonly __typename?: 'EntryConnection';
  /** The entries of this page, each with its cursor. */
  readonly edges: ReadonlyArray<EntryEdge>;
  /** The entries of this page. */
  readonly nodes: ReadonlyArray<Entry>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
  /** The balance before the first entry of the period. It is the same on every page. */
  readonly openingBalance: Money;
  /** The balance after the last entry of the period. It is the same on every page. */
  readonly closingBalance: Money;
};

/** One balanced movement in the double-entry ledger. */
export type Transaction = {
  readonly __typename?: 'Transaction';
  /** The transaction's id. */
  readonly id: Scalars['ID']['output'];
  /** The number of its receipt: the id as 26 characters that a person can read out. `/statements/receipts/<number>.pdf` is the receipt. */
  readonly receiptNumber: Scalars['String']['output'];
  /** What kind of movement it is. */
  readonly kind: TransactionKind;
  /** The amount that left the `from` account without the fee; where there is no such account, the amount that arrived. */
  readonly amount: Money;
  /** The fee on top of the amount; null where none was charged. */
  readonly fee?: Maybe<Money>;
  /** The amount that arrived on the `to` account, in its currency. */
  readonly received?: Maybe<Money>;
  /**
   * Units of the `to` currency for one unit of the `from` currency, rounded to ten significant digits for
   * display; null where the currencies are the same. Amounts are computed from the exact rates.
   */
  readonly rate?: Maybe<Scalars['Decimal']['output']>;
  /** The account that paid; null where it is not one of the viewer's. */
  readonly from?: Maybe<Account>;
  /** The account that received; null where it is not one of the viewer's. */
  readonly to?: Maybe<Account>;
  /** The number of the account that paid; null where there is none. */
  readonly fromAccountNumber?: Maybe<Scalars['String']['output']>;
  /** The number of the account that received; null where there is none. */
  readonly toAccountNumber?: Maybe<Scalars['String']['output']>;
  /** The order that was paid or refunded; null for other kinds. */
  readonly order?: Maybe<Order>;
  /** What the payer wrote; null where the payer wrote nothing. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** When the transaction took effect. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** The kinds of movement. */
export type TransactionKind =
  /** The gift at registration. */
  | 'OPENING_DEPOSIT'
  /** A deposit. */
  | 'DEPOSIT'
  /** A withdrawal. */
  | 'WITHDRAWAL'
  /** A transfer between two customers' accounts, or between two accounts of one customer. */
  | 'TRANSFER'
  /** The payment of an order. */
  | 'ORDER_PAYMENT'
  /** The refund of an order. */
  | 'REFUND'
  /** A refund for a closed account: the shop owes the customer the money and holds it. */
  | 'REFUND_HELD'
  /** A correction by an operator. The description says why. */
  | 'CORRECTION';

/** A transaction in a list, with its cursor. */
export type TransactionEdge = {
  readonly __typename?: 'TransactionEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The transaction. */
  readonly node: Transaction;
};

/** A page of transactions. `totalCount` is computed only where it is selected. */
export type TransactionConnection = {
  readonly __typename?: 'TransactionConnection';
  /** The transactions of this page, each with its cursor. */
  readonly edges: ReadonlyArray<TransactionEdge>;
  /** The transactions of this page. */
  readonly nodes: ReadonlyArray<Transaction>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
  /** The number of transactions that match the filter. */
  readonly totalCount: Scalars['Int']['output'];
};

/**
 * Conditions for a list of transactions: all that are given must hold. Bounds are inclusive, and a lower
 * bound must not be above its upper bound. Amounts compare as numbers, whatever their currency: combine
 * them with `currencies`, which matches the currency of `amount` or `received`.
 */
export type TransactionFilter = {
  /** Only these kinds. */
  readonly kinds?: InputMaybe<ReadonlyArray<TransactionKind>>;
  /** Only movements of these accounts. */
  readonly accountIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only movements in these currencies. */
  readonly currencies?: InputMaybe<ReadonlyArray<Currency>>;
  /** Only at or after this time. */
  readonly createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only at or before this time. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only this amount or more. */
  readonly minAmount?: InputMaybe<Scalars['Decimal']['input']>;
  /** Only this amount or less. */
  readonly maxAmount?: InputMaybe<Scalars['Decimal']['input']>;
  /** Only transfers between the viewer's own accounts (true), or only other transactions (false). */
  readonly betweenOwnAccounts?: InputMaybe<Scalars['Boolean']['input']>;
};

/** How transactions are ordered. */
export type TransactionOrder = {
  /** The field to order by. */
  readonly field: TransactionOrderField;
  /** The direction of the order. */
  readonly direction: SortDirection;
};

/** The fields by which transactions can be ordered. */
export type TransactionOrderField =
  /** By time. */
  | 'CREATED_AT'
  /** By amount, as a number, whatever its currency. */
  | 'AMOUNT';

/** A deposit to make. */
export type DepositInput = {
  /** The id of one of the viewer's accounts. */
  readonly accountId: Scalars['ID']['input'];
  /** How much, in the account's currency. */
  readonly amount: MoneyInput;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** A withdrawal to make. */
export type WithdrawInput = {
  /** The id of one of the viewer's accounts. */
  readonly accountId: Scalars['ID']['input'];
  /** How much, in the account's currency. */
  readonly amount: MoneyInput;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** A transfer to make. */
export type TransferInput = {
  /** The id of the account that pays: one of the viewer's. */
  readonly fromAccountId: Scalars['ID']['input'];
  /** The receiving account's id or its number. */
  readonly toAccountId: Scalars['ID']['input'];
  /** The amount to transfer, in the currency of the `from` account. */
  readonly amount: MoneyInput;
  /** The id of a quote from `quoteTransfer`: the transfer does exactly what the quote says, or is refused. */
  readonly quoteId?: InputMaybe<Scalars['ID']['input']>;
  /** A text for both customers to read: at most 500 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /**
   * From `confirmIdentity`: required for a transfer to another customer from the amount on that the service has set. What
   * the viewer has sent in a day without a confirmation counts. A repeated request does not need it.
   */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** A change that needs a confirmation. */
export type ConfirmedInput = {
  /** From `confirmIdentity`. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** A transfer to be quoted. */
export type TransferQuoteInput = {
  /** The id of the account that would pay: one of the viewer's. */
  readonly fromAccountId: Scalars['ID']['input'];
  /** The receiving account's id or its number. */
  readonly toAccountId: Scalars['ID']['input'];
  /** The amount to transfer, in the currency of the `from` account; with `isReceivedAmount`, the amount that should arrive. */
  readonly amount: MoneyInput;
  /**
   * Whether `amount` is exactly what should arrive, in the currency of the `to` account. The quote then has the smallest
   * amount that pays for it: pass the quote's `amount` to `transfer`.
   */
  readonly isReceivedAmount?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The terms of a transfer, valid until `expiresAt`: pass the id to `transfer` to get exactly these. */
export type TransferQuote = {
  readonly __typename?: 'TransferQuote';
  /** The quote's id. */
  readonly id: Scalars['ID']['output'];
  /** What would be transferred, in the currency of the `from` account. */
  readonly amount: Money;
  /** The fee on top of the amount, in the same currency. */
  readonly fee: Money;
  /** What would leave the `from` account: the amount and the fee. */
  readonly total: Money;
  /** What would arrive on the `to` account, in its currency. */
  readonly received: Money;
  /** Units of the `to` currency for one unit of the `from` currency; null where they are the same. */
  readonly rate?: Maybe<Scalars['Decimal']['output']>;
  /** When the quote stops being accepted. */
  readonly expiresAt: Scalars['DateTime']['output'];
};

/** The result of `quoteTransfer`. */
export type TransferQuotePayload = {
  readonly __typename?: 'TransferQuotePayload';
  /** The quote; null when the mutation was refused. */
  readonly quote?: Maybe<TransferQuote>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Where a deposit through the payment provider stands. */
export type DepositState =
  /** The customer has not paid, or the provider has not said so. */
  | 'PENDING'
  /** The money is on the account. */
  | 'COMPLETED'
  /** No money moved, for the reason in `failure`. */
  | 'FAILED';

/** A deposit through the payment provider. It moves money when the provider says that the customer paid. */
export type Deposit = {
  readonly __typename?: 'Deposit';
  /** The deposit's id, which the provider knows as its reference. */
  readonly id: Scalars['ID']['output'];
  /** Where it stands. */
  readonly state: DepositState;
  /** The amount that the account gets. */
  readonly amount: Money;
  /** The account that gets it. */
  readonly account?: Maybe<Account>;
  /** Where the customer pays; null until the provider has answered, which takes a moment. */
  readonly payUrl?: Maybe<Scalars['String']['output']>;
  /** When it was started. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** When it was completed or failed; null while it is pending. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it failed, as the provider says; null where it did not. */
  readonly failure?: Maybe<Scalars['String']['output']>;
  /** The transaction that moved the money; null unless it is completed. */
  readonly transaction?: Maybe<Transaction>;
};

/** A deposit in a list, with its cursor. */
export type DepositEdge = {
  readonly __typename?: 'DepositEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The deposit. */
  readonly node: Deposit;
};

/** A page of deposits through the payment provider. */
export type DepositConnection = {
  readonly __typename?: 'DepositConnection';
  /** The deposits of this page, each with its cursor. */
  readonly edges: ReadonlyArray<DepositEdge>;
  /** The deposits of this page. */
  readonly nodes: ReadonlyArray<Deposit>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** The result of `startDeposit`. */
export type DepositPayload = {
  readonly __typename?: 'DepositPayload';
  /** The deposit as it stands; null when the mutation was refused. */
  readonly deposit?: Maybe<Deposit>;
  /** Whether an earlier request with the same idempotency key started it; null when the mutation was refused. */
  readonly repeated?: Maybe<Scalars['Boolean']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of a mutation that moves money. */
export type TransactionPayload = {
  readonly __typename?: 'TransactionPayload';
  /** The transaction that was made; null when the mutation was refused. */
  readonly transaction?: Maybe<Transaction>;
  /** Whether an earlier request with the same idempotency key took this effect; null when the mutation was refused. */
  readonly repeated?: Maybe<Scalars['Boolean']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A customer or an account to freeze, or to release. */
export type FreezeCustomerInput = {
  /** The customer's id. */
  readonly customerId: Scalars['ID']['input'];
  /** The id of one of the customer's accounts; null for all of them, also those that are opened later. */
  readonly accountId?: InputMaybe<Scalars['ID']['input']>;
  /** Why, for the audit log and for colleagues: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** A freeze of a customer or of one account. It is for staff only. */
export type Freeze = {
  readonly __typename?: 'Freeze';
  /** The freeze's id. */
  readonly id: Scalars['ID']['output'];
  /** The id of the frozen customer. */
  readonly customerId: Scalars['ID']['output'];
  /** The id of the frozen account; null where all of the customer's accounts are frozen. */
  readonly accountId?: Maybe<Scalars['ID']['output']>;
  /** Why it was frozen. */
  readonly reason: Scalars['String']['output'];
  /** When it was frozen. */
  readonly frozenAt: Scalars['DateTime']['output'];
  /** Why it was released; null while it is frozen. */
  readonly liftReason?: Maybe<Scalars['String']['output']>;
  /** When it was released; null while it is frozen. */
  readonly liftedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** The result of `freezeCustomer` or `unfreezeCustomer`. */
export type FreezePayload = {
  readonly __typename?: 'FreezePayload';
  /** The freeze as changed; null when the mutation was refused. */
  readonly freeze?: Maybe<Freeze>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A deposit or a withdrawal by an operator for a customer. */
export type FundingInput = {
  /** The id of an account of another customer. */
  readonly accountId: Scalars['ID']['input'];
  /** How much, in the account's currency. */
  readonly amount: MoneyInput;
  /** Why, for the audit log: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** A correction of an account's balance. */
export type ProposeCorrectionInput = {
  /** The id of an account of another customer. It may be frozen. */
  readonly accountId: Scalars['ID']['input'];
  /** Whether the account gets the amount or loses it. */
  readonly direction: EntryDirection;
  /** How much, in the account's currency. */
  readonly amount: MoneyInput;
  /** What the customer reads about it, as the transaction's description: 1 to 140 characters. */
  readonly reference: Scalars['String']['input'];
  /** Why, for the audit log and for the operator who approves: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** A transaction of the account that is reversed: direction and amount must undo exactly its effect on the account. */
  readonly reversesTransactionId?: InputMaybe<Scalars['ID']['input']>;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** A decision about another operator's correction. */
export type DecideCorrectionInput = {
  /** The correction's id. */
  readonly correctionId: Scalars['ID']['input'];
  /** Why, for the audit log: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** The states of a correction. */
export type CorrectionState =
  /** It waits for the decision of another operator. */
  | 'PROPOSED'
  /** The money has moved. */
  | 'APPLIED'
  /** Another operator declined it. */
  | 'DECLINED'
  /** Seven days passed without a decision. */
  | 'EXPIRED';

/** A correction of a customer's balance by an operator. It is for staff only. */
export type Correction = {
  readonly __typename?: 'Correction';
  /** The correction's id. */
  readonly id: Scalars['ID']['output'];
  /** The id of the account. */
  readonly accountId: Scalars['ID']['output'];
  /** The id of the customer who holds the account. */
  readonly customerId: Scalars['ID']['output'];
  /** Whether the account gets the amount or loses it. */
  readonly direction: EntryDirection;
  /** How much: always positive. */
  readonly amount: Money;
  /** What the customer reads about it. */
  readonly reference: Scalars['String']['output'];
  /** Why it was proposed. */
  readonly reason: Scalars['String']['output'];
  /** The id of the transaction that it reverses; null where it adjusts. */
  readonly reversesTransactionId?: Maybe<Scalars['ID']['output']>;
  /** Whether it is proposed, applied, declined or expired. */
  readonly state: CorrectionState;
  /** Whether another operator has to approve it. */
  readonly needsApproval: Scalars['Boolean']['output'];
  /** The id of the operator who proposed it. */
  readonly proposedBy: Scalars['ID']['output'];
  /** When it was proposed. */
  readonly proposedAt: Scalars['DateTime']['output'];
  /** When it can no longer be approved. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** The id of the operator who approved or declined it; null where none has. */
  readonly decidedBy?: Maybe<Scalars['ID']['output']>;
  /** When it was approved or declined; null where it was not. */
  readonly decidedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it was approved or declined; null where it was not. */
  readonly decisionReason?: Maybe<Scalars['String']['output']>;
  /** The id of the transaction that moved the money; null where it is not applied. */
  readonly transactionId?: Maybe<Scalars['ID']['output']>;
};

/** A correction in a list, with its cursor. */
export type CorrectionEdge = {
  readonly __typename?: 'CorrectionEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The correction. */
  readonly node: Correction;
};

/** A page of corrections. */
export type CorrectionConnection = {
  readonly __typename?: 'CorrectionConnection';
  /** The corrections of this page, each with its cursor. */
  readonly edges: ReadonlyArray<CorrectionEdge>;
  /** The corrections of this page. */
  readonly nodes: ReadonlyArray<Correction>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** Where a run of the reconciliation stands. */
export type VerificationState =
  /** An operator requested it, and no runner has begun it. */
  | 'REQUESTED'
  /** A runner works on it. */
  | 'RUNNING'
  /** It ended and found no wrong row. */
  | 'PASSED'
  /** It ended and found wrong rows. */
  | 'FOUND'
  /** It could not end, for the reason in `failure`. */
  | 'FAILED'
  /** Its runner died: it has no result, and the next run can begin. */
  | 'EXPIRED';

/** A run of the reconciliation, `verify`, which recomputes the ledger and compares the databases. It is for staff only. */
export type Verification = {
  readonly __typename?: 'Verification';
  /** The run's id. */
  readonly id: Scalars['ID']['output'];
  /** Where it stands. */
  readonly state: VerificationState;
  /** The id of the operator who requested it; null where a schedule began it. */
  readonly requestedBy?: Maybe<Scalars['ID']['output']>;
  /** Why it was requested; null where a schedule began it. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** When it was requested. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** When a runner began it; null where none has. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null where it has not. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The number of wrong rows; null where it has no result. */
  readonly findings?: Maybe<Scalars['Int']['output']>;
  /** The table and the key of the first 50 wrong rows. `npm run verify` prints all of them with their values. */
  readonly firstRows: ReadonlyArray<Scalars['String']['output']>;
  /** Why it could not end; null where it did. */
  readonly failure?: Maybe<Scalars['String']['output']>;
};

/** A run in a list, with its cursor. */
export type VerificationEdge = {
  readonly __typename?: 'VerificationEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The run. */
  readonly node: Verification;
};

/** A page of runs of the reconciliation. */
export type VerificationConnection = {
  readonly __typename?: 'VerificationConnection';
  /** The runs of this page, each with its cursor. */
  readonly edges: ReadonlyArray<VerificationEdge>;
  /** The runs of this page. */
  readonly nodes: ReadonlyArray<Verification>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A run of the reconciliation to request. */
export type RequestVerificationInput = {
  /** Why, for the audit log and for colleagues: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** The result of `requestVerification`. */
export type VerificationPayload = {
  readonly __typename?: 'VerificationPayload';
  /** The requested run; null when the mutation was refused. */
  readonly verification?: Maybe<Verification>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of a mutation of corrections. */
export type CorrectionPayload = {
  readonly __typename?: 'CorrectionPayload';
  /** The correction as changed; null when the mutation was refused. */
  readonly correction?: Maybe<Correction>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The kinds of the ledger's own accounts. */
export type HouseAccountKind =
  /** Money that came in and went out of the wallet: negative by what customers hold. */
  | 'CASH'
  /** Payments of orders, less refunds. */
  | 'SALES'
  /** Fees of transfers. */
  | 'FEES'
  /** What exchanges took and gave in each currency. */
  | 'EXCHANGE'
  /** What is owed to customers whose account is closed. */
  | 'PAYABLE'
  /** What corrections took, less what they gave. */
  | 'ADJUSTMENTS';

/** One of the ledger's own accounts in one currency. It is for staff only. */
export type HouseAccount = {
  readonly __typename?: 'HouseAccount';
  /** Which account it is. */
  readonly kind: HouseAccountKind;
  /** The account's currency. */
  readonly currency: Currency;
  /** The sum of its entries. It can be negative. */
  readonly balance: Money;
  /** The account's entries, newest first. */
  readonly entries: HouseEntryConnection;
};


/** One of the ledger's own accounts in one currency. It is for staff only. */
export type HouseAccountEntriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** One movement on a house account. */
export type HouseEntry = {
  readonly __typename?: 'HouseEntry';
  /** The id of the transaction that the entry is a part of. */
  readonly transactionId: Scalars['ID']['output'];
  /** What kind of movement it is. */
  readonly kind: TransactionKind;
  /** Whether money left the account or arrived on it. */
  readonly direction: EntryDirection;
  /** How much moved: always positive. */
  readonly amount: Money;
  /** When the entry took effect. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** An entry of a house account in a list, with its cursor. */
export type HouseEntryEdge = {
  readonly __typename?: 'HouseEntryEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: HouseEntry;
};

/** A page of entries of a house account. */
export type HouseEntryConnection = {
  readonly __typename?: 'HouseEntryConnection';
  /** The entries of this page, each with its cursor. */
  readonly edges: ReadonlyArray<HouseEntryEdge>;
  /** The entries of this page. */
  readonly nodes: ReadonlyArray<HouseEntry>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A shop: an API client with the scope `shop:orders`. Its name never changes, and another shop can have the same name. */
export type Shop = {
  readonly __typename?: 'Shop';
  /** The shop's id: the id of its API client. */
  readonly id: Scalars['ID']['output'];
  /** The public name that its owner gave it. */
  readonly name: Scalars['String']['output'];
};

/** A customer lets a shop debit one of their accounts, within limits. It never changes: a new one replaces it. */
export type ShopConsent = {
  readonly __typename?: 'ShopConsent';
  /** The consent's id. The customer gives it to the shop, which names it in its orders. */
  readonly id: Scalars['ID']['output'];
  /** The shop, with the name that the customer has seen. */
  readonly shop: Shop;
  /** Whether the shop can debit. */
  readonly state: ShopConsentState;
  /** The largest total of one order. Its currency selects the account that pays. */
  readonly orderLimit: Money;
  /** The largest sum of all orders that the shop debits in a calendar month, in UTC. A refund does not give it back. */
  readonly monthLimit: Money;
  /** What the shop has debited in this calendar month, in UTC. Refunded orders count. */
  readonly spentThisMonth: Money;
  /** When the customer gave it. */
  readonly givenAt: Scalars['DateTime']['output'];
  /** When it ends; null where the customer set no end. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was withdrawn; null where it was not. */
  readonly withdrawnAt?: Maybe<Scalars['DateTime']['output']>;
};

/** The states of a consent. */
export type ShopConsentState =
  /** The shop can debit. */
  | 'ACTIVE'
  /** Its time is over. */
  | 'EXPIRED'
  /** The customer withdrew it, gave another one to the shop, or closed the accounts. */
  | 'WITHDRAWN';

/** A consent in a list, with its cursor. */
export type ShopConsentEdge = {
  readonly __typename?: 'ShopConsentEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ShopConsent;
};

/** A page of consents, newest first. */
export type ShopConsentConnection = {
  readonly __typename?: 'ShopConsentConnection';
  /** The items of this page, each with its cursor. */
  readonly edges: ReadonlyArray<ShopConsentEdge>;
  /** The items of this page. */
  readonly nodes: ReadonlyArray<ShopConsent>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A shop to authorise. */
export type GiveShopConsentInput = {
  /** The id of the shop. */
  readonly shopId: Scalars['ID']['input'];
  /** The name of the shop as the customer has seen it: `shop` returns it. With another name, the consent is refused. */
  readonly shopName: Scalars['String']['input'];
  /** The largest total of one order. Its currency selects the account that pays. */
  readonly orderLimit: MoneyInput;
  /** The largest sum of all orders in a calendar month (UTC), in the same currency: at least the limit of one order. */
  readonly monthLimit: MoneyInput;
  /** After how many days the consent ends: 1 to 3650. Null: it has no end. */
  readonly expiresInDays?: InputMaybe<Scalars['Int']['input']>;
  /** From `confirmIdentity`. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** A consent to withdraw. */
export type WithdrawShopConsentInput = {
  /** The id of one of the viewer's consents. */
  readonly consentId: Scalars['ID']['input'];
};

/** The result of `giveShopConsent` or `withdrawShopConsent`. */
export type ShopConsentPayload = {
  readonly __typename?: 'ShopConsentPayload';
  /** The consent as changed; null when the mutation was refused. */
  readonly consent?: Maybe<ShopConsent>;
  /** Whether an earlier request with the same idempotency key gave the consent; null where there is no key or a refusal. */
  readonly repeated?: Maybe<Scalars['Boolean']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A consent as the order subgraph needs it. */
export type OrderingConsent = {
  readonly __typename?: 'OrderingConsent';
  /** The id of the customer who gave it. */
  readonly customerId: Scalars['ID']['output'];
  /** The currency of the account that pays. */
  readonly currency: Currency;
  /** The shop's name. */
  readonly shopName: Scalars['String']['output'];
};

/**
 * The whole ledger on one day: what each kind of account held before, what left and arrived, and what it held afterwards. In
 * each currency, the balances sum to zero, and what left equals what arrived. It is for staff only.
 */
export type TrialBalance = {
  readonly __typename?: 'TrialBalance';
  /** The beginning of the day, in UTC. */
  readonly from: Scalars['DateTime']['output'];
  /** The beginning of the next day, which is no part of it. */
  readonly until: Scalars['DateTime']['output'];
  /** A line for each kind of account and currency that has entries: customers' accounts first. */
  readonly lines: ReadonlyArray<TrialBalanceLine>;
};

/** The accounts of one kind in one currency on one day. */
export type TrialBalanceLine = {
  readonly __typename?: 'TrialBalanceLine';
  /** Which of the ledger's own accounts it is; null for the sum of all customers' accounts. */
  readonly account?: Maybe<HouseAccountKind>;
  /** The accounts' currency. */
  readonly currency: Currency;
  /** The balance before the day. It can be negative. */
  readonly opening: Money;
  /** What left the accounts on the day: zero or more. */
  readonly debits: Money;
  /** What arrived on the accounts on the day: zero or more. */
  readonly credits: Money;
  /** The balance after the day. It can be negative. */
  readonly closing: Money;
};

/** The result of `closeAccounts`. */
export type CloseAccountsPayload = {
  readonly __typename?: 'CloseAccountsPayload';
  /** The closed accounts; null when the mutation was refused. */
  readonly accounts?: Maybe<ReadonlyArray<Account>>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What staff did. */
export type StaffAct =
  /** Looked at a customer's data. */
  | 'LOOKED_AT_CUSTOMER'
  /** Ended a customer's sessions. */
  | 'ENDED_SESSIONS'
  /** Reset a customer's second factors. */
  | 'RESET_SECOND_FACTORS'
  /** Restored a customer's email address. */
  | 'RESTORED_EMAIL'
  /** Sent a message again. */
  | 'RESENT_MESSAGE'
  /** Granted a role of staff. */
  | 'GRANTED_ROLE'
  /** Revoked a role of staff. */
  | 'REVOKED_ROLE'
  /** Made a dead letter due again. */
  | 'REPLAYED_DEAD_LETTER'
  /** Requested a run of the reconciliation. */
  | 'REQUESTED_VERIFICATION'
  /** Froze a customer's accounts. */
  | 'FROZE'
  /** Lifted a freeze of a customer's accounts. */
  | 'UNFROZE'
  /** Requested the refund of a customer's order. */
  | 'REFUNDED_ORDER'
  /** Proposed a correction of the ledger. */
  | 'PROPOSED_CORRECTION'
  /** Approved a correction of the ledger. */
  | 'APPROVED_CORRECTION'
  /** Declined a correction of the ledger. */
  | 'DECLINED_CORRECTION'
  /** Deposited for a customer. */
  | 'DEPOSITED'
  /** Withdrew for a customer. */
  | 'WITHDREW'
  /** Looked at the house's accounts. */
  | 'LOOKED_AT_HOUSE_ACCOUNTS'
  /** Looked at the corrections of all customers. */
  | 'LOOKED_AT_CORRECTIONS'
  /** Requested an act that was refused. */
  | 'WAS_REFUSED';

/** An entry of the audit log. Each entry's hash covers all its values and the hash of the entry before it. */
export type AuditEntry = {
  readonly __typename?: 'AuditEntry';
  /** The number of the entry in its log, from 1 without gaps. */
  readonly sequence: Scalars['Int']['output'];
  /** What was done. */
  readonly act: StaffAct;
  /** The id of the staff member; null where it was done with a command on the machine. */
  readonly actorId?: Maybe<Scalars['ID']['output']>;
  /** The email address of the staff member, or the system user of the command. */
  readonly actor: Scalars['String']['output'];
  /** The session of the staff member. */
  readonly sessionId?: Maybe<Scalars['ID']['output']>;
  /** The id of the customer whom it concerns. */
  readonly customerId?: Maybe<Scalars['ID']['output']>;
  /** What it changed, as `<kind>:<id>`. */
  readonly subject?: Maybe<Scalars['String']['output']>;
  /** The changed values before, as a JSON object. */
  readonly valuesBefore?: Maybe<Scalars['String']['output']>;
  /** The changed values after, as a JSON object. */
  readonly valuesAfter?: Maybe<Scalars['String']['output']>;
  /** Why it was done. */
  readonly reason: Scalars['String']['output'];
  /** The network address from which it was done. */
  readonly caller: Scalars['String']['output'];
  /** When it was done. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The SHA-256 of the entry and of the one before it, in hexadecimal. */
  readonly hash: Scalars['String']['output'];
};

/** An entry of the audit log in a list, with its cursor. */
export type AuditEdge = {
  readonly __typename?: 'AuditEdge';
  /** The cursor, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: AuditEntry;
};

/** A page of entries, newest first. */
export type AuditConnection = {
  readonly __typename?: 'AuditConnection';
  /** The entries of the page, with their cursors. */
  readonly edges: ReadonlyArray<AuditEdge>;
  /** The entries of the page. */
  readonly nodes: ReadonlyArray<AuditEntry>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** Conditions for entries of the audit log: all that are given must hold. Bounds are inclusive. */
export type AuditFilter = {
  /** The id of the staff member. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** The id of the customer. */
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  /** What was done. */
  readonly acts?: InputMaybe<ReadonlyArray<StaffAct>>;
  /** The earliest time. */
  readonly createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** The latest time. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What staff did for a customer, or looked at, as the customer sees it. */
export type CustomerAct = {
  readonly __typename?: 'CustomerAct';
  /** The number of the act in its log. */
  readonly sequence: Scalars['Int']['output'];
  /** What was done. */
  readonly act: StaffAct;
  /** When it was done. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** An act of staff in a list, with its cursor. */
export type CustomerActEdge = {
  readonly __typename?: 'CustomerActEdge';
  /** The cursor, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: CustomerAct;
};

/** A page of entries, newest first. */
export type CustomerActConnection = {
  readonly __typename?: 'CustomerActConnection';
  /** The entries of the page, with their cursors. */
  readonly edges: ReadonlyArray<CustomerActEdge>;
  /** The entries of the page. */
  readonly nodes: ReadonlyArray<CustomerAct>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A change that a worker gave up on, after all its attempts. It contains ids only, no texts of customers. */
export type DeadLetter = {
  readonly __typename?: 'DeadLetter';
  /** The id, which is unique in its subgraph. */
  readonly id: Scalars['ID']['output'];
  /** The kind of change, such as `order-placed`, which names the first job. */
  readonly kind: Scalars['String']['output'];
  /** The ids of what the change is about. */
  readonly key: Scalars['String']['output'];
  /** How often it was attempted. */
  readonly attempts: Scalars['Int']['output'];
  /** When the change was committed. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it was dead-lettered. */
  readonly failedAt: Scalars['DateTime']['output'];
  /** Why it failed, with email addresses masked. */
  readonly failure: Scalars['String']['output'];
};

/** A dead letter in a list, with its cursor. */
export type DeadLetterEdge = {
  readonly __typename?: 'DeadLetterEdge';
  /** The cursor, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The dead letter. */
  readonly node: DeadLetter;
};

/** A page of dead letters, newest first. */
export type DeadLetterConnection = {
  readonly __typename?: 'DeadLetterConnection';
  /** The dead letters of the page, with their cursors. */
  readonly edges: ReadonlyArray<DeadLetterEdge>;
  /** The dead letters of the page. */
  readonly nodes: ReadonlyArray<DeadLetter>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A dead letter to replay. */
export type ReplayDeadLetterInput = {
  /** The id of the dead letter. */
  readonly id: Scalars['ID']['input'];
  /** Why, for the audit log: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** The result of replaying a dead letter. */
export type DeadLetterPayload = {
  readonly __typename?: 'DeadLetterPayload';
  /** The id of the dead letter; null when the mutation was refused. */
  readonly deadLetterId?: Maybe<Scalars['ID']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What can be read. */
export type Query = {
  readonly __typename?: 'Query';
  /** For operators: the changes of the billing subgraph that a worker gave up on, newest first. */
  readonly billingDeadLetters?: Maybe<DeadLetterConnection>;
  /** The audit log of what staff did with the accounts, newest first. For auditors. */
  readonly billingAuditLog?: Maybe<AuditConnection>;
  /** The signed-in customer. Null without an access token; `UNAUTHENTICATED` with one that is not valid. */
  readonly viewer?: Maybe<User>;
  /** Null where it does not exist or belongs to another customer: the answer is the same. */
  readonly account?: Maybe<Account>;
  /** Null where it does not exist or belongs to another customer: the answer is the same. */
  readonly transaction?: Maybe<Transaction>;
  /** For operators and auditors: the corrections of all customers, newest first. Each page is an entry of the audit log. */
  readonly corrections?: Maybe<CorrectionConnection>;
  /** For operators and auditors: the runs of the reconciliation, newest first. */
  readonly verifications?: Maybe<VerificationConnection>;
  /**
   * For operators and auditors: the ledger's own accounts that have entries, with their balances. Each request is an
   * entry of the audit log.
   */
  readonly houseAccounts?: Maybe<ReadonlyArray<HouseAccount>>;
  /**
   * For operators and auditors: the trial balance of a day in UTC. It reads every entry up to the day. Each request is an
   * entry of the audit log.
   */
  readonly trialBalance?: Maybe<TrialBalance>;
  /**
   * The id of the customer who holds an account; null where no account has the number. The user subgraph calls it for
   * staff, with a permit for this search.
   */
  readonly customerIdOfAccount?: Maybe<Scalars['ID']['output']>;
  /** One of the viewer's consents that let shops debit them. Null where it does not exist or is another customer's. */
  readonly shopConsent?: Maybe<ShopConsent>;
  /**
   * The consent in force that names the calling shop; null for any other id. The order subgraph calls it when a shop places an
   * order.
   */
  readonly orderingConsent?: Maybe<OrderingConsent>;
};


/** What can be read. */
export type QueryBillingDeadLettersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  kind?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. */
export type QueryBillingAuditLogArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
};


/** What can be read. */
export type QueryAccountArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryTransactionArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryCorrectionsArgs = {
  reason: Scalars['String']['input'];
  state?: InputMaybe<CorrectionState>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. */
export type QueryVerificationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. */
export type QueryHouseAccountsArgs = {
  reason: Scalars['String']['input'];
  kind?: InputMaybe<HouseAccountKind>;
  currency?: InputMaybe<Currency>;
};


/** What can be read. */
export type QueryTrialBalanceArgs = {
  reason: Scalars['String']['input'];
  day: Scalars['DateTime']['input'];
};


/** What can be read. */
export type QueryCustomerIdOfAccountArgs = {
  accountNumber: Scalars['String']['input'];
  permit: Scalars['String']['input'];
};


/** What can be read. */
export type QueryShopConsentArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryOrderingConsentArgs = {
  id: Scalars['ID']['input'];
};

/** What can be changed. Fields run one after the other, in the order of the document. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Starts a deposit through the payment provider: the customer pays at `payUrl`. It is refused with `FUNDING_CLOSED`
   * without `FUNDING=provider`.
   */
  readonly startDeposit?: Maybe<DepositPayload>;
  /**
   * Puts money on one of the viewer's accounts. It is refused with `FUNDING_CLOSED` where only operators do that, or a
   * payment provider does.
   */
  readonly deposit?: Maybe<TransactionPayload>;
  /** Takes money from one of the viewer's accounts. It is refused with `FUNDING_CLOSED` where only operators do that. */
  readonly withdraw?: Maybe<TransactionPayload>;
  /** Tells what a transfer would cost and what would arrive, and holds that for a short time. Moves no money. */
  readonly quoteTransfer?: Maybe<TransferQuotePayload>;
  /**
   * Moves money from one of the viewer's accounts to any account. A transfer between the viewer's own
   * accounts is free; to another customer it costs 1 % on top of the amount, rounded up to at least one
   * minor unit. Where the currencies differ the amount is converted, and what arrives is rounded down.
   * It is refused with `CONFIRMATION_REQUIRED` where the amount needs a confirmation.
   */
  readonly transfer?: Maybe<TransactionPayload>;
  /**
   * Lets a shop debit the viewer for its orders, within a limit per order and per month, and needs a confirmation. An open
   * consent for the same shop and currency is withdrawn.
   */
  readonly giveShopConsent?: Maybe<ShopConsentPayload>;
  /** Withdraws a consent: the shop debits nothing more with it. It needs no confirmation, and can be repeated. */
  readonly withdrawShopConsent?: Maybe<ShopConsentPayload>;
  /**
   * Closes all of the viewer's accounts, or none. It is refused with `ACCOUNT_NOT_EMPTY` while an account
   * has a balance, with `ACCOUNT_FROZEN` while one is frozen, and with `PAYMENTS_UNDER_WAY` while an order, a
   * refund or a transfer is being processed. Closed accounts stay closed, and their owner can place no more orders.
   */
  readonly closeAccounts?: Maybe<CloseAccountsPayload>;
  /**
   * For operators: freezes a customer or one account, which then neither pays nor receives. Refunds arrive.
   * It is refused with `ALREADY_FROZEN` where a freeze of exactly this is open, and with `OWN_ACCOUNT` where it is
   * the operator's own.
   */
  readonly freezeCustomer?: Maybe<FreezePayload>;
  /**
   * For operators: lifts the freeze of a customer or of one account. An account stays frozen while another
   * freeze covers it.
   */
  readonly unfreezeCustomer?: Maybe<FreezePayload>;
  /**
   * For operators: corrects an account's balance by a transaction of its own. It is APPLIED at once below
   * the amount that needs a second operator; otherwise it is PROPOSED for seven days. What the operator
   * corrected alone in the last day counts towards that amount.
   */
  readonly proposeCorrection?: Maybe<CorrectionPayload>;
  /** For operators: puts money on a customer's account, such as money that was paid at a desk. */
  readonly depositForCustomer?: Maybe<TransactionPayload>;
  /** For operators: takes money from a customer's account, such as money that is paid out. */
  readonly withdrawForCustomer?: Maybe<TransactionPayload>;
  /** For operators: applies a correction that another operator proposed. */
  readonly approveCorrection?: Maybe<CorrectionPayload>;
  /**
   * For operators: requests a run of the reconciliation. It is refused with `VERIFICATION_PENDING` where one is
   * requested or running.
   */
  readonly requestVerification?: Maybe<VerificationPayload>;
  /** For operators: declines a correction that another operator proposed. */
  readonly declineCorrection?: Maybe<CorrectionPayload>;
  /** For operators: makes a dead letter of the billing subgraph due again. It goes through all its jobs; each effect is idempotent. */
  readonly replayBillingDeadLetter?: Maybe<DeadLetterPayload>;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationStartDepositArgs = {
  input: DepositInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationDepositArgs = {
  input: DepositInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationWithdrawArgs = {
  input: WithdrawInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationQuoteTransferArgs = {
  input: TransferQuoteInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationTransferArgs = {
  input: TransferInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationGiveShopConsentArgs = {
  input: GiveShopConsentInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationWithdrawShopConsentArgs = {
  input: WithdrawShopConsentInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationCloseAccountsArgs = {
  input?: InputMaybe<ConfirmedInput>;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationFreezeCustomerArgs = {
  input: FreezeCustomerInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationUnfreezeCustomerArgs = {
  input: FreezeCustomerInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationProposeCorrectionArgs = {
  input: ProposeCorrectionInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationDepositForCustomerArgs = {
  input: FundingInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationWithdrawForCustomerArgs = {
  input: FundingInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationApproveCorrectionArgs = {
  input: DecideCorrectionInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRequestVerificationArgs = {
  input: RequestVerificationInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationDeclineCorrectionArgs = {
  input: DecideCorrectionInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationReplayBillingDeadLetterArgs = {
  input: ReplayDeadLetterInput;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  User: User;
  CustomerRecord: CustomerRecord;
  Order: Order;
  Account: Account;
  Transaction: Transaction;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
  CustomerRecord:
    ( { __typename: 'CustomerRecord' }
    & GraphQLRecursivePick<FederationTypes['CustomerRecord'], {"id":true,"permit":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  Account:
    ( { __typename: 'Account' }
    & GraphQLRecursivePick<FederationTypes['Account'], {"id":true}> );
  Transaction:
    ( { __typename: 'Transaction' }
    & GraphQLRecursivePick<FederationTypes['Transaction'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Currency: Currency;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  UserError: ResolverTypeWrapper<UserError>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  UserErrorCode: UserErrorCode;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  SortDirection: SortDirection;
  User: ResolverTypeWrapper<CustomerReference>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CustomerRecord: ResolverTypeWrapper<CustomerRecordReference>;
  AccountRecord: ResolverTypeWrapper<AccountRow>;
  EntryRecord: ResolverTypeWrapper<EntryRecordView>;
  EntryRecordEdge: ResolverTypeWrapper<Omit<EntryRecordEdge, 'node'> & { node: ResolversTypes['EntryRecord'] }>;
  EntryRecordConnection: ResolverTypeWrapper<Omit<EntryRecordConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EntryRecordEdge']>, nodes: ReadonlyArray<ResolversTypes['EntryRecord']> }>;
  TransactionRecord: ResolverTypeWrapper<TransactionRecordView>;
  TransactionRecordEdge: ResolverTypeWrapper<Omit<TransactionRecordEdge, 'node'> & { node: ResolversTypes['TransactionRecord'] }>;
  TransactionRecordConnection: ResolverTypeWrapper<Omit<TransactionRecordConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['TransactionRecordEdge']>, nodes: ReadonlyArray<ResolversTypes['TransactionRecord']> }>;
  Order: ResolverTypeWrapper<OrderReference>;
  Account: ResolverTypeWrapper<AccountRow>;
  AccountStatus: AccountStatus;
  Entry: ResolverTypeWrapper<StatementRow>;
  EntryDirection: EntryDirection;
  EntryEdge: ResolverTypeWrapper<Omit<EntryEdge, 'node'> & { node: ResolversTypes['Entry'] }>;
  EntryConnection: ResolverTypeWrapper<EntryPage>;
  Transaction: ResolverTypeWrapper<TransactionRow>;
  TransactionKind: TransactionKind;
  TransactionEdge: ResolverTypeWrapper<Omit<TransactionEdge, 'node'> & { node: ResolversTypes['Transaction'] }>;
  TransactionConnection: ResolverTypeWrapper<TransactionPage>;
  TransactionFilter: TransactionFilter;
  TransactionOrder: TransactionOrder;
  TransactionOrderField: TransactionOrderField;
  DepositInput: DepositInput;
  WithdrawInput: WithdrawInput;
  TransferInput: TransferInput;
  ConfirmedInput: ConfirmedInput;
  TransferQuoteInput: TransferQuoteInput;
  TransferQuote: ResolverTypeWrapper<QuoteRow>;
  TransferQuotePayload: ResolverTypeWrapper<Omit<TransferQuotePayload, 'quote'> & { quote?: Maybe<ResolversTypes['TransferQuote']> }>;
  DepositState: DepositState;
  Deposit: ResolverTypeWrapper<ProviderPaymentRow>;
  DepositEdge: ResolverTypeWrapper<Omit<DepositEdge, 'node'> & { node: ResolversTypes['Deposit'] }>;
  DepositConnection: ResolverTypeWrapper<Omit<DepositConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DepositEdge']>, nodes: ReadonlyArray<ResolversTypes['Deposit']> }>;
  DepositPayload: ResolverTypeWrapper<Omit<DepositPayload, 'deposit'> & { deposit?: Maybe<ResolversTypes['Deposit']> }>;
  TransactionPayload: ResolverTypeWrapper<Omit<TransactionPayload, 'transaction'> & { transaction?: Maybe<ResolversTypes['Transaction']> }>;
  FreezeCustomerInput: FreezeCustomerInput;
  Freeze: ResolverTypeWrapper<FreezeRow>;
  FreezePayload: ResolverTypeWrapper<Omit<FreezePayload, 'freeze'> & { freeze?: Maybe<ResolversTypes['Freeze']> }>;
  FundingInput: FundingInput;
  ProposeCorrectionInput: ProposeCorrectionInput;
  DecideCorrectionInput: DecideCorrectionInput;
  CorrectionState: CorrectionState;
  Correction: ResolverTypeWrapper<CorrectionView>;
  CorrectionEdge: ResolverTypeWrapper<Omit<CorrectionEdge, 'node'> & { node: ResolversTypes['Correction'] }>;
  CorrectionConnection: ResolverTypeWrapper<Omit<CorrectionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['CorrectionEdge']>, nodes: ReadonlyArray<ResolversTypes['Correction']> }>;
  VerificationState: VerificationState;
  Verification: ResolverTypeWrapper<VerificationRow>;
  VerificationEdge: ResolverTypeWrapper<Omit<VerificationEdge, 'node'> & { node: ResolversTypes['Verification'] }>;
  VerificationConnection: ResolverTypeWrapper<Omit<VerificationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['VerificationEdge']>, nodes: ReadonlyArray<ResolversTypes['Verification']> }>;
  RequestVerificationInput: RequestVerificationInput;
  VerificationPayload: ResolverTypeWrapper<Omit<VerificationPayload, 'verification'> & { verification?: Maybe<ResolversTypes['Verification']> }>;
  CorrectionPayload: ResolverTypeWrapper<Omit<CorrectionPayload, 'correction'> & { correction?: Maybe<ResolversTypes['Correction']> }>;
  HouseAccountKind: HouseAccountKind;
  HouseAccount: ResolverTypeWrapper<HouseAccountRow>;
  HouseEntry: ResolverTypeWrapper<HouseEntryRow>;
  HouseEntryEdge: ResolverTypeWrapper<Omit<HouseEntryEdge, 'node'> & { node: ResolversTypes['HouseEntry'] }>;
  HouseEntryConnection: ResolverTypeWrapper<Omit<HouseEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['HouseEntryEdge']>, nodes: ReadonlyArray<ResolversTypes['HouseEntry']> }>;
  Shop: ResolverTypeWrapper<Shop>;
  ShopConsent: ResolverTypeWrapper<ShopConsentRow>;
  ShopConsentState: ShopConsentState;
  ShopConsentEdge: ResolverTypeWrapper<Omit<ShopConsentEdge, 'node'> & { node: ResolversTypes['ShopConsent'] }>;
  ShopConsentConnection: ResolverTypeWrapper<Omit<ShopConsentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ShopConsentEdge']>, nodes: ReadonlyArray<ResolversTypes['ShopConsent']> }>;
  GiveShopConsentInput: GiveShopConsentInput;
  WithdrawShopConsentInput: WithdrawShopConsentInput;
  ShopConsentPayload: ResolverTypeWrapper<Omit<ShopConsentPayload, 'consent'> & { consent?: Maybe<ResolversTypes['ShopConsent']> }>;
  OrderingConsent: ResolverTypeWrapper<OrderingConsent>;
  TrialBalance: ResolverTypeWrapper<TrialBalanceDay>;
  TrialBalanceLine: ResolverTypeWrapper<TrialBalanceLineRow>;
  CloseAccountsPayload: ResolverTypeWrapper<Omit<CloseAccountsPayload, 'accounts'> & { accounts?: Maybe<ReadonlyArray<ResolversTypes['Account']>> }>;
  StaffAct: StaffAct;
  AuditEntry: ResolverTypeWrapper<StaffActRow>;
  AuditEdge: ResolverTypeWrapper<Omit<AuditEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  AuditConnection: ResolverTypeWrapper<Omit<AuditConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AuditEdge']>, nodes: ReadonlyArray<ResolversTypes['AuditEntry']> }>;
  AuditFilter: AuditFilter;
  CustomerAct: ResolverTypeWrapper<StaffActRow>;
  CustomerActEdge: ResolverTypeWrapper<Omit<CustomerActEdge, 'node'> & { node: ResolversTypes['CustomerAct'] }>;
  CustomerActConnection: ResolverTypeWrapper<Omit<CustomerActConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['CustomerActEdge']>, nodes: ReadonlyArray<ResolversTypes['CustomerAct']> }>;
  DeadLetter: ResolverTypeWrapper<DeadLetter>;
  DeadLetterEdge: ResolverTypeWrapper<DeadLetterEdge>;
  DeadLetterConnection: ResolverTypeWrapper<DeadLetterConnection>;
  ReplayDeadLetterInput: ReplayDeadLetterInput;
  DeadLetterPayload: ResolverTypeWrapper<DeadLetterPayload>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Decimal: Scalars['Decimal']['output'];
  DateTime: Scalars['DateTime']['output'];
  Money: Money;
  MoneyInput: MoneyInput;
  UserError: UserError;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  User: CustomerReference;
  ID: Scalars['ID']['output'];
  CustomerRecord: CustomerRecordReference;
  AccountRecord: AccountRow;
  EntryRecord: EntryRecordView;
  EntryRecordEdge: Omit<EntryRecordEdge, 'node'> & { node: ResolversParentTypes['EntryRecord'] };
  EntryRecordConnection: Omit<EntryRecordConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EntryRecordEdge']>, nodes: ReadonlyArray<ResolversParentTypes['EntryRecord']> };
  TransactionRecord: TransactionRecordView;
  TransactionRecordEdge: Omit<TransactionRecordEdge, 'node'> & { node: ResolversParentTypes['TransactionRecord'] };
  TransactionRecordConnection: Omit<TransactionRecordConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['TransactionRecordEdge']>, nodes: ReadonlyArray<ResolversParentTypes['TransactionRecord']> };
  Order: OrderReference;
  Account: AccountRow;
  Entry: StatementRow;
  EntryEdge: Omit<EntryEdge, 'node'> & { node: ResolversParentTypes['Entry'] };
  EntryConnection: EntryPage;
  Transaction: TransactionRow;
  TransactionEdge: Omit<TransactionEdge, 'node'> & { node: ResolversParentTypes['Transaction'] };
  TransactionConnection: TransactionPage;
  TransactionFilter: TransactionFilter;
  TransactionOrder: TransactionOrder;
  DepositInput: DepositInput;
  WithdrawInput: WithdrawInput;
  TransferInput: TransferInput;
  ConfirmedInput: ConfirmedInput;
  TransferQuoteInput: TransferQuoteInput;
  TransferQuote: QuoteRow;
  TransferQuotePayload: Omit<TransferQuotePayload, 'quote'> & { quote?: Maybe<ResolversParentTypes['TransferQuote']> };
  Deposit: ProviderPaymentRow;
  DepositEdge: Omit<DepositEdge, 'node'> & { node: ResolversParentTypes['Deposit'] };
  DepositConnection: Omit<DepositConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DepositEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Deposit']> };
  DepositPayload: Omit<DepositPayload, 'deposit'> & { deposit?: Maybe<ResolversParentTypes['Deposit']> };
  TransactionPayload: Omit<TransactionPayload, 'transaction'> & { transaction?: Maybe<ResolversParentTypes['Transaction']> };
  FreezeCustomerInput: FreezeCustomerInput;
  Freeze: FreezeRow;
  FreezePayload: Omit<FreezePayload, 'freeze'> & { freeze?: Maybe<ResolversParentTypes['Freeze']> };
  FundingInput: FundingInput;
  ProposeCorrectionInput: ProposeCorrectionInput;
  DecideCorrectionInput: DecideCorrectionInput;
  Correction: CorrectionView;
  CorrectionEdge: Omit<CorrectionEdge, 'node'> & { node: ResolversParentTypes['Correction'] };
  CorrectionConnection: Omit<CorrectionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['CorrectionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Correction']> };
  Verification: VerificationRow;
  VerificationEdge: Omit<VerificationEdge, 'node'> & { node: ResolversParentTypes['Verification'] };
  VerificationConnection: Omit<VerificationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['VerificationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Verification']> };
  RequestVerificationInput: RequestVerificationInput;
  VerificationPayload: Omit<VerificationPayload, 'verification'> & { verification?: Maybe<ResolversParentTypes['Verification']> };
  CorrectionPayload: Omit<CorrectionPayload, 'correction'> & { correction?: Maybe<ResolversParentTypes['Correction']> };
  HouseAccount: HouseAccountRow;
  HouseEntry: HouseEntryRow;
  HouseEntryEdge: Omit<HouseEntryEdge, 'node'> & { node: ResolversParentTypes['HouseEntry'] };
  HouseEntryConnection: Omit<HouseEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['HouseEntryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['HouseEntry']> };
  Shop: Shop;
  ShopConsent: ShopConsentRow;
  ShopConsentEdge: Omit<ShopConsentEdge, 'node'> & { node: ResolversParentTypes['ShopConsent'] };
  ShopConsentConnection: Omit<ShopConsentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ShopConsentEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ShopConsent']> };
  GiveShopConsentInput: GiveShopConsentInput;
  WithdrawShopConsentInput: WithdrawShopConsentInput;
  ShopConsentPayload: Omit<ShopConsentPayload, 'consent'> & { consent?: Maybe<ResolversParentTypes['ShopConsent']> };
  OrderingConsent: OrderingConsent;
  TrialBalance: TrialBalanceDay;
  TrialBalanceLine: TrialBalanceLineRow;
  CloseAccountsPayload: Omit<CloseAccountsPayload, 'accounts'> & { accounts?: Maybe<ReadonlyArray<ResolversParentTypes['Account']>> };
  AuditEntry: StaffActRow;
  AuditEdge: Omit<AuditEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  AuditConnection: Omit<AuditConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AuditEdge']>, nodes: ReadonlyArray<ResolversParentTypes['AuditEntry']> };
  AuditFilter: AuditFilter;
  CustomerAct: StaffActRow;
  CustomerActEdge: Omit<CustomerActEdge, 'node'> & { node: ResolversParentTypes['CustomerAct'] };
  CustomerActConnection: Omit<CustomerActConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['CustomerActEdge']>, nodes: ReadonlyArray<ResolversParentTypes['CustomerAct']> };
  DeadLetter: DeadLetter;
  DeadLetterEdge: DeadLetterEdge;
  DeadLetterConnection: DeadLetterConnection;
  ReplayDeadLetterInput: ReplayDeadLetterInput;
  DeadLetterPayload: DeadLetterPayload;
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type MoneyResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  retryAfterS?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  accounts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Account']>>, ParentType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<UserAccountArgs, 'currency'>>;
  transactions?: Resolver<Maybe<ResolversTypes['TransactionConnection']>, ParentType, ContextType, RequireFields<UserTransactionsArgs, 'first'>>;
  shopConsents?: Resolver<Maybe<ResolversTypes['ShopConsentConnection']>, ParentType, ContextType, RequireFields<UserShopConsentsArgs, 'first'>>;
  deposits?: Resolver<Maybe<ResolversTypes['DepositConnection']>, ParentType, ContextType, RequireFields<UserDepositsArgs, 'first'>>;
  billingActs?: Resolver<Maybe<ResolversTypes['CustomerActConnection']>, ParentType, ContextType, RequireFields<UserBillingActsArgs, 'first'>>;
};

export type CustomerRecordResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CustomerRecord'] = ResolversParentTypes['CustomerRecord'], FederationReferenceType extends FederationReferenceTypes['CustomerRecord'] = FederationReferenceTypes['CustomerRecord']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CustomerRecord']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  permit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accounts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['AccountRecord']>>, ParentType, ContextType>;
  transactions?: Resolver<Maybe<ResolversTypes['TransactionRecordConnection']>, ParentType, ContextType, RequireFields<CustomerRecordTransactionsArgs, 'first'>>;
  freezes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Freeze']>>, ParentType, ContextType>;
  corrections?: Resolver<Maybe<ResolversTypes['CorrectionConnection']>, ParentType, ContextType, RequireFields<CustomerRecordCorrectionsArgs, 'first'>>;
};

export type AccountRecordResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['AccountRecord'] = ResolversParentTypes['AccountRecord']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AccountStatus'], ParentType, ContextType>;
  frozen?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  balance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['EntryRecordConnection'], ParentType, ContextType, RequireFields<AccountRecordEntriesArgs, 'first'>>;
};

export type EntryRecordResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['EntryRecord'] = ResolversParentTypes['EntryRecord']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['EntryDirection'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  balanceAfter?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  transaction?: Resolver<ResolversTypes['TransactionRecord'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type EntryRecordEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['EntryRecordEdge'] = ResolversParentTypes['EntryRecordEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['EntryRecord'], ParentType, ContextType>;
};

export type EntryRecordConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['EntryRecordConnection'] = ResolversParentTypes['EntryRecordConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EntryRecordEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['EntryRecord']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TransactionRecordResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TransactionRecord'] = ResolversParentTypes['TransactionRecord']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TransactionKind'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  fee?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  received?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  fromAccountNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  toAccountNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TransactionRecordEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TransactionRecordEdge'] = ResolversParentTypes['TransactionRecordEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TransactionRecord'], ParentType, ContextType>;
};

export type TransactionRecordConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TransactionRecordConnection'] = ResolversParentTypes['TransactionRecordConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TransactionRecordEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TransactionRecord']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrderResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  transactions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Transaction']>>, ParentType, ContextType>;
};

export type AccountResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'], FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Account']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AccountStatus'], ParentType, ContextType>;
  frozen?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  balance?: Resolver<ResolversTypes['Money'], ParentType, ContextType, Partial<AccountBalanceArgs>>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['EntryConnection'], ParentType, ContextType, RequireFields<AccountEntriesArgs, 'first' | 'orderBy'>>;
};

export type EntryResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Entry'] = ResolversParentTypes['Entry']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['EntryDirection'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  balanceAfter?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  transaction?: Resolver<ResolversTypes['Transaction'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type EntryEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['EntryEdge'] = ResolversParentTypes['EntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Entry'], ParentType, ContextType>;
};

export type EntryConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['EntryConnection'] = ResolversParentTypes['EntryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Entry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  openingBalance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  closingBalance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type TransactionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Transaction'] = ResolversParentTypes['Transaction'], FederationReferenceType extends FederationReferenceTypes['Transaction'] = FederationReferenceTypes['Transaction']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Transaction']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  receiptNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TransactionKind'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  fee?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  received?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  fromAccountNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  toAccountNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TransactionEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TransactionEdge'] = ResolversParentTypes['TransactionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Transaction'], ParentType, ContextType>;
};

export type TransactionConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TransactionConnection'] = ResolversParentTypes['TransactionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TransactionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Transaction']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TransferQuoteResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TransferQuote'] = ResolversParentTypes['TransferQuote']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  fee?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  received?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TransferQuotePayloadResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TransferQuotePayload'] = ResolversParentTypes['TransferQuotePayload']> = {
  quote?: Resolver<Maybe<ResolversTypes['TransferQuote']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DepositResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Deposit'] = ResolversParentTypes['Deposit']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['DepositState'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  payUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  transaction?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType>;
};

export type DepositEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['DepositEdge'] = ResolversParentTypes['DepositEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Deposit'], ParentType, ContextType>;
};

export type DepositConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['DepositConnection'] = ResolversParentTypes['DepositConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DepositEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Deposit']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DepositPayloadResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['DepositPayload'] = ResolversParentTypes['DepositPayload']> = {
  deposit?: Resolver<Maybe<ResolversTypes['Deposit']>, ParentType, ContextType>;
  repeated?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TransactionPayloadResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TransactionPayload'] = ResolversParentTypes['TransactionPayload']> = {
  transaction?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType>;
  repeated?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type FreezeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Freeze'] = ResolversParentTypes['Freeze']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  accountId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  frozenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  liftReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  liftedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type FreezePayloadResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['FreezePayload'] = ResolversParentTypes['FreezePayload']> = {
  freeze?: Resolver<Maybe<ResolversTypes['Freeze']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CorrectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Correction'] = ResolversParentTypes['Correction']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  accountId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['EntryDirection'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reversesTransactionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CorrectionState'], ParentType, ContextType>;
  needsApproval?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  proposedBy?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  proposedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  decisionReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  transactionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type CorrectionEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CorrectionEdge'] = ResolversParentTypes['CorrectionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Correction'], ParentType, ContextType>;
};

export type CorrectionConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CorrectionConnection'] = ResolversParentTypes['CorrectionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CorrectionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Correction']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type VerificationResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Verification'] = ResolversParentTypes['Verification']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['VerificationState'], ParentType, ContextType>;
  requestedBy?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  findings?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  firstRows?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type VerificationEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['VerificationEdge'] = ResolversParentTypes['VerificationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Verification'], ParentType, ContextType>;
};

export type VerificationConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['VerificationConnection'] = ResolversParentTypes['VerificationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['VerificationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Verification']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type VerificationPayloadResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['VerificationPayload'] = ResolversParentTypes['VerificationPayload']> = {
  verification?: Resolver<Maybe<ResolversTypes['Verification']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CorrectionPayloadResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CorrectionPayload'] = ResolversParentTypes['CorrectionPayload']> = {
  correction?: Resolver<Maybe<ResolversTypes['Correction']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type HouseAccountResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['HouseAccount'] = ResolversParentTypes['HouseAccount']> = {
  kind?: Resolver<ResolversTypes['HouseAccountKind'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  balance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['HouseEntryConnection'], ParentType, ContextType, RequireFields<HouseAccountEntriesArgs, 'first'>>;
};

export type HouseEntryResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['HouseEntry'] = ResolversParentTypes['HouseEntry']> = {
  transactionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TransactionKind'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['EntryDirection'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type HouseEntryEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['HouseEntryEdge'] = ResolversParentTypes['HouseEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HouseEntry'], ParentType, ContextType>;
};

export type HouseEntryConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['HouseEntryConnection'] = ResolversParentTypes['HouseEntryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['HouseEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['HouseEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ShopResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Shop'] = ResolversParentTypes['Shop']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ShopConsentResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ShopConsent'] = ResolversParentTypes['ShopConsent']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  shop?: Resolver<ResolversTypes['Shop'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ShopConsentState'], ParentType, ContextType>;
  orderLimit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  monthLimit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  spentThisMonth?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  givenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  withdrawnAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ShopConsentEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ShopConsentEdge'] = ResolversParentTypes['ShopConsentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ShopConsent'], ParentType, ContextType>;
};

export type ShopConsentConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ShopConsentConnection'] = ResolversParentTypes['ShopConsentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ShopConsentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ShopConsent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ShopConsentPayloadResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ShopConsentPayload'] = ResolversParentTypes['ShopConsentPayload']> = {
  consent?: Resolver<Maybe<ResolversTypes['ShopConsent']>, ParentType, ContextType>;
  repeated?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OrderingConsentResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['OrderingConsent'] = ResolversParentTypes['OrderingConsent']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  shopName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TrialBalanceResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TrialBalance'] = ResolversParentTypes['TrialBalance']> = {
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['TrialBalanceLine']>, ParentType, ContextType>;
};

export type TrialBalanceLineResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TrialBalanceLine'] = ResolversParentTypes['TrialBalanceLine']> = {
  account?: Resolver<Maybe<ResolversTypes['HouseAccountKind']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  opening?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  debits?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  credits?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  closing?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type CloseAccountsPayloadResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CloseAccountsPayload'] = ResolversParentTypes['CloseAccountsPayload']> = {
  accounts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Account']>>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  act?: Resolver<ResolversTypes['StaffAct'], ParentType, ContextType>;
  actorId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sessionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  customerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  valuesBefore?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  valuesAfter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  caller?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['AuditEdge'] = ResolversParentTypes['AuditEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['AuditConnection'] = ResolversParentTypes['AuditConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CustomerActResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CustomerAct'] = ResolversParentTypes['CustomerAct']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  act?: Resolver<ResolversTypes['StaffAct'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CustomerActEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CustomerActEdge'] = ResolversParentTypes['CustomerActEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CustomerAct'], ParentType, ContextType>;
};

export type CustomerActConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CustomerActConnection'] = ResolversParentTypes['CustomerActConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CustomerActEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['CustomerAct']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeadLetterResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['DeadLetter'] = ResolversParentTypes['DeadLetter']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failure?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DeadLetterEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['DeadLetterEdge'] = ResolversParentTypes['DeadLetterEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DeadLetter'], ParentType, ContextType>;
};

export type DeadLetterConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['DeadLetterConnection'] = ResolversParentTypes['DeadLetterConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeadLetterEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['DeadLetter']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeadLetterPayloadResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['DeadLetterPayload'] = ResolversParentTypes['DeadLetterPayload']> = {
  deadLetterId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  billingDeadLetters?: Resolver<Maybe<ResolversTypes['DeadLetterConnection']>, ParentType, ContextType, RequireFields<QueryBillingDeadLettersArgs, 'first'>>;
  billingAuditLog?: Resolver<Maybe<ResolversTypes['AuditConnection']>, ParentType, ContextType, RequireFields<QueryBillingAuditLogArgs, 'first'>>;
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'id'>>;
  transaction?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType, RequireFields<QueryTransactionArgs, 'id'>>;
  corrections?: Resolver<Maybe<ResolversTypes['CorrectionConnection']>, ParentType, ContextType, RequireFields<QueryCorrectionsArgs, 'reason' | 'first'>>;
  verifications?: Resolver<Maybe<ResolversTypes['VerificationConnection']>, ParentType, ContextType, RequireFields<QueryVerificationsArgs, 'first'>>;
  houseAccounts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['HouseAccount']>>, ParentType, ContextType, RequireFields<QueryHouseAccountsArgs, 'reason'>>;
  trialBalance?: Resolver<Maybe<ResolversTypes['TrialBalance']>, ParentType, ContextType, RequireFields<QueryTrialBalanceArgs, 'reason' | 'day'>>;
  customerIdOfAccount?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType, RequireFields<QueryCustomerIdOfAccountArgs, 'accountNumber' | 'permit'>>;
  shopConsent?: Resolver<Maybe<ResolversTypes['ShopConsent']>, ParentType, ContextType, RequireFields<QueryShopConsentArgs, 'id'>>;
  orderingConsent?: Resolver<Maybe<ResolversTypes['OrderingConsent']>, ParentType, ContextType, RequireFields<QueryOrderingConsentArgs, 'id'>>;
};

export type MutationResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  startDeposit?: Resolver<Maybe<ResolversTypes['DepositPayload']>, ParentType, ContextType, RequireFields<MutationStartDepositArgs, 'input'>>;
  deposit?: Resolver<Maybe<ResolversTypes['TransactionPayload']>, ParentType, ContextType, RequireFields<MutationDepositArgs, 'input'>>;
  withdraw?: Resolver<Maybe<ResolversTypes['TransactionPayload']>, ParentType, ContextType, RequireFields<MutationWithdrawArgs, 'input'>>;
  quoteTransfer?: Resolver<Maybe<ResolversTypes['TransferQuotePayload']>, ParentType, ContextType, RequireFields<MutationQuoteTransferArgs, 'input'>>;
  transfer?: Resolver<Maybe<ResolversTypes['TransactionPayload']>, ParentType, ContextType, RequireFields<MutationTransferArgs, 'input'>>;
  giveShopConsent?: Resolver<Maybe<ResolversTypes['ShopConsentPayload']>, ParentType, ContextType, RequireFields<MutationGiveShopConsentArgs, 'input'>>;
  withdrawShopConsent?: Resolver<Maybe<ResolversTypes['ShopConsentPayload']>, ParentType, ContextType, RequireFields<MutationWithdrawShopConsentArgs, 'input'>>;
  closeAccounts?: Resolver<Maybe<ResolversTypes['CloseAccountsPayload']>, ParentType, ContextType, Partial<MutationCloseAccountsArgs>>;
  freezeCustomer?: Resolver<Maybe<ResolversTypes['FreezePayload']>, ParentType, ContextType, RequireFields<MutationFreezeCustomerArgs, 'input'>>;
  unfreezeCustomer?: Resolver<Maybe<ResolversTypes['FreezePayload']>, ParentType, ContextType, RequireFields<MutationUnfreezeCustomerArgs, 'input'>>;
  proposeCorrection?: Resolver<Maybe<ResolversTypes['CorrectionPayload']>, ParentType, ContextType, RequireFields<MutationProposeCorrectionArgs, 'input'>>;
  depositForCustomer?: Resolver<Maybe<ResolversTypes['TransactionPayload']>, ParentType, ContextType, RequireFields<MutationDepositForCustomerArgs, 'input'>>;
  withdrawForCustomer?: Resolver<Maybe<ResolversTypes['TransactionPayload']>, ParentType, ContextType, RequireFields<MutationWithdrawForCustomerArgs, 'input'>>;
  approveCorrection?: Resolver<Maybe<ResolversTypes['CorrectionPayload']>, ParentType, ContextType, RequireFields<MutationApproveCorrectionArgs, 'input'>>;
  requestVerification?: Resolver<Maybe<ResolversTypes['VerificationPayload']>, ParentType, ContextType, RequireFields<MutationRequestVerificationArgs, 'input'>>;
  declineCorrection?: Resolver<Maybe<ResolversTypes['CorrectionPayload']>, ParentType, ContextType, RequireFields<MutationDeclineCorrectionArgs, 'input'>>;
  replayBillingDeadLetter?: Resolver<Maybe<ResolversTypes['DeadLetterPayload']>, ParentType, ContextType, RequireFields<MutationReplayBillingDeadLetterArgs, 'input'>>;
};

export type Resolvers<ContextType = BillingContext> = {
  Decimal?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  CustomerRecord?: CustomerRecordResolvers<ContextType>;
  AccountRecord?: AccountRecordResolvers<ContextType>;
  EntryRecord?: EntryRecordResolvers<ContextType>;
  EntryRecordEdge?: EntryRecordEdgeResolvers<ContextType>;
  EntryRecordConnection?: EntryRecordConnectionResolvers<ContextType>;
  TransactionRecord?: TransactionRecordResolvers<ContextType>;
  TransactionRecordEdge?: TransactionRecordEdgeResolvers<ContextType>;
  TransactionRecordConnection?: TransactionRecordConnectionResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  Account?: AccountResolvers<ContextType>;
  Entry?: EntryResolvers<ContextType>;
  EntryEdge?: EntryEdgeResolvers<ContextType>;
  EntryConnection?: EntryConnectionResolvers<ContextType>;
  Transaction?: TransactionResolvers<ContextType>;
  TransactionEdge?: TransactionEdgeResolvers<ContextType>;
  TransactionConnection?: TransactionConnectionResolvers<ContextType>;
  TransferQuote?: TransferQuoteResolvers<ContextType>;
  TransferQuotePayload?: TransferQuotePayloadResolvers<ContextType>;
  Deposit?: DepositResolvers<ContextType>;
  DepositEdge?: DepositEdgeResolvers<ContextType>;
  DepositConnection?: DepositConnectionResolvers<ContextType>;
  DepositPayload?: DepositPayloadResolvers<ContextType>;
  TransactionPayload?: TransactionPayloadResolvers<ContextType>;
  Freeze?: FreezeResolvers<ContextType>;
  FreezePayload?: FreezePayloadResolvers<ContextType>;
  Correction?: CorrectionResolvers<ContextType>;
  CorrectionEdge?: CorrectionEdgeResolvers<ContextType>;
  CorrectionConnection?: CorrectionConnectionResolvers<ContextType>;
  Verification?: VerificationResolvers<ContextType>;
  VerificationEdge?: VerificationEdgeResolvers<ContextType>;
  VerificationConnection?: VerificationConnectionResolvers<ContextType>;
  VerificationPayload?: VerificationPayloadResolvers<ContextType>;
  CorrectionPayload?: CorrectionPayloadResolvers<ContextType>;
  HouseAccount?: HouseAccountResolvers<ContextType>;
  HouseEntry?: HouseEntryResolvers<ContextType>;
  HouseEntryEdge?: HouseEntryEdgeResolvers<ContextType>;
  HouseEntryConnection?: HouseEntryConnectionResolvers<ContextType>;
  Shop?: ShopResolvers<ContextType>;
  ShopConsent?: ShopConsentResolvers<ContextType>;
  ShopConsentEdge?: ShopConsentEdgeResolvers<ContextType>;
  ShopConsentConnection?: ShopConsentConnectionResolvers<ContextType>;
  ShopConsentPayload?: ShopConsentPayloadResolvers<ContextType>;
  OrderingConsent?: OrderingConsentResolvers<ContextType>;
  TrialBalance?: TrialBalanceResolvers<ContextType>;
  TrialBalanceLine?: TrialBalanceLineResolvers<ContextType>;
  CloseAccountsPayload?: CloseAccountsPayloadResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEdge?: AuditEdgeResolvers<ContextType>;
  AuditConnection?: AuditConnectionResolvers<ContextType>;
  CustomerAct?: CustomerActResolvers<ContextType>;
  CustomerActEdge?: CustomerActEdgeResolvers<ContextType>;
  CustomerActConnection?: CustomerActConnectionResolvers<ContextType>;
  DeadLetter?: DeadLetterResolvers<ContextType>;
  DeadLetterEdge?: DeadLetterEdgeResolvers<ContextType>;
  DeadLetterConnection?: DeadLetterConnectionResolvers<ContextType>;
  DeadLetterPayload?: DeadLetterPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
};

