// Generated from schema.graphql by `npm run compose`: change that.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerReference, OrderReference, NotificationContext } from './context.ts';
import type { NotificationRow } from './entities/notification.ts';
import type { CustomerRecordReference } from '../../platform/identity/customer-record.ts';
import type { WebhookEndpointRow } from './entities/webhook-endpoint.ts';
import type { DeliveryView } from './services/list-webhooks.ts';
import type { WebhookAttemptRow } from './entities/webhook-attempt.ts';
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
   * For a refusal by a rate limit, such as `TOO_MANY_ATTEMPTS`: the whole seconds until the client can try again.
   * Null if waiting does not help.
   */
  readonly retryAfterS?: Maybe<Scalars['Int']['output']>;
};

/** The reasons for which a mutation can be refused. */
export type UserErrorCode =
  /** It does not exist, or it belongs to another customer: the answer is the same. */
  | 'NOT_FOUND'
  /** The mutation needs a valid `confirmation` from `confirmIdentity`. */
  | 'CONFIRMATION_REQUIRED'
  /** The URL of a webhook is malformed, or its host may not be called. */
  | 'INVALID_URL'
  /** A webhook needs at least one event type, and each once. */
  | 'INVALID_EVENT_TYPES'
  /** The description is longer than 200 characters, or is not one line. */
  | 'INVALID_DESCRIPTION'
  /** A number of days or hours, or a period, is out of its bounds. */
  | 'INVALID_TIME'
  /** The customer has ten webhooks. Delete one first. */
  | 'TOO_MANY_WEBHOOKS'
  /** Too many codes, messages or test events: the message of the error says what to do. */
  | 'TOO_MANY_ATTEMPTS'
  /** The webhook is disabled. Enable it first. */
  | 'WEBHOOK_DISABLED';

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
  /** The viewer's webhooks, oldest first: at most ten. */
  readonly webhookEndpoints?: Maybe<ReadonlyArray<WebhookEndpoint>>;
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
  /** An order was cancelled before it was paid. */
  | 'ORDER_CANCELLED'
  /** An order was refunded, in whole or in part. */
  | 'ORDER_REFUNDED'
  /** Another customer sent money. */
  | 'TRANSFER_RECEIVED'
  /** A webhook of the customer was disabled, because it failed for days or is gone. */
  | 'WEBHOOK_DISABLED';

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

/** A URL to which the service sends the customer's events (Standard Webhooks). See docs/webhooks.md. */
export type WebhookEndpoint = {
  readonly __typename?: 'WebhookEndpoint';
  /** The webhook's id. */
  readonly id: Scalars['ID']['output'];
  /** The URL that gets the events. */
  readonly url: Scalars['String']['output'];
  /** The types of events that it gets. */
  readonly eventTypes: ReadonlyArray<WebhookEventType>;
  /** The customer's words about it; empty if there are none. */
  readonly description: Scalars['String']['output'];
  /** Whether it gets events. */
  readonly status: WebhookStatus;
  /** Why it is disabled; null if it is not. */
  readonly disabledReason?: Maybe<WebhookDisabledReason>;
  /** When it was disabled; null if it is not. */
  readonly disabledAt?: Maybe<Scalars['DateTime']['output']>;
  /** Until when the secret before the newest one signs too; null if there is none. */
  readonly oldSecretEndsAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The events for this webhook, newest first. They are kept for 30 days. */
  readonly deliveries?: Maybe<WebhookDeliveryConnection>;
};


/** A URL to which the service sends the customer's events (Standard Webhooks). See docs/webhooks.md. */
export type WebhookEndpointDeliveriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  statuses?: InputMaybe<ReadonlyArray<WebhookDeliveryStatus>>;
};

