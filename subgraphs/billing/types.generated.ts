// Generated from schema.graphql by `npm run compose`: change that.
import type { Decimal } from '../../platform/decimal.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerReference, OrderReference, BillingContext } from './context.ts';
import type { AccountRow } from './entities/account.ts';
import type { StatementRow } from './entities/entry.ts';
import type { EntryPage } from './services/list-entries.ts';
import type { TransactionRow } from './entities/transaction.ts';
import type { TransactionPage } from './services/list-transactions.ts';
import type { QuoteRow } from './entities/quote.ts';
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

export type Currency =
  | 'USD'
  | 'EUR'
  | 'CNY';

/** An exact amount. `amount` has exactly the currency's number of decimal places. */
export type Money = {
  readonly __typename?: 'Money';
  readonly amount: Scalars['Decimal']['output'];
  readonly currency: Currency;
};

/** An exact amount. More decimal places than the currency has is refused, never rounded. */
export type MoneyInput = {
  readonly amount: Scalars['Decimal']['input'];
  readonly currency: Currency;
};

/** A refusal that a person can act on. A fault of the program is a top-level error instead. */
export type UserError = {
  readonly __typename?: 'UserError';
  readonly code: UserErrorCode;
  /** One sentence for the person. */
  readonly message: Scalars['String']['output'];
  /** The way from the mutation's arguments to what was wrong, as in `["input", "amount"]`; null where it is no field's fault. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

export type UserErrorCode =
  /** Zero, negative, too large, with too many decimal places, or too small to be converted. */
  | 'INVALID_AMOUNT'
  /** The account is held in another currency. */
  | 'CURRENCY_MISMATCH'
  /** The balance does not cover it. */
  | 'INSUFFICIENT_FUNDS'
  | 'SAME_ACCOUNT'
  /** It does not exist, or is not the viewer's: the two are not told apart. */
  | 'NOT_FOUND'
  | 'ACCOUNT_CLOSED'
  | 'ACCOUNT_NOT_EMPTY'
  /** An order, a refund or a transfer is still being processed: try again in a moment. */
  | 'PAYMENTS_UNDER_WAY'
  /** Empty, or longer than 255 characters. */
  | 'INVALID_IDEMPOTENCY_KEY'
  /** The key was used before, with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'QUOTE_EXPIRED';

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

export type SortDirection =
  | 'ASC'
  | 'DESC';

export type User = {
  readonly __typename?: 'User';
  readonly id: Scalars['ID']['output'];
  /** One account per currency. */
  readonly accounts?: Maybe<ReadonlyArray<Account>>;
  readonly account?: Maybe<Account>;
  /** Everything that moved the viewer's money, newest first unless ordered otherwise. `first` is 1 to 100. */
  readonly transactions?: Maybe<TransactionConnection>;
};


export type UserAccountArgs = {
  currency: Currency;
};


export type UserTransactionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TransactionFilter>;
  orderBy?: InputMaybe<TransactionOrder>;
};

export type Order = {
  readonly __typename?: 'Order';
  readonly id: Scalars['ID']['output'];
  /** The payment, and the refund if there was one, oldest first. */
  readonly transactions?: Maybe<ReadonlyArray<Transaction>>;
};

/**
 * A customer's store of value in one currency. Every customer has one per currency from the moment of
 * registration; the USD one opens with 100.00.
 */
export type Account = {
  readonly __typename?: 'Account';
  readonly id: Scalars['ID']['output'];
  /** A short number with a check digit that its owner can give to others, to be paid. */
  readonly number: Scalars['String']['output'];
  readonly currency: Currency;
  readonly status: AccountStatus;
  readonly balance: Money;
  readonly owner?: Maybe<User>;
  /**
   * The account's statement: one row per movement, newest first unless ordered otherwise, with the
   * balance after it. `first` is 1 to 100; `from` and `to` are inclusive, and `from` must not be after `to`.
   */
  readonly entries: EntryConnection;
};


