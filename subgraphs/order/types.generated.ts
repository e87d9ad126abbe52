// Generated from schema.graphql by `npm run compose`: change that.
import type { Decimal } from '../../platform/money/decimal.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerReference, OrderContext } from './context.ts';
import type { OrderRow } from './entities/order.ts';
import type { ShopOrderView } from './services/shop-orders.ts';
import type { StaffActRow } from '../../platform/audit/staff-act.ts';
import type { OrderPage } from './services/list-orders.ts';
import type { CustomerRecordReference } from '../../platform/identity/customer-record.ts';
import type { RefundOfOrder } from './services/find-refunds.ts';
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
  /** The quantity is not between 1 and 1,000,000. */
  | 'INVALID_QUANTITY'
  /** The product's id is empty or longer than 200 characters. */
  | 'INVALID_PRODUCT'
  /** The account is held in another currency. */
  | 'CURRENCY_MISMATCH'
  /** It does not exist, or it belongs to another customer: the answer is the same. */
  | 'NOT_FOUND'
  /** The account or the order is the operator's own: another operator must act for them. Only mutations of staff refuse so. */
  | 'OWN_ACCOUNT'
  /** The idempotency key is empty or longer than 255 characters. */
  | 'INVALID_IDEMPOTENCY_KEY'
  /** The idempotency key was used before with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** With this consent, ten orders of a shop were rejected within 24 hours or are in progress. Try again later. */
  | 'TOO_MANY_UNPAID_ORDERS'
  /** The order's status does not allow it. */
  | 'INVALID_STATE'
  /** The order was paid too long ago: customers can refund for the time of the setting `REFUND_WITHIN_DAYS`. */
  | 'REFUND_PERIOD_OVER'
  /** The account is closed, or is being closed. */
  | 'ACCOUNT_CLOSED'
  /** The reason has fewer than 5 or more than 500 characters. */
  | 'INVALID_REASON'
  /** An order, a refund or a transfer is still being processed: try again in a moment. */
  | 'PAYMENTS_UNDER_WAY';

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
  /** The viewer's orders, newest first by default. */
  readonly orders?: Maybe<OrderConnection>;
  /** What staff did with the orders of the customer, and when they looked, newest first. */
  readonly orderActs?: Maybe<CustomerActConnection>;
};


/** A customer: a person who holds accounts and places orders. */
export type UserOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  orderBy?: InputMaybe<OrderOrder>;
};


/** A customer: a person who holds accounts and places orders. */
export type UserOrderActsArgs = {
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
  /** The customer's orders, newest first. */
  readonly orders?: Maybe<OrderRecordConnection>;
};


/**
 * A customer as staff see them. Staff with the role SUPPORT get email addresses, and the names and texts of other people,
 * masked.
 */
export type CustomerRecordOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
};

/** An order of a customer, for staff. */
export type OrderRecord = {
  readonly __typename?: 'OrderRecord';
  /** The order's id. */
  readonly id: Scalars['ID']['output'];
  /** The id of the product. */
  readonly productId: Scalars['ID']['output'];
  /** The price of one piece. */
  readonly unitPrice: Money;
  /** The number of pieces. */
  readonly quantity: Scalars['Int']['output'];
  /** Unit price times quantity. */
  readonly total: Money;
  /** Where the order stands in its lifecycle. */
  readonly status: OrderStatus;
  /** Why the order was rejected; null for other statuses. */
  readonly rejectionReason?: Maybe<OrderRejectionReason>;
  /** When the order was placed. */
  readonly placedAt: Scalars['DateTime']['output'];
  /** When the order became PAID, REJECTED or CANCELLED. */
  readonly settledAt?: Maybe<Scalars['DateTime']['output']>;
  /** The sum of the refunds that were made. */
  readonly refunded: Money;
  /** The refunds of the order, oldest first: at most 100 that were made, and those that could not be made. */
  readonly refunds: ReadonlyArray<OrderRefund>;
};

/** An order in a list, with its cursor. */
export type OrderRecordEdge = {
  readonly __typename?: 'OrderRecordEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: OrderRecord;
};