/** The types of events that a webhook can get. In requests, their names are written as `order.paid`. */
export type WebhookEventType =
  /** An order was paid. */
  | 'ORDER_PAID'
  /** An order was rejected. Nothing was debited. */
  | 'ORDER_REJECTED'
  /** An order was cancelled before it was paid. Nothing was debited. */
  | 'ORDER_CANCELLED'
  /** An order was refunded, in whole or in part. */
  | 'ORDER_REFUNDED'
  /** Another customer sent money. */
  | 'TRANSFER_RECEIVED'
  /** The customer sent money to another customer. */
  | 'TRANSFER_SENT';

/** Whether a webhook gets events. */
export type WebhookStatus =
  /** It gets events. */
  | 'ENABLED'
  /** It gets events, and its latest requests failed. */
  | 'FAILING'
  /** It gets no events. */
  | 'DISABLED';

/** Why a webhook is disabled. */
export type WebhookDisabledReason =
  /** The customer or an API client disabled it. */
  | 'OWNER'
  /** It accepted no event for three days. */
  | 'FAILING'
  /** It answered with the HTTP status 410. */
  | 'GONE';

/** An event for a webhook. */
export type WebhookDelivery = {
  readonly __typename?: 'WebhookDelivery';
  /** The delivery's id. */
  readonly id: Scalars['ID']['output'];
  /** The id of the event. It is the header `webhook-id` of each request. */
  readonly eventId: Scalars['ID']['output'];
  /** The type of the event, such as `order.paid` or `webhook.test`. */
  readonly eventType: Scalars['String']['output'];
  /** The id of the order or the transaction. For a test event, the id of the event. */
  readonly objectId: Scalars['ID']['output'];
  /** The position of the event among those of the same object, from 1. */
  readonly sequence: Scalars['Int']['output'];
  /** Whether the event was delivered. */
  readonly status: WebhookDeliveryStatus;
  /** When the event is sent next; null if it is not. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the event was recorded for the webhook. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The requests so far, newest first: at most 30. */
  readonly attempts?: Maybe<ReadonlyArray<WebhookAttempt>>;
};

/** Whether an event was delivered. */
export type WebhookDeliveryStatus =
  /** It waits for its first request or for the next one. */
  | 'PENDING'
  /** The receiver accepted it: it answered with a 2xx status. */
  | 'DELIVERED'
  /** No more requests follow. `redeliverWebhook` sends it again. */
  | 'GIVEN_UP';