/**
 * A customer's store of value in one currency. Every customer has one per currency from the moment of
 * registration; the USD one opens with 100.00.
 */
export type AccountEntriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  orderBy?: InputMaybe<SortDirection>;
};

export type AccountStatus =
  | 'OPEN'
  | 'CLOSED';

/**
 * One movement on one account. `sequence` counts the account's entries from 1 without gaps, in the order
 * in which they took effect.
 */
export type Entry = {
  readonly __typename?: 'Entry';
  readonly id: Scalars['ID']['output'];
  readonly sequence: Scalars['Int']['output'];
  readonly direction: EntryDirection;
  readonly amount: Money;
  readonly balanceAfter: Money;
  readonly transaction: Transaction;
  readonly createdAt: Scalars['DateTime']['output'];
};

export type EntryDirection =
  /** Money left the account. */
  | 'DEBIT'
  /** Money arrived on the account. */
  | 'CREDIT';

export type EntryEdge = {
  readonly __typename?: 'EntryEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Entry;
};

export type EntryConnection = {
  readonly __typename?: 'EntryConnection';
  readonly edges: ReadonlyArray<EntryEdge>;
  readonly nodes: ReadonlyArray<Entry>;
  readonly pageInfo: PageInfo;
  /** The balance before the first entry of the period, whichever page of it this is. */
  readonly openingBalance: Money;
  /** The balance after the last entry of the period, whichever page of it this is. */
  readonly closingBalance: Money;
};

/** One balanced movement in the double-entry ledger. */
export type Transaction = {
  readonly __typename?: 'Transaction';
  readonly id: Scalars['ID']['output'];
  readonly kind: TransactionKind;
  /** What left the `from` account, the fee not included; where there is none, what arrived. */
  readonly amount: Money;
  /** Null where none was charged. */
  readonly fee?: Maybe<Money>;
  /** What arrived on the `to` account, in its currency. */
  readonly received?: Maybe<Money>;
  /**
   * Units of the `to` currency for one unit of the `from` currency, where they differ: ten significant
   * digits, for people to read. Amounts come from the exact rates.
   */
  readonly rate?: Maybe<Scalars['Decimal']['output']>;
  /** Null where it is not the viewer's own. */
  readonly from?: Maybe<Account>;
  /** Null where it is not the viewer's own. */
  readonly to?: Maybe<Account>;
  readonly fromAccountNumber?: Maybe<Scalars['String']['output']>;
  readonly toAccountNumber?: Maybe<Scalars['String']['output']>;
  /** What was paid or refunded, where it was an order. */
  readonly order?: Maybe<Order>;
  readonly description?: Maybe<Scalars['String']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
};

export type TransactionKind =
  | 'OPENING_DEPOSIT'
  | 'DEPOSIT'
  | 'WITHDRAWAL'
  | 'TRANSFER'
  | 'ORDER_PAYMENT'
  | 'REFUND'
  /** A refund for an account that is closed: the shop owes the money, and holds it until it pays it out. */
  | 'REFUND_HELD';

export type TransactionEdge = {
  readonly __typename?: 'TransactionEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Transaction;
};