/** A page of orders, for staff. */
export type OrderRecordConnection = {
  readonly __typename?: 'OrderRecordConnection';
  /** The items of this page, each with its cursor. */
  readonly edges: ReadonlyArray<OrderRecordEdge>;
  /** The items of this page. */
  readonly nodes: ReadonlyArray<OrderRecord>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** An order. It is placed as PENDING; an asynchronous payment makes it PAID or REJECTED. */
export type Order = {
  readonly __typename?: 'Order';
  /** The order's id. */
  readonly id: Scalars['ID']['output'];
  /** The id of the product. */
  readonly productId: Scalars['ID']['output'];
  /** The price of one piece. */
  readonly unitPrice: Money;
  /** The number of pieces. */
  readonly quantity: Scalars['Int']['output'];
  /** Unit price times quantity. */
  readonly total: Money;
  /** Where the order stands in its lifecycle. */
  readonly status: OrderStatus;
  /** Why the order was rejected; null for other statuses. */
  readonly rejectionReason?: Maybe<OrderRejectionReason>;
  /** When the order was placed. */
  readonly placedAt: Scalars['DateTime']['output'];
  /** When the order became PAID, REJECTED or CANCELLED. */
  readonly settledAt?: Maybe<Scalars['DateTime']['output']>;
  /** The sum of the refunds that were made. */
  readonly refunded: Money;
  /** The refunds of the order, oldest first: at most 100 that were made, and those that could not be made. */
  readonly refunds: ReadonlyArray<OrderRefund>;
  /** The customer who placed the order, or for whom a shop placed it. */
  readonly customer?: Maybe<User>;
  /** The shop that placed the order with the customer's consent; null if the customer placed it. */
  readonly shop?: Maybe<Shop>;
  /** The id of the consent with which the shop placed the order; null if the customer placed it. */
  readonly shopConsentId?: Maybe<Scalars['ID']['output']>;
};

/** A shop: an API client with the scope `shop:orders`. Its name never changes, and another shop can have the same name. */
export type Shop = {
  readonly __typename?: 'Shop';
  /** The shop's id: the id of its API client. */
  readonly id: Scalars['ID']['output'];
  /** The public name that its owner gave it. */
  readonly name: Scalars['String']['output'];
};

/** An order that the calling shop placed, as the shop sees it. Of the customer it has only the consent. */
export type ShopOrder = {
  readonly __typename?: 'ShopOrder';
  /** The order's id. */
  readonly id: Scalars['ID']['output'];
  /** The id of the customer's consent. */
  readonly consentId: Scalars['ID']['output'];
  /** The id of the product. */
  readonly productId: Scalars['ID']['output'];
  /** The price of one piece. */
  readonly unitPrice: Money;
  /** The number of pieces. */
  readonly quantity: Scalars['Int']['output'];
  /** Unit price times quantity. */
  readonly total: Money;
  /** Where the order stands in its lifecycle. */
  readonly status: OrderStatus;
  /** Why the order was rejected; null for other statuses. */
  readonly rejectionReason?: Maybe<ShopRejectionReason>;
  /** When the order was placed. */
  readonly placedAt: Scalars['DateTime']['output'];
  /** When the order became PAID, REJECTED or CANCELLED. */
  readonly settledAt?: Maybe<Scalars['DateTime']['output']>;
  /** The sum of the refunds that were made. */
  readonly refunded: Money;
};

/** Why an order of a shop was rejected, as the shop sees it. */
export type ShopRejectionReason =
  /** The customer's account could not pay. The shop does not learn why. */
  | 'DECLINED'
  /** The customer has given this shop no such consent. */
  | 'CONSENT_MISSING'
  /** The customer has withdrawn the consent. */
  | 'CONSENT_WITHDRAWN'
  /** The consent has ended. */
  | 'CONSENT_EXPIRED'
  /** The total is more than the consent allows for an order. */
  | 'ORDER_LIMIT_EXCEEDED'
  /** With this order, the shop would debit more than the consent allows in the calendar month. */
  | 'MONTH_LIMIT_EXCEEDED'
  /** The order could not be processed; nothing was debited. */
  | 'NOT_PROCESSED';

/** An order of a shop in a list, with its cursor. */
export type ShopOrderEdge = {
  readonly __typename?: 'ShopOrderEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ShopOrder;
};

/** A page of a shop's orders, newest first. */
export type ShopOrderConnection = {
  readonly __typename?: 'ShopOrderConnection';
  /** The items of this page, each with its cursor. */
  readonly edges: ReadonlyArray<ShopOrderEdge>;
  /** The items of this page. */
  readonly nodes: ReadonlyArray<ShopOrder>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A refund of an order, in whole or in part. */
export type OrderRefund = {
  readonly __typename?: 'OrderRefund';
  /** The refund's id. */
  readonly id: Scalars['ID']['output'];
  /** The amount. */
  readonly amount: Money;
  /** What the customer wrote; null if they wrote nothing, or if staff requested the refund. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Whether staff requested it. */
  readonly byStaff: Scalars['Boolean']['output'];
  /** What became of it. */
  readonly status: OrderRefundStatus;
  /** When it was requested. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** When it was made or refused; null before. */
  readonly settledAt?: Maybe<Scalars['DateTime']['output']>;
};

/** The states of a refund. */
export type OrderRefundStatus =
  /** It is being processed. */
  | 'REQUESTED'
  /** The money was paid back, or is held for a customer whose account is closed. */
  | 'MADE'
  /** It could not be made. The order is as it was, and can be refunded again. */
  | 'REFUSED';

/** The states of an order's lifecycle. */
export type OrderStatus =
  /** Placed; the payment is being processed. */
  | 'PENDING'
  /** Paid. */
  | 'PAID'
  /** Not paid; `rejectionReason` says why. No money moved. */
  | 'REJECTED'
  /** Cancelled by the customer before it was paid. No money moved. */
  | 'CANCELLED'
  /** A refund is being processed. */
  | 'REFUNDING'
  /** A part of the money was paid back. */
  | 'PARTIALLY_REFUNDED'
  /** All of the money was paid back. */
  | 'REFUNDED';

/** Why an order was rejected. */
export type OrderRejectionReason =
  /** The balance did not cover the total. */
  | 'INSUFFICIENT_FUNDS'
  /** The customer's account was closed. */
  | 'ACCOUNT_CLOSED'
  /** An operator froze the customer's account. */
  | 'ACCOUNT_FROZEN'
  /** A shop placed the order, and the customer has given it no such consent. */
  | 'CONSENT_MISSING'
  /** A shop placed the order, and the customer has withdrawn the consent. */
  | 'CONSENT_WITHDRAWN'
  /** A shop placed the order, and the consent has ended. */
  | 'CONSENT_EXPIRED'
  /** A shop placed the order, and the total is more than the consent allows for an order. */
  | 'ORDER_LIMIT_EXCEEDED'
  /** A shop placed the order, and would have debited more than the consent allows in the calendar month. */
  | 'MONTH_LIMIT_EXCEEDED'
  /** The order could not be processed; nothing was debited. */
  | 'NOT_PROCESSED';

/** An order in a list, with its cursor. */
export type OrderEdge = {
  readonly __typename?: 'OrderEdge';
  /** The item's position in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The order. */
  readonly node: Order;
};

/** A page of orders. `totalCount` is computed only where it is selected. */
export type OrderConnection = {
  readonly __typename?: 'OrderConnection';
  /** The orders of this page, each with its cursor. */
  readonly edges: ReadonlyArray<OrderEdge>;
  /** The orders of this page. */
  readonly nodes: ReadonlyArray<Order>;
  /** Where this page stands in the list. */
  readonly pageInfo: PageInfo;
  /** The number of orders that match the filter. */
  readonly totalCount: Scalars['Int']['output'];
};

/** Conditions for a list of orders: all that are given must hold. Bounds are inclusive. */
export type OrderFilter = {
  /** Only orders in these states. */
  readonly statuses?: InputMaybe<ReadonlyArray<OrderStatus>>;
  /** Only orders placed at or after this time. */
  readonly placedAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only orders placed at or before this time. */
  readonly placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only orders of these products. */
  readonly productIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** How orders are ordered. */
export type OrderOrder = {
  /** The field to order by. */
  readonly field: OrderOrderField;
  /** The direction of the order. */
  readonly direction: SortDirection;
};

/** The fields by which orders can be ordered. */
export type OrderOrderField =
  /** By the time at which they were placed. */
  | 'PLACED_AT'
  /** By total, as a number, whatever its currency. */
  | 'TOTAL';

/** An order to place. */
export type PlaceOrderInput = {
  /** The id of the product: 1 to 200 characters. */
  readonly productId: Scalars['ID']['input'];
  /** The price of one piece. Its currency selects the account that pays. */
  readonly unitPrice: MoneyInput;
  /** The number of pieces: 1 to 1,000,000. */
  readonly quantity: Scalars['Int']['input'];
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** An order that a shop places for a customer. */
export type PlaceShopOrderInput = {
  /** The id of the customer's consent for this shop. */
  readonly consentId: Scalars['ID']['input'];
  /** The id of the product: 1 to 200 characters. */
  readonly productId: Scalars['ID']['input'];
  /** The price of one piece, in the currency of the consent. */
  readonly unitPrice: MoneyInput;
  /** The number of pieces: 1 to 1,000,000. */
  readonly quantity: Scalars['Int']['input'];
  /**
   * 1 to 255 characters. A repeated request with the same key and input takes effect once. A key belongs to the shop's
   * owner: two shops of one owner need different keys.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** An order to cancel. */
export type CancelOrderInput = {
  /** The id of one of the viewer's orders, which is PENDING. */
  readonly orderId: Scalars['ID']['input'];
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** An order to refund. */
export type RefundOrderInput = {
  /** The id of one of the viewer's orders. */
  readonly orderId: Scalars['ID']['input'];
  /** How much of the order, in its currency; null for all that is not refunded yet. */
  readonly amount?: InputMaybe<MoneyInput>;
  /** Why: 5 to 500 characters; null for no reason. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** An order of any customer to refund. */
export type RefundCustomerOrderInput = {
  /** The id of the order. */
  readonly orderId: Scalars['ID']['input'];
  /** How much of the order, in its currency; null for all that is not refunded yet. */
  readonly amount?: InputMaybe<MoneyInput>;
  /** Why, for the audit log: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** The result of `placeOrder`, `cancelOrder`, `refundOrder` or `refundCustomerOrder`. */
export type OrderPayload = {
  readonly __typename?: 'OrderPayload';
  /** The order as changed; null when the mutation was refused. */
  readonly order?: Maybe<Order>;
  /** Whether an earlier request with the same idempotency key took this effect; null when the mutation was refused. */
  readonly repeated?: Maybe<Scalars['Boolean']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of `placeShopOrder`. */
export type ShopOrderPayload = {
  readonly __typename?: 'ShopOrderPayload';
  /** The order; null when the mutation was refused. */
  readonly order?: Maybe<ShopOrder>;
  /** Whether an earlier request with the same idempotency key placed it; null when the mutation was refused. */
  readonly repeated?: Maybe<Scalars['Boolean']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A request to seal the viewer's orders. */
export type SealOrdersInput = {
  /** The id of the closing that the seal is for: a UUID. */
  readonly closingId: Scalars['ID']['input'];
};

/** The result of `sealOrders`. */
export type SealOrdersPayload = {
  readonly __typename?: 'SealOrdersPayload';
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
  /** For operators: the changes of the order subgraph that a worker gave up on, newest first. */
  readonly orderDeadLetters?: Maybe<DeadLetterConnection>;
  /** The audit log of what staff did with the orders, newest first. For auditors. */
  readonly orderAuditLog?: Maybe<AuditConnection>;
  /** The signed-in customer. Null without an access token; `UNAUTHENTICATED` with one that is not valid. */
  readonly viewer?: Maybe<User>;
  /** Null where it does not exist or belongs to another customer: the answer is the same. */
  readonly order?: Maybe<Order>;
  /** For shops: one of the orders that the calling shop placed. Null for any other id. */
  readonly shopOrder?: Maybe<ShopOrder>;
  /** For shops: the orders that the calling shop placed, newest first. */
  readonly shopOrders?: Maybe<ShopOrderConnection>;
  /**
   * The id of the customer who placed an order; null where no order has the id. The user subgraph calls it for staff, with
   * a permit for this search.
   */
  readonly customerIdOfOrder?: Maybe<Scalars['ID']['output']>;
};


/** What can be read. */
export type QueryOrderDeadLettersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  kind?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. */
export type QueryOrderAuditLogArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
};


/** What can be read. */
export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryShopOrderArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryShopOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. */
export type QueryCustomerIdOfOrderArgs = {
  orderId: Scalars['ID']['input'];
  permit: Scalars['String']['input'];
};

/** What can be changed. Fields run one after the other, in the order of the document. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Places an order as PENDING. Its status shows milliseconds later whether it was paid. */
  readonly placeOrder?: Maybe<OrderPayload>;
  /**
   * For shops, which are API clients with the scope `shop:orders`: places an order for the customer who gave the consent.
   * Billing decides whether the consent allows the debit; an order that it does not allow is REJECTED.
   */
  readonly placeShopOrder?: Maybe<ShopOrderPayload>;
  /**
   * Requests the cancellation of a PENDING order. The order becomes CANCELLED, or PAID or REJECTED if billing decided that
   * first: it is never both paid and cancelled.
   */
  readonly cancelOrder?: Maybe<OrderPayload>;
  /**
   * Refunds a PAID or PARTIALLY_REFUNDED order, in whole or in part. The order is REFUNDING until the money is on the
   * account. Customers can refund for the time of the setting `REFUND_WITHIN_DAYS` after the payment.
   */
  readonly refundOrder?: Maybe<OrderPayload>;
  /**
   * For operators: refunds a PAID or PARTIALLY_REFUNDED order of any customer, in whole or in part, at any time. The customer
   * gets the message about the refund.
   */
  readonly refundCustomerOrder?: Maybe<OrderPayload>;
  /**
   * Stops the viewer from placing and refunding orders. Billing calls it before it closes the viewer's
   * accounts. It is refused with `PAYMENTS_UNDER_WAY` while an order or a refund is being processed.
   */
  readonly sealOrders?: Maybe<SealOrdersPayload>;
  /** For operators: makes a dead letter of the order subgraph due again. It goes through all its jobs; each effect is idempotent. */
  readonly replayOrderDeadLetter?: Maybe<DeadLetterPayload>;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationPlaceShopOrderArgs = {
  input: PlaceShopOrderInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationCancelOrderArgs = {
  input: CancelOrderInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRefundOrderArgs = {
  input: RefundOrderInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRefundCustomerOrderArgs = {
  input: RefundCustomerOrderInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationSealOrdersArgs = {
  input: SealOrdersInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationReplayOrderDeadLetterArgs = {
  input: ReplayDeadLetterInput;
};

/** What can be watched. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * One of the viewer's orders: at once, and at each change of its status. It ends when the status is
   * PAID, REJECTED or REFUNDED. The router serves it over Server-Sent Events.
   */
  readonly orderUpdated: Order;
};


/** What can be watched. */
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
  CustomerRecord: CustomerRecord;
  Order: Order;
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
  OrderRecord: ResolverTypeWrapper<OrderRow>;
  OrderRecordEdge: ResolverTypeWrapper<Omit<OrderRecordEdge, 'node'> & { node: ResolversTypes['OrderRecord'] }>;
  OrderRecordConnection: ResolverTypeWrapper<Omit<OrderRecordConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['OrderRecordEdge']>, nodes: ReadonlyArray<ResolversTypes['OrderRecord']> }>;
  Order: ResolverTypeWrapper<OrderRow>;
  Shop: ResolverTypeWrapper<Shop>;
  ShopOrder: ResolverTypeWrapper<ShopOrderView>;
  ShopRejectionReason: ShopRejectionReason;
  ShopOrderEdge: ResolverTypeWrapper<Omit<ShopOrderEdge, 'node'> & { node: ResolversTypes['ShopOrder'] }>;
  ShopOrderConnection: ResolverTypeWrapper<Omit<ShopOrderConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ShopOrderEdge']>, nodes: ReadonlyArray<ResolversTypes['ShopOrder']> }>;
  OrderRefund: ResolverTypeWrapper<RefundOfOrder>;
  OrderRefundStatus: OrderRefundStatus;
  OrderStatus: OrderStatus;
  OrderRejectionReason: OrderRejectionReason;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderConnection: ResolverTypeWrapper<OrderPage>;
  OrderFilter: OrderFilter;
  OrderOrder: OrderOrder;
  OrderOrderField: OrderOrderField;
  PlaceOrderInput: PlaceOrderInput;
  PlaceShopOrderInput: PlaceShopOrderInput;
  CancelOrderInput: CancelOrderInput;
  RefundOrderInput: RefundOrderInput;
  RefundCustomerOrderInput: RefundCustomerOrderInput;
  OrderPayload: ResolverTypeWrapper<Omit<OrderPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  ShopOrderPayload: ResolverTypeWrapper<Omit<ShopOrderPayload, 'order'> & { order?: Maybe<ResolversTypes['ShopOrder']> }>;
  SealOrdersInput: SealOrdersInput;
  SealOrdersPayload: ResolverTypeWrapper<SealOrdersPayload>;
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
  Int: Scalars['Int']['output'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  User: CustomerReference;
  ID: Scalars['ID']['output'];
  CustomerRecord: CustomerRecordReference;
  OrderRecord: OrderRow;
  OrderRecordEdge: Omit<OrderRecordEdge, 'node'> & { node: ResolversParentTypes['OrderRecord'] };
  OrderRecordConnection: Omit<OrderRecordConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['OrderRecordEdge']>, nodes: ReadonlyArray<ResolversParentTypes['OrderRecord']> };
  Order: OrderRow;
  Shop: Shop;
  ShopOrder: ShopOrderView;
  ShopOrderEdge: Omit<ShopOrderEdge, 'node'> & { node: ResolversParentTypes['ShopOrder'] };
  ShopOrderConnection: Omit<ShopOrderConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ShopOrderEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ShopOrder']> };
  OrderRefund: RefundOfOrder;
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderConnection: OrderPage;
  OrderFilter: OrderFilter;
  OrderOrder: OrderOrder;
  PlaceOrderInput: PlaceOrderInput;
  PlaceShopOrderInput: PlaceShopOrderInput;
  CancelOrderInput: CancelOrderInput;
  RefundOrderInput: RefundOrderInput;
  RefundCustomerOrderInput: RefundCustomerOrderInput;
  OrderPayload: Omit<OrderPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  ShopOrderPayload: Omit<ShopOrderPayload, 'order'> & { order?: Maybe<ResolversParentTypes['ShopOrder']> };
  SealOrdersInput: SealOrdersInput;
  SealOrdersPayload: SealOrdersPayload;
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
  retryAfterS?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
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
  orderActs?: Resolver<Maybe<ResolversTypes['CustomerActConnection']>, ParentType, ContextType, RequireFields<UserOrderActsArgs, 'first'>>;
};

export type CustomerRecordResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['CustomerRecord'] = ResolversParentTypes['CustomerRecord'], FederationReferenceType extends FederationReferenceTypes['CustomerRecord'] = FederationReferenceTypes['CustomerRecord']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CustomerRecord']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  permit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderRecordConnection']>, ParentType, ContextType, RequireFields<CustomerRecordOrdersArgs, 'first'>>;
};

export type OrderRecordResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['OrderRecord'] = ResolversParentTypes['OrderRecord']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  rejectionReason?: Resolver<Maybe<ResolversTypes['OrderRejectionReason']>, ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunds?: Resolver<ReadonlyArray<ResolversTypes['OrderRefund']>, ParentType, ContextType>;
};

export type OrderRecordEdgeResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['OrderRecordEdge'] = ResolversParentTypes['OrderRecordEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OrderRecord'], ParentType, ContextType>;
};

export type OrderRecordConnectionResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['OrderRecordConnection'] = ResolversParentTypes['OrderRecordConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrderRecordEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['OrderRecord']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
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
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunds?: Resolver<ReadonlyArray<ResolversTypes['OrderRefund']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  shop?: Resolver<Maybe<ResolversTypes['Shop']>, ParentType, ContextType>;
  shopConsentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type ShopResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['Shop'] = ResolversParentTypes['Shop']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ShopOrderResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['ShopOrder'] = ResolversParentTypes['ShopOrder']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  consentId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  rejectionReason?: Resolver<Maybe<ResolversTypes['ShopRejectionReason']>, ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ShopOrderEdgeResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['ShopOrderEdge'] = ResolversParentTypes['ShopOrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ShopOrder'], ParentType, ContextType>;
};

export type ShopOrderConnectionResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['ShopOrderConnection'] = ResolversParentTypes['ShopOrderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ShopOrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ShopOrder']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrderRefundResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['OrderRefund'] = ResolversParentTypes['OrderRefund']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  byStaff?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderRefundStatus'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
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
  repeated?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ShopOrderPayloadResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['ShopOrderPayload'] = ResolversParentTypes['ShopOrderPayload']> = {
  order?: Resolver<Maybe<ResolversTypes['ShopOrder']>, ParentType, ContextType>;
  repeated?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SealOrdersPayloadResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['SealOrdersPayload'] = ResolversParentTypes['SealOrdersPayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
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

export type AuditEdgeResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['AuditEdge'] = ResolversParentTypes['AuditEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditConnectionResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['AuditConnection'] = ResolversParentTypes['AuditConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CustomerActResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['CustomerAct'] = ResolversParentTypes['CustomerAct']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  act?: Resolver<ResolversTypes['StaffAct'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CustomerActEdgeResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['CustomerActEdge'] = ResolversParentTypes['CustomerActEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CustomerAct'], ParentType, ContextType>;
};

export type CustomerActConnectionResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['CustomerActConnection'] = ResolversParentTypes['CustomerActConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CustomerActEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['CustomerAct']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeadLetterResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['DeadLetter'] = ResolversParentTypes['DeadLetter']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failure?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DeadLetterEdgeResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['DeadLetterEdge'] = ResolversParentTypes['DeadLetterEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DeadLetter'], ParentType, ContextType>;
};

export type DeadLetterConnectionResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['DeadLetterConnection'] = ResolversParentTypes['DeadLetterConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeadLetterEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['DeadLetter']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeadLetterPayloadResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['DeadLetterPayload'] = ResolversParentTypes['DeadLetterPayload']> = {
  deadLetterId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  orderDeadLetters?: Resolver<Maybe<ResolversTypes['DeadLetterConnection']>, ParentType, ContextType, RequireFields<QueryOrderDeadLettersArgs, 'first'>>;
  orderAuditLog?: Resolver<Maybe<ResolversTypes['AuditConnection']>, ParentType, ContextType, RequireFields<QueryOrderAuditLogArgs, 'first'>>;
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  shopOrder?: Resolver<Maybe<ResolversTypes['ShopOrder']>, ParentType, ContextType, RequireFields<QueryShopOrderArgs, 'id'>>;
  shopOrders?: Resolver<Maybe<ResolversTypes['ShopOrderConnection']>, ParentType, ContextType, RequireFields<QueryShopOrdersArgs, 'first'>>;
  customerIdOfOrder?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType, RequireFields<QueryCustomerIdOfOrderArgs, 'orderId' | 'permit'>>;
};

export type MutationResolvers<ContextType = OrderContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  placeOrder?: Resolver<Maybe<ResolversTypes['OrderPayload']>, ParentType, ContextType, RequireFields<MutationPlaceOrderArgs, 'input'>>;
  placeShopOrder?: Resolver<Maybe<ResolversTypes['ShopOrderPayload']>, ParentType, ContextType, RequireFields<MutationPlaceShopOrderArgs, 'input'>>;
  cancelOrder?: Resolver<Maybe<ResolversTypes['OrderPayload']>, ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'input'>>;
  refundOrder?: Resolver<Maybe<ResolversTypes['OrderPayload']>, ParentType, ContextType, RequireFields<MutationRefundOrderArgs, 'input'>>;
  refundCustomerOrder?: Resolver<Maybe<ResolversTypes['OrderPayload']>, ParentType, ContextType, RequireFields<MutationRefundCustomerOrderArgs, 'input'>>;
  sealOrders?: Resolver<Maybe<ResolversTypes['SealOrdersPayload']>, ParentType, ContextType, RequireFields<MutationSealOrdersArgs, 'input'>>;
  replayOrderDeadLetter?: Resolver<Maybe<ResolversTypes['DeadLetterPayload']>, ParentType, ContextType, RequireFields<MutationReplayOrderDeadLetterArgs, 'input'>>;
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
  CustomerRecord?: CustomerRecordResolvers<ContextType>;
  OrderRecord?: OrderRecordResolvers<ContextType>;
  OrderRecordEdge?: OrderRecordEdgeResolvers<ContextType>;
  OrderRecordConnection?: OrderRecordConnectionResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  Shop?: ShopResolvers<ContextType>;
  ShopOrder?: ShopOrderResolvers<ContextType>;
  ShopOrderEdge?: ShopOrderEdgeResolvers<ContextType>;
  ShopOrderConnection?: ShopOrderConnectionResolvers<ContextType>;
  OrderRefund?: OrderRefundResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderPayload?: OrderPayloadResolvers<ContextType>;
  ShopOrderPayload?: ShopOrderPayloadResolvers<ContextType>;
  SealOrdersPayload?: SealOrdersPayloadResolvers<ContextType>;
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
  Subscription?: SubscriptionResolvers<ContextType>;
};