/** A request to a webhook, and its result. */
export type WebhookAttempt = {
  readonly __typename?: 'WebhookAttempt';
  /** The request's id. */
  readonly id: Scalars['ID']['output'];
  /** The HTTP status of the answer; null if there was none. */
  readonly status?: Maybe<Scalars['Int']['output']>;
  /** Why there was no answer; null if there was one. */
  readonly fault?: Maybe<WebhookFault>;
  /** How long the request took, in milliseconds. */
  readonly durationMs: Scalars['Int']['output'];
  /** The first 1,024 bytes of the answer's body; null if there was no answer. */
  readonly excerpt?: Maybe<Scalars['String']['output']>;
  /** When the request ended. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** Why a receiver did not answer. */
export type WebhookFault =
  /** The host has an address that may not be called. */
  | 'ADDRESS_NOT_ALLOWED'
  /** The host's name has no address. */
  | 'NAME_NOT_FOUND'
  /** The connection was refused or broke off. */
  | 'CONNECTION_FAILED'
  /** The certificate is not valid, or TLS failed otherwise. */
  | 'TLS_FAILED'
  /** There was no connection within five seconds, or no answer within ten. */
  | 'TIMED_OUT'
  /** The answer was not HTTP, or its headers were too long. */
  | 'INVALID_ANSWER';

/** A delivery in a list, with its cursor. */
export type WebhookDeliveryEdge = {
  readonly __typename?: 'WebhookDeliveryEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The delivery. */
  readonly node: WebhookDelivery;
};

/** A page of deliveries. */
export type WebhookDeliveryConnection = {
  readonly __typename?: 'WebhookDeliveryConnection';
  /** The deliveries of this page, each with its cursor. */
  readonly edges: ReadonlyArray<WebhookDeliveryEdge>;
  /** The deliveries of this page. */
  readonly nodes: ReadonlyArray<WebhookDelivery>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A webhook to create. */
export type CreateWebhookEndpointInput = {
  /** The URL that gets the events: https, without user name, password and fragment, at a public address. */
  readonly url: Scalars['String']['input'];
  /** The types of events that it gets: at least one. */
  readonly eventTypes: ReadonlyArray<WebhookEventType>;
  /** Words about it, on one line of at most 200 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** A confirmation from `confirmIdentity`. Customers need it; API clients have none. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** A change of a webhook. Fields that are null stay unchanged. */
export type UpdateWebhookEndpointInput = {
  /** The webhook's id. */
  readonly endpointId: Scalars['ID']['input'];
  /** The new URL. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
  /** The new types of events. */
  readonly eventTypes?: InputMaybe<ReadonlyArray<WebhookEventType>>;
  /** The new words about it. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Whether it gets events. Enabling a webhook resets its failures. To send the events that it missed, use `replayWebhooks`. */
  readonly enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** A confirmation from `confirmIdentity`. Customers need it; API clients have none. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** A webhook to delete. */
export type DeleteWebhookEndpointInput = {
  /** The webhook's id. */
  readonly endpointId: Scalars['ID']['input'];
  /** A confirmation from `confirmIdentity`. Customers need it; API clients have none. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** A webhook that gets a new secret. */
export type RotateWebhookSecretInput = {
  /** The webhook's id. */
  readonly endpointId: Scalars['ID']['input'];
  /** For how many hours more the old secret signs too, from 0 to 168; 24 if null. */
  readonly overlapHours?: InputMaybe<Scalars['Int']['input']>;
  /** A confirmation from `confirmIdentity`. Customers need it; API clients have none. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** A webhook that gets a test event. */
export type SendTestWebhookInput = {
  /** The webhook's id. */
  readonly endpointId: Scalars['ID']['input'];
};

/** A delivery to make again. */
export type RedeliverWebhookInput = {
  /** The delivery's id. */
  readonly deliveryId: Scalars['ID']['input'];
};

/** Events to send again. */
export type ReplayWebhooksInput = {
  /** The webhook's id. */
  readonly endpointId: Scalars['ID']['input'];
  /** The beginning of the period, at most 30 days ago. */
  readonly from: Scalars['DateTime']['input'];
  /** The end of the period; now if null. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The result of a change of a webhook. */
export type WebhookEndpointPayload = {
  readonly __typename?: 'WebhookEndpointPayload';
  /** The webhook as changed; null when the mutation was refused. A deleted one as it was. */
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A webhook with its new secret. */
export type WebhookSecret = {
  readonly __typename?: 'WebhookSecret';
  /** The webhook. */
  readonly webhookEndpoint: WebhookEndpoint;
  /** The secret that verifies requests, such as `whsec_…`. It is shown only here. */
  readonly secret: Scalars['String']['output'];
};

/** The result of `createWebhookEndpoint` and `rotateWebhookSecret`. */
export type WebhookSecretPayload = {
  readonly __typename?: 'WebhookSecretPayload';
  /** The webhook with its new secret; null when the mutation was refused. */
  readonly webhookSecret?: Maybe<WebhookSecret>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of `sendTestWebhook` and `redeliverWebhook`. */
export type WebhookDeliveryPayload = {
  readonly __typename?: 'WebhookDeliveryPayload';
  /** The delivery, which is under way; null when the mutation was refused. */
  readonly webhookDelivery?: Maybe<WebhookDelivery>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Events that are sent again. */
export type WebhookReplay = {
  readonly __typename?: 'WebhookReplay';
  /** How many events: about 1,000 at most. Events of one millisecond stay together. */
  readonly events: Scalars['Int']['output'];
  /** Where the period goes on, if it may have more events: pass it as `from`. Null if all are sent. */
  readonly nextFrom?: Maybe<Scalars['DateTime']['output']>;
};

/** The result of `replayWebhooks`. */
export type WebhookReplayPayload = {
  readonly __typename?: 'WebhookReplayPayload';
  /** What is sent again; null when the mutation was refused. */
  readonly webhookReplay?: Maybe<WebhookReplay>;
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
  /** Null where it does not exist or belongs to another customer: the answer is the same. */
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
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
export type QueryWebhookEndpointArgs = {
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
  /** Creates a webhook: its URL gets the events of the chosen types from now on. Its secret is in the result only. */
  readonly createWebhookEndpoint?: Maybe<WebhookSecretPayload>;
  /** Changes, disables or enables a webhook. */
  readonly updateWebhookEndpoint?: Maybe<WebhookEndpointPayload>;
  /** Deletes a webhook with its deliveries. */
  readonly deleteWebhookEndpoint?: Maybe<WebhookEndpointPayload>;
  /** Gives a webhook a new secret. The old one signs too for some hours. */
  readonly rotateWebhookSecret?: Maybe<WebhookSecretPayload>;
  /** Sends a test event to a webhook. */
  readonly sendTestWebhook?: Maybe<WebhookDeliveryPayload>;
  /** Sends an event again. It keeps its id. One that is under way stays so. */
  readonly redeliverWebhook?: Maybe<WebhookDeliveryPayload>;
  /**
   * Sends the events of a period to a webhook again, those included that it missed while it was disabled. Each keeps its
   * id. Events of types that the webhook does not get are left out.
   */
  readonly replayWebhooks?: Maybe<WebhookReplayPayload>;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationMarkNotificationReadArgs = {
  input: MarkNotificationReadInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationCreateWebhookEndpointArgs = {
  input: CreateWebhookEndpointInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationUpdateWebhookEndpointArgs = {
  input: UpdateWebhookEndpointInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationDeleteWebhookEndpointArgs = {
  input: DeleteWebhookEndpointInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRotateWebhookSecretArgs = {
  input: RotateWebhookSecretInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationSendTestWebhookArgs = {
  input: SendTestWebhookInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRedeliverWebhookArgs = {
  input: RedeliverWebhookInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationReplayWebhooksArgs = {
  input: ReplayWebhooksInput;
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
  WebhookEndpoint: ResolverTypeWrapper<WebhookEndpointRow>;
  WebhookEventType: WebhookEventType;
  WebhookStatus: WebhookStatus;
  WebhookDisabledReason: WebhookDisabledReason;
  WebhookDelivery: ResolverTypeWrapper<DeliveryView>;
  WebhookDeliveryStatus: WebhookDeliveryStatus;
  WebhookAttempt: ResolverTypeWrapper<WebhookAttemptRow>;
  WebhookFault: WebhookFault;
  WebhookDeliveryEdge: ResolverTypeWrapper<Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversTypes['WebhookDelivery'] }>;
  WebhookDeliveryConnection: ResolverTypeWrapper<Omit<WebhookDeliveryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['WebhookDeliveryEdge']>, nodes: ReadonlyArray<ResolversTypes['WebhookDelivery']> }>;
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  UpdateWebhookEndpointInput: UpdateWebhookEndpointInput;
  DeleteWebhookEndpointInput: DeleteWebhookEndpointInput;
  RotateWebhookSecretInput: RotateWebhookSecretInput;
  SendTestWebhookInput: SendTestWebhookInput;
  RedeliverWebhookInput: RedeliverWebhookInput;
  ReplayWebhooksInput: ReplayWebhooksInput;
  WebhookEndpointPayload: ResolverTypeWrapper<Omit<WebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  WebhookSecret: ResolverTypeWrapper<Omit<WebhookSecret, 'webhookEndpoint'> & { webhookEndpoint: ResolversTypes['WebhookEndpoint'] }>;
  WebhookSecretPayload: ResolverTypeWrapper<Omit<WebhookSecretPayload, 'webhookSecret'> & { webhookSecret?: Maybe<ResolversTypes['WebhookSecret']> }>;
  WebhookDeliveryPayload: ResolverTypeWrapper<Omit<WebhookDeliveryPayload, 'webhookDelivery'> & { webhookDelivery?: Maybe<ResolversTypes['WebhookDelivery']> }>;
  WebhookReplay: ResolverTypeWrapper<WebhookReplay>;
  WebhookReplayPayload: ResolverTypeWrapper<WebhookReplayPayload>;
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
  WebhookEndpoint: WebhookEndpointRow;
  WebhookDelivery: DeliveryView;
  WebhookAttempt: WebhookAttemptRow;
  WebhookDeliveryEdge: Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversParentTypes['WebhookDelivery'] };
  WebhookDeliveryConnection: Omit<WebhookDeliveryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['WebhookDeliveryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['WebhookDelivery']> };
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  UpdateWebhookEndpointInput: UpdateWebhookEndpointInput;
  DeleteWebhookEndpointInput: DeleteWebhookEndpointInput;
  RotateWebhookSecretInput: RotateWebhookSecretInput;
  SendTestWebhookInput: SendTestWebhookInput;
  RedeliverWebhookInput: RedeliverWebhookInput;
  ReplayWebhooksInput: ReplayWebhooksInput;
  WebhookEndpointPayload: Omit<WebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  WebhookSecret: Omit<WebhookSecret, 'webhookEndpoint'> & { webhookEndpoint: ResolversParentTypes['WebhookEndpoint'] };
  WebhookSecretPayload: Omit<WebhookSecretPayload, 'webhookSecret'> & { webhookSecret?: Maybe<ResolversParentTypes['WebhookSecret']> };
  WebhookDeliveryPayload: Omit<WebhookDeliveryPayload, 'webhookDelivery'> & { webhookDelivery?: Maybe<ResolversParentTypes['WebhookDelivery']> };
  WebhookReplay: WebhookReplay;
  WebhookReplayPayload: WebhookReplayPayload;
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
  webhookEndpoints?: Resolver<Maybe<ReadonlyArray<ResolversTypes['WebhookEndpoint']>>, ParentType, ContextType>;
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

export type WebhookEndpointResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['WebhookEndpoint'] = ResolversParentTypes['WebhookEndpoint']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eventTypes?: Resolver<ReadonlyArray<ResolversTypes['WebhookEventType']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WebhookStatus'], ParentType, ContextType>;
  disabledReason?: Resolver<Maybe<ResolversTypes['WebhookDisabledReason']>, ParentType, ContextType>;
  disabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  oldSecretEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveries?: Resolver<Maybe<ResolversTypes['WebhookDeliveryConnection']>, ParentType, ContextType, RequireFields<WebhookEndpointDeliveriesArgs, 'first'>>;
};

export type WebhookDeliveryResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['WebhookDelivery'] = ResolversParentTypes['WebhookDelivery']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  eventType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  objectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WebhookDeliveryStatus'], ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  attempts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['WebhookAttempt']>>, ParentType, ContextType>;
};

export type WebhookAttemptResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['WebhookAttempt'] = ResolversParentTypes['WebhookAttempt']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  fault?: Resolver<Maybe<ResolversTypes['WebhookFault']>, ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  excerpt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type WebhookDeliveryEdgeResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['WebhookDeliveryEdge'] = ResolversParentTypes['WebhookDeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType>;
};

export type WebhookDeliveryConnectionResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['WebhookDeliveryConnection'] = ResolversParentTypes['WebhookDeliveryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['WebhookDeliveryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookEndpointPayloadResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['WebhookEndpointPayload'] = ResolversParentTypes['WebhookEndpointPayload']> = {
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type WebhookSecretResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['WebhookSecret'] = ResolversParentTypes['WebhookSecret']> = {
  webhookEndpoint?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WebhookSecretPayloadResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['WebhookSecretPayload'] = ResolversParentTypes['WebhookSecretPayload']> = {
  webhookSecret?: Resolver<Maybe<ResolversTypes['WebhookSecret']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type WebhookDeliveryPayloadResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['WebhookDeliveryPayload'] = ResolversParentTypes['WebhookDeliveryPayload']> = {
  webhookDelivery?: Resolver<Maybe<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type WebhookReplayResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['WebhookReplay'] = ResolversParentTypes['WebhookReplay']> = {
  events?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nextFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WebhookReplayPayloadResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['WebhookReplayPayload'] = ResolversParentTypes['WebhookReplayPayload']> = {
  webhookReplay?: Resolver<Maybe<ResolversTypes['WebhookReplay']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  notification?: Resolver<Maybe<ResolversTypes['Notification']>, ParentType, ContextType, RequireFields<QueryNotificationArgs, 'id'>>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType, RequireFields<QueryWebhookEndpointArgs, 'id'>>;
  customerIdOfNotification?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType, RequireFields<QueryCustomerIdOfNotificationArgs, 'notificationId' | 'permit'>>;
};

export type MutationResolvers<ContextType = NotificationContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  markNotificationRead?: Resolver<Maybe<ResolversTypes['NotificationPayload']>, ParentType, ContextType, RequireFields<MutationMarkNotificationReadArgs, 'input'>>;
  createWebhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookSecretPayload']>, ParentType, ContextType, RequireFields<MutationCreateWebhookEndpointArgs, 'input'>>;
  updateWebhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpointPayload']>, ParentType, ContextType, RequireFields<MutationUpdateWebhookEndpointArgs, 'input'>>;
  deleteWebhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpointPayload']>, ParentType, ContextType, RequireFields<MutationDeleteWebhookEndpointArgs, 'input'>>;
  rotateWebhookSecret?: Resolver<Maybe<ResolversTypes['WebhookSecretPayload']>, ParentType, ContextType, RequireFields<MutationRotateWebhookSecretArgs, 'input'>>;
  sendTestWebhook?: Resolver<Maybe<ResolversTypes['WebhookDeliveryPayload']>, ParentType, ContextType, RequireFields<MutationSendTestWebhookArgs, 'input'>>;
  redeliverWebhook?: Resolver<Maybe<ResolversTypes['WebhookDeliveryPayload']>, ParentType, ContextType, RequireFields<MutationRedeliverWebhookArgs, 'input'>>;
  replayWebhooks?: Resolver<Maybe<ResolversTypes['WebhookReplayPayload']>, ParentType, ContextType, RequireFields<MutationReplayWebhooksArgs, 'input'>>;
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
  WebhookEndpoint?: WebhookEndpointResolvers<ContextType>;
  WebhookDelivery?: WebhookDeliveryResolvers<ContextType>;
  WebhookAttempt?: WebhookAttemptResolvers<ContextType>;
  WebhookDeliveryEdge?: WebhookDeliveryEdgeResolvers<ContextType>;
  WebhookDeliveryConnection?: WebhookDeliveryConnectionResolvers<ContextType>;
  WebhookEndpointPayload?: WebhookEndpointPayloadResolvers<ContextType>;
  WebhookSecret?: WebhookSecretResolvers<ContextType>;
  WebhookSecretPayload?: WebhookSecretPayloadResolvers<ContextType>;
  WebhookDeliveryPayload?: WebhookDeliveryPayloadResolvers<ContextType>;
  WebhookReplay?: WebhookReplayResolvers<ContextType>;
  WebhookReplayPayload?: WebhookReplayPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};