/** `totalCount` is computed only where it is selected. */
export type TransactionConnection = {
  readonly __typename?: 'TransactionConnection';
  readonly edges: ReadonlyArray<TransactionEdge>;
  readonly nodes: ReadonlyArray<Transaction>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/**
 * All given conditions hold together; bounds are inclusive, and a lower bound must not be above its upper
 * bound. Amounts compare as numbers, whatever their
 * currency: combine with `currencies`, which matches the currency of `amount` or `received`.
 */
export type TransactionFilter = {
  readonly kinds?: InputMaybe<ReadonlyArray<TransactionKind>>;
  readonly accountIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly currencies?: InputMaybe<ReadonlyArray<Currency>>;
  readonly createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  readonly minAmount?: InputMaybe<Scalars['Decimal']['input']>;
  readonly maxAmount?: InputMaybe<Scalars['Decimal']['input']>;
  /** Only movements between the viewer's own accounts (true), or only the others (false). */
  readonly betweenOwnAccounts?: InputMaybe<Scalars['Boolean']['input']>;
};

export type TransactionOrder = {
  readonly field: TransactionOrderField;
  readonly direction: SortDirection;
};

export type TransactionOrderField =
  | 'CREATED_AT'
  | 'AMOUNT';

export type DepositInput = {
  readonly accountId: Scalars['ID']['input'];
  readonly amount: MoneyInput;
  /** 1 to 255 characters of the client's choice: the same key with the same input acts once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

export type WithdrawInput = {
  readonly accountId: Scalars['ID']['input'];
  readonly amount: MoneyInput;
  /** 1 to 255 characters of the client's choice: the same key with the same input acts once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

export type TransferInput = {
  readonly fromAccountId: Scalars['ID']['input'];
  /** The receiving account's id or its number. */
  readonly toAccountId: Scalars['ID']['input'];
  /** In the currency of the `from` account. */
  readonly amount: MoneyInput;
  /** From `quoteTransfer`: the transfer does exactly what the quote says, or is refused. */
  readonly quoteId?: InputMaybe<Scalars['ID']['input']>;
  /** At most 500 characters, for both sides to read. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 255 characters of the client's choice: the same key with the same input acts once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

export type TransferQuoteInput = {
  readonly fromAccountId: Scalars['ID']['input'];
  /** The receiving account's id or its number. */
  readonly toAccountId: Scalars['ID']['input'];
  /** In the currency of the `from` account. */
  readonly amount: MoneyInput;
};

/** What a transfer would do, held until `expiresAt`: pass its id to `transfer` to get exactly this. */
export type TransferQuote = {
  readonly __typename?: 'TransferQuote';
  readonly id: Scalars['ID']['output'];
  readonly amount: Money;
  readonly fee: Money;
  /** What would leave the `from` account: amount and fee. */
  readonly total: Money;
  /** What would arrive, in the currency of the `to` account. */
  readonly received: Money;
  /** Units of the `to` currency for one unit of the `from` currency, where they differ. */
  readonly rate?: Maybe<Scalars['Decimal']['output']>;
  readonly expiresAt: Scalars['DateTime']['output'];
};

export type TransferQuotePayload = {
  readonly __typename?: 'TransferQuotePayload';
  readonly quote?: Maybe<TransferQuote>;
  readonly userErrors: ReadonlyArray<UserError>;
};

export type TransactionPayload = {
  readonly __typename?: 'TransactionPayload';
  readonly transaction?: Maybe<Transaction>;
  readonly userErrors: ReadonlyArray<UserError>;
};

export type CloseAccountsPayload = {
  readonly __typename?: 'CloseAccountsPayload';
  readonly accounts?: Maybe<ReadonlyArray<Account>>;
  readonly userErrors: ReadonlyArray<UserError>;
};

export type Query = {
  readonly __typename?: 'Query';
  /**
   * Who the access token speaks for. Without a token: null, and no error. With a bad token:
   * `UNAUTHENTICATED`.
   */
  readonly viewer?: Maybe<User>;
  /** Null where it does not exist or is not the viewer's: the two are not told apart. */
  readonly account?: Maybe<Account>;
  /** Null where it does not exist or is not the viewer's: the two are not told apart. */
  readonly transaction?: Maybe<Transaction>;
};


export type QueryAccountArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTransactionArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  readonly deposit?: Maybe<TransactionPayload>;
  readonly withdraw?: Maybe<TransactionPayload>;
  readonly quoteTransfer?: Maybe<TransferQuotePayload>;
  /**
   * Moves money from one of the viewer's accounts to any account. Free between the viewer's own; to
   * anybody else 1 % on top of the amount, rounded up and at least one minor unit. Converted where the
   * currencies differ; what arrives is rounded down.
   */
  readonly transfer?: Maybe<TransactionPayload>;
  /**
   * Closes all of the viewer's accounts, or none. Refused with `ACCOUNT_NOT_EMPTY` while there is money,
   * and with `PAYMENTS_UNDER_WAY` while an order, a refund or a transfer is being processed. Closed
   * accounts stay closed, and their owner can place no more orders.
   */
  readonly closeAccounts?: Maybe<CloseAccountsPayload>;
};


