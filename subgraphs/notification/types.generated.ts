// Generated from schema.graphql by `npm run compose`: change that.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerReference, OrderReference, NotificationContext } from './context.ts';
import type { NotificationRow } from './entities/notification.ts';
import type { CustomerRecordReference } from '../../platform/identity/customer-record.ts';
import type { NotificationPage } from './services/list-notifications.ts';
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
  /** RFC 3339 with milliseconds, in UTC: `2026-01-31T09:30:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  _FieldSet: { input: string; output: string; }
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
   * For a refusal by a bound, such as `TOO_MANY_ATTEMPTS`: the number of whole seconds after which the bound is open again.
   * Null where waiting does not help.
   */
  readonly retryAfterS?: Maybe<Scalars['Int']['output']>;
};

/** The reasons for which a mutation can be refused. */
export type UserErrorCode =
  /** It does not exist, or it belongs to another customer: the answer is the same. */
  | 'NOT_FOUND';

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

/** A customer: a person who holds accounts and places orders. */
export type User = {
  readonly __typename?: 'User';
  /** The customer's id. */
  readonly id: Scalars['ID']['output'];
  /** The viewer's notifications, newest first. */
  readonly notifications?: Maybe<NotificationConnection>;
};


/** A customer: a person who holds accounts and places orders. */
export type UserNotificationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<NotificationFilter>;
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
  /** The messages to the customer about orders and transfers, newest first. */
  readonly notifications?: Maybe<NotificationRecordConnection>;
};


/**
 * A customer as staff see them. Staff with the role SUPPORT get email addresses, and the names and texts of other people,
 * masked.
 */
export type CustomerRecordNotificationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<NotificationFilter>;
};

