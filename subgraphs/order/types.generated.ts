// Generated from schema.graphql by `npm run compose`: change that.
import type { Decimal } from '../../platform/decimal.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerReference, OrderContext } from './context.ts';
import type { OrderRow } from './entities/order.ts';
import type { OrderPage } from './services/list-orders.ts';
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
  /** Not between 1 and 1,000,000. */
  | 'INVALID_QUANTITY'
  /** Empty, or longer than 200 characters. */
  | 'INVALID_PRODUCT'
  /** It does not exist, or is not the viewer's: the two are not told apart. */
  | 'NOT_FOUND'
  /** Empty, or longer than 255 characters. */
  | 'INVALID_IDEMPOTENCY_KEY'
  /** The key was used before, with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The order is not in a state that allows it. */
  | 'INVALID_STATE'
  /** The viewer's accounts are closed, or being closed. */
  | 'ACCOUNT_CLOSED'
  /** An order, a refund or a transfer is still being processed: try again in a moment. */
  | 'PAYMENTS_UNDER_WAY';

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
  /** The viewer's orders, newest first unless ordered otherwise. `first` is 1 to 100. */
  readonly orders?: Maybe<OrderConnection>;
};


export type UserOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  orderBy?: InputMaybe<OrderOrder>;
};

/**
 * Placed as PENDING; the debit is asynchronous and makes it PAID or REJECTED. A refund is asynchronous
 * too: PAID, REFUNDING, REFUNDED.
 */
export type Order = {
  readonly __typename?: 'Order';
  readonly id: Scalars['ID']['output'];
  readonly productId: Scalars['ID']['output'];
  readonly unitPrice: Money;
  readonly quantity: Scalars['Int']['output'];
  /** Unit price times quantity. */
  readonly total: Money;
  readonly status: OrderStatus;
  /** Only where the status is REJECTED. */
  readonly rejectionReason?: Maybe<OrderRejectionReason>;
  readonly placedAt: Scalars['DateTime']['output'];
  /** When it became PAID or REJECTED. */
  readonly settledAt?: Maybe<Scalars['DateTime']['output']>;
  readonly customer?: Maybe<User>;
};

export type OrderStatus =
  | 'PENDING'
  | 'PAID'
  | 'REJECTED'
  | 'REFUNDING'
  | 'REFUNDED';

export type OrderRejectionReason =
  | 'INSUFFICIENT_FUNDS'
  | 'ACCOUNT_CLOSED'
  /** The order could not be processed; nothing was debited. */
  | 'NOT_PROCESSED';

export type OrderEdge = {
  readonly __typename?: 'OrderEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Order;
};

/** `totalCount` is computed only where it is selected. */
export type OrderConnection = {
  readonly __typename?: 'OrderConnection';
  readonly edges: ReadonlyArray<OrderEdge>;
  readonly nodes: ReadonlyArray<Order>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** All given conditions hold together; bounds are inclusive. */
export type OrderFilter = {
  readonly statuses?: InputMaybe<ReadonlyArray<OrderStatus>>;
  readonly placedAfter?: InputMaybe<Scalars['DateTime']['input']>;
  readonly placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  readonly productIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

export type OrderOrder = {
  readonly field: OrderOrderField;
  readonly direction: SortDirection;
};

export type OrderOrderField =
  | 'PLACED_AT'
  /** Totals compare as numbers, whatever their currency. */
  | 'TOTAL';

export type PlaceOrderInput = {
  /** 1 to 200 characters. */
  readonly productId: Scalars['ID']['input'];
  /** Its currency says which account pays. */
  readonly unitPrice: MoneyInput;
  /** 1 to 1,000,000. */
  readonly quantity: Scalars['Int']['input'];
  /** 1 to 255 characters of the client's choice: the same key with the same input acts once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

export type RefundOrderInput = {
  readonly orderId: Scalars['ID']['input'];
  /** 1 to 255 characters of the client's choice: the same key with the same input acts once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

export type OrderPayload = {
  readonly __typename?: 'OrderPayload';
  readonly order?: Maybe<Order>;
  readonly userErrors: ReadonlyArray<UserError>;
};

export type SealOrdersInput = {
  /** Names the closing of accounts that the seal is for: a UUID. */
  readonly closingId: Scalars['ID']['input'];
};

export type SealOrdersPayload = {
  readonly __typename?: 'SealOrdersPayload';
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
  readonly order?: Maybe<Order>;
};


export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Takes the order at once, as PENDING. Whether it could be paid shows in its status, milliseconds later. */
  readonly placeOrder?: Maybe<OrderPayload>;
  /** Asks for the money of a PAID order back; the order is REFUNDING until it is there. */
  readonly refundOrder?: Maybe<OrderPayload>;
  /**
   * For billing, before it closes the viewer's accounts: from here on the viewer can place no order and
   * ask for no refund. Refused with `PAYMENTS_UNDER_WAY` while one of either is being processed.
   */
  readonly sealOrders?: Maybe<SealOrdersPayload>;
};


export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};