export type MutationDepositArgs = {
  input: DepositInput;
};


export type MutationWithdrawArgs = {
  input: WithdrawInput;
};


export type MutationQuoteTransferArgs = {
  input: TransferQuoteInput;
};


export type MutationTransferArgs = {
  input: TransferInput;
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
  Order: Order;
  Account: Account;
  Transaction: Transaction;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
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
  UserErrorCode: UserErrorCode;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  SortDirection: SortDirection;
  User: ResolverTypeWrapper<CustomerReference>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
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
  TransferQuoteInput: TransferQuoteInput;
  TransferQuote: ResolverTypeWrapper<QuoteRow>;
  TransferQuotePayload: ResolverTypeWrapper<Omit<TransferQuotePayload, 'quote'> & { quote?: Maybe<ResolversTypes['TransferQuote']> }>;
  TransactionPayload: ResolverTypeWrapper<Omit<TransactionPayload, 'transaction'> & { transaction?: Maybe<ResolversTypes['Transaction']> }>;
  CloseAccountsPayload: ResolverTypeWrapper<Omit<CloseAccountsPayload, 'accounts'> & { accounts?: Maybe<ReadonlyArray<ResolversTypes['Account']>> }>;
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
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  User: CustomerReference;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
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
  TransferQuoteInput: TransferQuoteInput;
  TransferQuote: QuoteRow;
  TransferQuotePayload: Omit<TransferQuotePayload, 'quote'> & { quote?: Maybe<ResolversParentTypes['TransferQuote']> };
  TransactionPayload: Omit<TransactionPayload, 'transaction'> & { transaction?: Maybe<ResolversParentTypes['Transaction']> };
  CloseAccountsPayload: Omit<CloseAccountsPayload, 'accounts'> & { accounts?: Maybe<ReadonlyArray<ResolversParentTypes['Account']>> };
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
  balance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
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

export type TransactionPayloadResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TransactionPayload'] = ResolversParentTypes['TransactionPayload']> = {
  transaction?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CloseAccountsPayloadResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CloseAccountsPayload'] = ResolversParentTypes['CloseAccountsPayload']> = {
  accounts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Account']>>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'id'>>;
  transaction?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType, RequireFields<QueryTransactionArgs, 'id'>>;
};

export type MutationResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  deposit?: Resolver<Maybe<ResolversTypes['TransactionPayload']>, ParentType, ContextType, RequireFields<MutationDepositArgs, 'input'>>;
  withdraw?: Resolver<Maybe<ResolversTypes['TransactionPayload']>, ParentType, ContextType, RequireFields<MutationWithdrawArgs, 'input'>>;
  quoteTransfer?: Resolver<Maybe<ResolversTypes['TransferQuotePayload']>, ParentType, ContextType, RequireFields<MutationQuoteTransferArgs, 'input'>>;
  transfer?: Resolver<Maybe<ResolversTypes['TransactionPayload']>, ParentType, ContextType, RequireFields<MutationTransferArgs, 'input'>>;
  closeAccounts?: Resolver<Maybe<ResolversTypes['CloseAccountsPayload']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = BillingContext> = {
  Decimal?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
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
  TransactionPayload?: TransactionPayloadResolvers<ContextType>;
  CloseAccountsPayload?: CloseAccountsPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
};