/** A message to a customer, for staff. */
export type NotificationRecord = {
  readonly __typename?: 'NotificationRecord';
  /** The notification's id. */
  readonly id: Scalars['ID']['output'];
  /** What the message is about. */
  readonly kind: NotificationKind;
  /** The email address to which the message is addressed. SUPPORT sees it masked. */
  readonly recipient: Scalars['String']['output'];
  /** The subject line. SUPPORT does not see the name of another customer. */
  readonly subject: Scalars['String']['output'];
  /** The text, without markup. SUPPORT does not see messages that have another customer's name or words. */
  readonly body: Scalars['String']['output'];
  /** The id of the order that the message is about; null where it is about none. */
  readonly orderId?: Maybe<Scalars['ID']['output']>;
  /** When the customer read the message; null while it is unread. */
  readonly readAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the message was sent by email; null where it was not. */
  readonly sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the message was written. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** A notification in a list, with its cursor. */
export type NotificationRecordEdge = {
  readonly __typename?: 'NotificationRecordEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: NotificationRecord;
};

/** A page of notifications, for staff. */
export type NotificationRecordConnection = {
  readonly __typename?: 'NotificationRecordConnection';
  /** The items of this page, each with its cursor. */
  readonly edges: ReadonlyArray<NotificationRecordEdge>;
  /** The items of this page. */
  readonly nodes: ReadonlyArray<NotificationRecord>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** An order. It is placed as PENDING; an asynchronous payment makes it PAID or REJECTED. */
export type Order = {
  readonly __typename?: 'Order';
  /** The order's id. */
  readonly id: Scalars['ID']['output'];
  /** The notifications about the order, oldest first. */
  readonly notifications?: Maybe<ReadonlyArray<Notification>>;
};

/** A message to the customer. It is always stored, and sent by email where a mail server is configured. */
export type Notification = {
  readonly __typename?: 'Notification';
  /** The notification's id. */
  readonly id: Scalars['ID']['output'];
  /** What the message is about. */
  readonly kind: NotificationKind;
  /** The email address to which the message is addressed. */
  readonly recipient: Scalars['String']['output'];
  /** The subject line. */
  readonly subject: Scalars['String']['output'];
  /** The text, without markup. */
  readonly body: Scalars['String']['output'];
  /** The order that the message is about; null where it is about none. */
  readonly order?: Maybe<Order>;
  /** When the customer read the message; null while it is unread. */
  readonly readAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the message was written. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** What a message can be about. */
export type NotificationKind =
  /** An order was paid. */
  | 'ORDER_PAID'
  /** An order was rejected. */
  | 'ORDER_REJECTED'
  /** An order was refunded. */
  | 'ORDER_REFUNDED'
  /** Another customer sent money. */
  | 'TRANSFER_RECEIVED';

/** A notification in a list, with its cursor. */
export type NotificationEdge = {
  readonly __typename?: 'NotificationEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The notification. */
  readonly node: Notification;
};

/** A page of notifications. `totalCount` and `unreadCount` are computed only where they are selected. */
export type NotificationConnection = {
  readonly __typename?: 'NotificationConnection';
  /** The notifications of this page, each with its cursor. */
  readonly edges: ReadonlyArray<NotificationEdge>;
  /** The notifications of this page. */
  readonly nodes: ReadonlyArray<Notification>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
  /** The number of notifications that match the filter. */
  readonly totalCount: Scalars['Int']['output'];
  /** The number of all the viewer's unread notifications, whatever the filter. */
  readonly unreadCount: Scalars['Int']['output'];
};

/** Conditions for a list of notifications: all that are given must hold. */
export type NotificationFilter = {
  /** Only these kinds. */
  readonly kinds?: InputMaybe<ReadonlyArray<NotificationKind>>;
  /** Only unread messages (true), or only read ones (false). */
  readonly unread?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A notification to mark as read. */
export type MarkNotificationReadInput = {
  /** The id of one of the viewer's notifications. */
  readonly notificationId: Scalars['ID']['input'];
};

/** The result of `markNotificationRead`. */
export type NotificationPayload = {
  readonly __typename?: 'NotificationPayload';
  /** The notification as changed; null when the mutation was refused. */
  readonly notification?: Maybe<Notification>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What can be read. */
export type Query = {
  readonly __typename?: 'Query';
  /** The signed-in customer. Null without an access token; `UNAUTHENTICATED` with one that is not valid. */
  readonly viewer?: Maybe<User>;
  /** Null where it does not exist or belongs to another customer: the answer is the same. */
  readonly notification?: Maybe<Notification>;
  /**
   * The id of the customer who got a notification; null where no notification has the id. The user subgraph calls it for
   * staff, with a permit for this search.
   */
  readonly customerIdOfNotification?: Maybe<Scalars['ID']['output']>;
};


/** What can be read. */
export type QueryNotificationArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryCustomerIdOfNotificationArgs = {
  notificationId: Scalars['ID']['input'];
  permit: Scalars['String']['input'];
};

/** What can be changed. Fields run one after the other, in the order of the document. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Marks a notification as read. Marking it again changes nothing. */
  readonly markNotificationRead?: Maybe<NotificationPayload>;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationMarkNotificationReadArgs = {
  input: MarkNotificationReadInput;
};

/** What can be watched. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * The viewer's notifications, as soon as they are written. The router serves it over Server-Sent
   * Events.
   */
  readonly notificationAdded: Notification;
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
  Notification: Notification;
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
  Notification:
    ( { __typename: 'Notification' }
    & GraphQLRecursivePick<FederationTypes['Notification'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  UserError: ResolverTypeWrapper<UserError>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  UserErrorCode: UserErrorCode;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  User: ResolverTypeWrapper<CustomerReference>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CustomerRecord: ResolverTypeWrapper<CustomerRecordReference>;
  NotificationRecord: ResolverTypeWrapper<NotificationRow>;
  NotificationRecordEdge: ResolverTypeWrapper<Omit<NotificationRecordEdge, 'node'> & { node: ResolversTypes['NotificationRecord'] }>;
  NotificationRecordConnection: ResolverTypeWrapper<Omit<NotificationRecordConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['NotificationRecordEdge']>, nodes: ReadonlyArray<ResolversTypes['NotificationRecord']> }>;
  Order: ResolverTypeWrapper<OrderReference>;
  Notification: ResolverTypeWrapper<NotificationRow>;
  NotificationKind: NotificationKind;
  NotificationEdge: ResolverTypeWrapper<Omit<NotificationEdge, 'node'> & { node: ResolversTypes['Notification'] }>;
  NotificationConnection: ResolverTypeWrapper<NotificationPage>;
  NotificationFilter: NotificationFilter;
  MarkNotificationReadInput: MarkNotificationReadInput;
  NotificationPayload: ResolverTypeWrapper<Omit<NotificationPayload, 'notification'> & { notification?: Maybe<ResolversTypes['Notification']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  UserError: UserError;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  User: CustomerReference;
  ID: Scalars['ID']['output'];
  CustomerRecord: CustomerRecordReference;
  NotificationRecord: NotificationRow;
  NotificationRecordEdge: Omit<NotificationRecordEdge, 'node'> & { node: ResolversParentTypes['NotificationRecord'] };
  NotificationRecordConnection: Omit<NotificationRecordConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['NotificationRecordEdge']>, nodes: ReadonlyArray<ResolversParentTypes['NotificationRecord']> };
  Order: OrderReference;
  Notification: NotificationRow;
  NotificationEdge: Omit<NotificationEdge, 'node'> & { node: ResolversParentTypes['Notification'] };
  NotificationConnection: NotificationPage;
  NotificationFilter: NotificationFilter;
  MarkNotificationReadInput: MarkNotificationReadInput;
  NotificationPayload: Omit<NotificationPayload, 'notification'> & { notification?: Maybe<ResolversParentTypes['Notification']> };
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type UserErrorResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  retryAfterS?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  notifications?: Resolver<Maybe<ResolversTypes['NotificationConnection']>, ParentType, ContextType, RequireFields<UserNotificationsArgs, 'first'>>;
};

export type CustomerRecordResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['CustomerRecord'] = ResolversParentTypes['CustomerRecord'], FederationReferenceType extends FederationReferenceTypes['CustomerRecord'] = FederationReferenceTypes['CustomerRecord']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CustomerRecord']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  permit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  notifications?: Resolver<Maybe<ResolversTypes['NotificationRecordConnection']>, ParentType, ContextType, RequireFields<CustomerRecordNotificationsArgs, 'first'>>;
};

export type NotificationRecordResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['NotificationRecord'] = ResolversParentTypes['NotificationRecord']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NotificationKind'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  readAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type NotificationRecordEdgeResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['NotificationRecordEdge'] = ResolversParentTypes['NotificationRecordEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['NotificationRecord'], ParentType, ContextType>;
};

export type NotificationRecordConnectionResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['NotificationRecordConnection'] = ResolversParentTypes['NotificationRecordConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['NotificationRecordEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['NotificationRecord']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrderResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  notifications?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Notification']>>, ParentType, ContextType>;
};

export type NotificationResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['Notification'] = ResolversParentTypes['Notification'], FederationReferenceType extends FederationReferenceTypes['Notification'] = FederationReferenceTypes['Notification']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Notification']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NotificationKind'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  readAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type NotificationEdgeResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['NotificationEdge'] = ResolversParentTypes['NotificationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Notification'], ParentType, ContextType>;
};

export type NotificationConnectionResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['NotificationConnection'] = ResolversParentTypes['NotificationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['NotificationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Notification']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NotificationPayloadResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['NotificationPayload'] = ResolversParentTypes['NotificationPayload']> = {
  notification?: Resolver<Maybe<ResolversTypes['Notification']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  notification?: Resolver<Maybe<ResolversTypes['Notification']>, ParentType, ContextType, RequireFields<QueryNotificationArgs, 'id'>>;
  customerIdOfNotification?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType, RequireFields<QueryCustomerIdOfNotificationArgs, 'notificationId' | 'permit'>>;
};

export type MutationResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  markNotificationRead?: Resolver<Maybe<ResolversTypes['NotificationPayload']>, ParentType, ContextType, RequireFields<MutationMarkNotificationReadArgs, 'input'>>;
};

export type SubscriptionResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  notificationAdded?: SubscriptionResolver<ResolversTypes['Notification'], "notificationAdded", ParentType, ContextType>;
};

export type Resolvers<ContextType = NotificationContext> = {
  DateTime?: GraphQLScalarType;
  UserError?: UserErrorResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  CustomerRecord?: CustomerRecordResolvers<ContextType>;
  NotificationRecord?: NotificationRecordResolvers<ContextType>;
  NotificationRecordEdge?: NotificationRecordEdgeResolvers<ContextType>;
  NotificationRecordConnection?: NotificationRecordConnectionResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  Notification?: NotificationResolvers<ContextType>;
  NotificationEdge?: NotificationEdgeResolvers<ContextType>;
  NotificationConnection?: NotificationConnectionResolvers<ContextType>;
  NotificationPayload?: NotificationPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};