export type MutationRefundOrderArgs = {
  input: RefundOrderInput;
};


export type MutationSealOrdersArgs = {
  input: SealOrdersInput;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * The viewer's own order, now and at each change of its status; ends when the status is PAID, REJECTED
   * or REFUNDED. Served by the router, over Server-Sent Events at `/graphql/stream`.
   */
  readonly orderUpdated: Order;
};


export type SubscriptionOrderUpdatedArgs = {
  id: Scalars['ID']['input'];
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
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
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
  Order: ResolverTypeWrapper<OrderRow>;
  OrderStatus: OrderStatus;
  OrderRejectionReason: OrderRejectionReason;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderConnection: ResolverTypeWrapper<OrderPage>;
  OrderFilter: OrderFilter;
  OrderOrder: OrderOrder;
  OrderOrderField: OrderOrderField;
  PlaceOrderInput: PlaceOrderInput;
  RefundOrderInput: RefundOrderInput;
  OrderPayload: ResolverTypeWrapper<Omit<OrderPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  SealOrdersInput: SealOrdersInput;
  SealOrdersPayload: ResolverTypeWrapper<SealOrdersPayload>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
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
  Order: OrderRow;
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderConnection: OrderPage;
  OrderFilter: OrderFilter;
  OrderOrder: OrderOrder;
  PlaceOrderInput: PlaceOrderInput;
  RefundOrderInput: RefundOrderInput;
  OrderPayload: Omit<OrderPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  SealOrdersInput: SealOrdersInput;
  SealOrdersPayload: SealOrdersPayload;
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type MoneyResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<UserOrdersArgs, 'first'>>;
};

export type OrderResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  rejectionReason?: Resolver<Maybe<ResolversTypes['OrderRejectionReason']>, ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderPayloadResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['OrderPayload'] = ResolversParentTypes['OrderPayload']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SealOrdersPayloadResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['SealOrdersPayload'] = ResolversParentTypes['SealOrdersPayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
};

export type MutationResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  placeOrder?: Resolver<Maybe<ResolversTypes['OrderPayload']>, ParentType, ContextType, RequireFields<MutationPlaceOrderArgs, 'input'>>;
  refundOrder?: Resolver<Maybe<ResolversTypes['OrderPayload']>, ParentType, ContextType, RequireFields<MutationRefundOrderArgs, 'input'>>;
  sealOrders?: Resolver<Maybe<ResolversTypes['SealOrdersPayload']>, ParentType, ContextType, RequireFields<MutationSealOrdersArgs, 'input'>>;
};

export type SubscriptionResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  orderUpdated?: SubscriptionResolver<ResolversTypes['Order'], "orderUpdated", ParentType, ContextType, RequireFields<SubscriptionOrderUpdatedArgs, 'id'>>;
};

export type Resolvers<ContextType = OrderContext> = {
  Decimal?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderPayload?: OrderPayloadResolvers<ContextType>;
  SealOrdersPayload?: SealOrdersPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};

