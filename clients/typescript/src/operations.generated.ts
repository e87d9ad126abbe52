// Generated from operations.graphql by `npm run compose`: change that.
import { operation } from './operation.ts';
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** The states of an account. */
export type AccountStatus =
  /** The account pays and receives. */
  | 'OPEN'
  /** The account neither pays nor receives, and stays closed. */
  | 'CLOSED';

/** The second step of a sign-in: the challenge, and one of the codes. */
export type CompleteLoginInput = {
  /** The `token` of the challenge that `login` returned. */
  readonly challenge: string;
  /** The newest code of the authenticator app: six digits. */
  readonly code?: string | null | undefined;
  /** A recovery code, such as `abcd-efgh-ijkl-mnop`. It is used up. */
  readonly recoveryCode?: string | null | undefined;
  /** The browser's response with a passkey, as JSON: at most 8192 characters. */
  readonly passkeyResponse?: string | null | undefined;
};

/**
 * The viewer's password and, where a second factor is set, one of the codes; or a passkey alone. The first second factor
 * also needs `emailCode`.
 */
export type ConfirmIdentityInput = {
  /** The current password: required without a passkey. */
  readonly password?: string | null | undefined;
  /** The browser's response with a passkey for `beginPasskeyConfirmation`, as JSON: at most 8192 characters. */
  readonly passkeyResponse?: string | null | undefined;
  /** The newest code of the authenticator app: six digits. */
  readonly code?: string | null | undefined;
  /** A recovery code, such as `abcd-efgh-ijkl-mnop`. It is used up. */
  readonly recoveryCode?: string | null | undefined;
  /** The code of the message that `requestIdentityCode` sends: eight digits. Ignored where a second factor is set. */
  readonly emailCode?: string | null | undefined;
};

/** An API client to create. */
export type CreateApiClientInput = {
  /** The customer's name for it: 1 to 100 characters on one line. */
  readonly name: string;
  /**
   * What it may do: at least one of `accounts:read`, `transactions:read`, `deposits:write`, `withdrawals:write`,
   * `transfers:write`, `orders:read`, `orders:write`, `shop:orders`, `notifications:read`, `notifications:write`,
   * `webhooks:read` and `webhooks:write`.
   */
  readonly scopes: ReadonlyArray<string>;
  /** After how many days it ends: 1 to 365. */
  readonly expiresInDays?: number | null | undefined;
  /** From `confirmIdentity`. */
  readonly confirmation?: string | null | undefined;
};

/** A webhook to create. */
export type CreateWebhookEndpointInput = {
  /** The URL that gets the events: https, without user name, password and fragment, at a public address. */
  readonly url: string;
  /** The types of events that it gets: at least one. */
  readonly eventTypes: ReadonlyArray<WebhookEventType>;
  /** Words about it, on one line of at most 200 characters. */
  readonly description?: string | null | undefined;
  /** A confirmation from `confirmIdentity`. Customers need it; API clients have none. */
  readonly confirmation?: string | null | undefined;
};

/** A currency, by its ISO 4217 code. */
export type Currency =
  /** US dollar: 2 decimal places. */
  | 'USD'
  /** Euro: 2 decimal places. */
  | 'EUR'
  /** Chinese yuan: 2 decimal places. */
  | 'CNY';

/** A webhook to delete. */
export type DeleteWebhookEndpointInput = {
  /** The webhook's id. */
  readonly endpointId: string;
  /** A confirmation from `confirmIdentity`. Customers need it; API clients have none. */
  readonly confirmation?: string | null | undefined;
};

/** A deposit to make. */
export type DepositInput = {
  /** The id of one of the viewer's accounts. */
  readonly accountId: string;
  /** How much, in the account's currency. */
  readonly amount: MoneyInput;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: string;
};

/** The direction of an entry. */
export type EntryDirection =
  /** Money left the account. */
  | 'DEBIT'
  /** Money arrived on the account. */
  | 'CREDIT';

/** The customer who signs in. */
export type LoginInput = {
  /** The email address in any spelling: case, Unicode form and the form of the domain make no difference. */
  readonly email: string;
  /** The customer's password. */
  readonly password: string;
};

/** A notification to mark as read. */
export type MarkNotificationReadInput = {
  /** The id of one of the viewer's notifications. */
  readonly notificationId: string;
};

/** An exact amount. More decimal places than the currency has is refused, never rounded. */
export type MoneyInput = {
  /** The amount in major units, such as `"12.50"`. */
  readonly amount: string;
  /** The amount's currency. */
  readonly currency: Currency;
};

/** Conditions for a list of notifications: all that are given must hold. */
export type NotificationFilter = {
  /** Only these kinds. */
  readonly kinds?: ReadonlyArray<NotificationKind> | null | undefined;
  /** Only unread messages (true), or only read ones (false). */
  readonly unread?: boolean | null | undefined;
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

/** Conditions for a list of orders: all that are given must hold. Bounds are inclusive. */
export type OrderFilter = {
  /** Only orders in these states. */
  readonly statuses?: ReadonlyArray<OrderStatus> | null | undefined;
  /** Only orders placed at or after this time. */
  readonly placedAfter?: string | null | undefined;
  /** Only orders placed at or before this time. */
  readonly placedBefore?: string | null | undefined;
  /** Only orders of these products. */
  readonly productIds?: ReadonlyArray<string> | null | undefined;
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

/** An order to place. */
export type PlaceOrderInput = {
  /** The id of the product: 1 to 200 characters. */
  readonly productId: string;
  /** The price of one piece. Its currency selects the account that pays. */
  readonly unitPrice: MoneyInput;
  /** The number of pieces: 1 to 1,000,000. */
  readonly quantity: number;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: string;
};

/** A delivery to make again. */
export type RedeliverWebhookInput = {
  /** The delivery's id. */
  readonly deliveryId: string;
};

/** A session, named by its refresh token. */
export type RefreshTokenInput = {
  /** The newest refresh token of the session. */
  readonly refreshToken: string;
};

/** An order to refund. */
export type RefundOrderInput = {
  /** The id of one of the viewer's orders. */
  readonly orderId: string;
  /** How much of the order, in its currency; null for all that is not refunded yet. */
  readonly amount?: MoneyInput | null | undefined;
  /** Why: 5 to 500 characters; null for no reason. */
  readonly reason?: string | null | undefined;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: string;
};

/** The customer who registers. */
export type RegisterInput = {
  /** The email address: at most 254 characters, such as `name@example.com`. */
  readonly email: string;
  /** The customer's name: 1 to 200 characters on one line. */
  readonly name: string;
  /** The password: 8 to 200 characters, not very common, and without the name in the email address. */
  readonly password: string;
};

/** Events to send again. */
export type ReplayWebhooksInput = {
  /** The webhook's id. */
  readonly endpointId: string;
  /** The beginning of the period, at most 30 days ago. */
  readonly from: string;
  /** The end of the period; now if null. */
  readonly to?: string | null | undefined;
};

/** A webhook that gets a new secret. */
export type RotateWebhookSecretInput = {
  /** The webhook's id. */
  readonly endpointId: string;
  /** For how many hours more the old secret signs too, from 0 to 168; 24 if null. */
  readonly overlapHours?: number | null | undefined;
  /** A confirmation from `confirmIdentity`. Customers need it; API clients have none. */
  readonly confirmation?: string | null | undefined;
};

/** A kind of second factor. */
export type SecondFactorMeans =
  /** A passkey. */
  | 'PASSKEY'
  /** A code of the authenticator app. */
  | 'TOTP'
  /** A recovery code. */
  | 'RECOVERY_CODE';

/** A webhook that gets a test event. */
export type SendTestWebhookInput = {
  /** The webhook's id. */
  readonly endpointId: string;
};

/** The direction in which a list is ordered. */
export type SortDirection =
  /** Smallest or oldest first. */
  | 'ASC'
  /** Largest or newest first. */
  | 'DESC';

/**
 * Conditions for a list of transactions: all that are given must hold. Bounds are inclusive, and a lower
 * bound must not be above its upper bound. Amounts compare as numbers, whatever their currency: combine
 * them with `currencies`, which matches the currency of `amount` or `received`.
 */
export type TransactionFilter = {
  /** Only these kinds. */
  readonly kinds?: ReadonlyArray<TransactionKind> | null | undefined;
  /** Only movements of these accounts. */
  readonly accountIds?: ReadonlyArray<string> | null | undefined;
  /** Only movements in these currencies. */
  readonly currencies?: ReadonlyArray<Currency> | null | undefined;
  /** Only at or after this time. */
  readonly createdAfter?: string | null | undefined;
  /** Only at or before this time. */
  readonly createdBefore?: string | null | undefined;
  /** Only this amount or more. */
  readonly minAmount?: string | null | undefined;
  /** Only this amount or less. */
  readonly maxAmount?: string | null | undefined;
  /** Only transfers between the viewer's own accounts (true), or only other transactions (false). */
  readonly betweenOwnAccounts?: boolean | null | undefined;
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

/** A transfer to make. */
export type TransferInput = {
  /** The id of the account that pays: one of the viewer's. */
  readonly fromAccountId: string;
  /** The receiving account's id or its number. */
  readonly toAccountId: string;
  /** The amount to transfer, in the currency of the `from` account. */
  readonly amount: MoneyInput;
  /** The id of a quote from `quoteTransfer`: the transfer does exactly what the quote says, or is refused. */
  readonly quoteId?: string | null | undefined;
  /** A text for both customers to read: at most 500 characters. */
  readonly description?: string | null | undefined;
  /**
   * From `confirmIdentity`: required for a transfer to another customer from the amount on that the service has set. What
   * the viewer has sent in a day without a confirmation counts. A repeated request does not need it.
   */
  readonly confirmation?: string | null | undefined;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: string;
};

/** A transfer to be quoted. */
export type TransferQuoteInput = {
  /** The id of the account that would pay: one of the viewer's. */
  readonly fromAccountId: string;
  /** The receiving account's id or its number. */
  readonly toAccountId: string;
  /** The amount to transfer, in the currency of the `from` account; with `isReceivedAmount`, the amount that should arrive. */
  readonly amount: MoneyInput;
  /**
   * Whether `amount` is exactly what should arrive, in the currency of the `to` account. The quote then has the smallest
   * amount that pays for it: pass the quote's `amount` to `transfer`.
   */
  readonly isReceivedAmount?: boolean | null | undefined;
};

/** A change of a webhook. Fields that are null stay unchanged. */
export type UpdateWebhookEndpointInput = {
  /** The webhook's id. */
  readonly endpointId: string;
  /** The new URL. */
  readonly url?: string | null | undefined;
  /** The new types of events. */
  readonly eventTypes?: ReadonlyArray<WebhookEventType> | null | undefined;
  /** The new words about it. */
  readonly description?: string | null | undefined;
  /** Whether it gets events. Enabling a webhook resets its failures. To send the events that it missed, use `replayWebhooks`. */
  readonly enabled?: boolean | null | undefined;
  /** A confirmation from `confirmIdentity`. Customers need it; API clients have none. */
  readonly confirmation?: string | null | undefined;
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
  | 'TOO_MANY_CONSENTS'
  /** The URL of a webhook is malformed, or its host may not be called. */
  | 'INVALID_URL'
  /** A webhook needs at least one event type, and each once. */
  | 'INVALID_EVENT_TYPES'
  /** The description is longer than 200 characters, or is not one line. */
  | 'INVALID_DESCRIPTION'
  /** The customer has ten webhooks. Delete one first. */
  | 'TOO_MANY_WEBHOOKS'
  /** Too many codes, messages or test events: the message of the error says what to do. */
  | 'TOO_MANY_ATTEMPTS'
  /** The webhook is disabled. Enable it first. */
  | 'WEBHOOK_DISABLED'
  /** The quantity is not between 1 and 1,000,000. */
  | 'INVALID_QUANTITY'
  /** The product's id is empty or longer than 200 characters. */
  | 'INVALID_PRODUCT'
  /** With this consent, ten orders of a shop were rejected within 24 hours or are in progress. Try again later. */
  | 'TOO_MANY_UNPAID_ORDERS'
  /** The order's status does not allow it. */
  | 'INVALID_STATE'
  /** The order was paid too long ago: customers can refund for the time of the setting `REFUND_WITHIN_DAYS`. */
  | 'REFUND_PERIOD_OVER'
  /** The address, or another spelling of it, is already registered. */
  | 'EMAIL_TAKEN'
  /** The address is not valid, or is longer than 254 characters. */
  | 'INVALID_EMAIL'
  /** The password is too short, too long, very common, or contains the name in the email address. */
  | 'WEAK_PASSWORD'
  /** The address or the password is wrong. */
  | 'INVALID_CREDENTIALS'
  /** The refresh token, or the token of a link, is unknown, expired, used or revoked. */
  | 'INVALID_TOKEN'
  /** The code is wrong or has expired. */
  | 'INVALID_CODE'
  /** The name is empty, longer than 200 characters, or has line breaks or control characters. */
  | 'INVALID_NAME'
  /** The customer has requested archives too often today. */
  | 'TOO_MANY_EXPORTS'
  /** The archive is not ready. */
  | 'EXPORT_NOT_READY'
  /** A second factor is set: send one of its codes, too. */
  | 'SECOND_FACTOR_REQUIRED'
  /** The passkey is unknown, has not signed this challenge, or its challenge has expired or was used. */
  | 'INVALID_PASSKEY'
  /** The customer has ten passkeys. */
  | 'TOO_MANY_PASSKEYS'
  /** The API client's id or secret is wrong, or the API client has expired or was revoked. */
  | 'INVALID_CLIENT'
  /** A scope does not exist, or the API client does not have it. */
  | 'INVALID_SCOPE'
  /** The customer has ten live API clients, or 100 with those that ended within 90 days. */
  | 'TOO_MANY_API_CLIENTS'
  /** The API client has expired or was revoked. */
  | 'API_CLIENT_ENDED'
  /** An authenticator app is set up already. */
  | 'SECOND_FACTOR_SET'
  /** No authenticator app or passkey is set up. */
  | 'SECOND_FACTOR_NOT_SET'
  /**
   * The email address is not proved. Until it is, the customer gets no staff role and no message except the proof, and
   * cannot set a second factor.
   */
  | 'EMAIL_NOT_PROVED'
  /** The first second factor needs a confirmation with the code of a message: `requestIdentityCode` sends it. */
  | 'EMAIL_CODE_REQUIRED'
  /** A change of the address can still be undone. Until then, the first second factor cannot be set. */
  | 'EMAIL_CHANGED_RECENTLY'
  /** The email address is proved already, so there is no proof to send. */
  | 'EMAIL_PROVED'
  /** The customer has the role already, or does not have it. */
  | 'ROLE_UNCHANGED';

/** Whether an event was delivered. */
export type WebhookDeliveryStatus =
  /** It waits for its first request or for the next one. */
  | 'PENDING'
  /** The receiver accepted it: it answered with a 2xx status. */
  | 'DELIVERED'
  /** No more requests follow. `redeliverWebhook` sends it again. */
  | 'GIVEN_UP';

/** Why a webhook is disabled. */
export type WebhookDisabledReason =
  /** The customer or an API client disabled it. */
  | 'OWNER'
  /** It accepted no event for three days. */
  | 'FAILING'
  /** It answered with the HTTP status 410. */
  | 'GONE';

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

/** Whether a webhook gets events. */
export type WebhookStatus =
  /** It gets events. */
  | 'ENABLED'
  /** It gets events, and its latest requests failed. */
  | 'FAILING'
  /** It gets no events. */
  | 'DISABLED';

/** A withdrawal to make. */
export type WithdrawInput = {
  /** The id of one of the viewer's accounts. */
  readonly accountId: string;
  /** How much, in the account's currency. */
  readonly amount: MoneyInput;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: string;
};

export type MoneyPartsFragment = { readonly amount: string, readonly currency: Currency };

export type AccountPartsFragment = { readonly id: string, readonly number: string, readonly currency: Currency, readonly status: AccountStatus, readonly frozen: boolean, readonly balance: { readonly amount: string, readonly currency: Currency } };

export type TransactionPartsFragment = { readonly id: string, readonly kind: TransactionKind, readonly rate: string | null, readonly fromAccountNumber: string | null, readonly toAccountNumber: string | null, readonly description: string | null, readonly createdAt: string, readonly amount: { readonly amount: string, readonly currency: Currency }, readonly fee: { readonly amount: string, readonly currency: Currency } | null, readonly received: { readonly amount: string, readonly currency: Currency } | null, readonly from: { readonly id: string } | null, readonly to: { readonly id: string } | null, readonly order: { readonly id: string } | null };

export type OrderPartsFragment = { readonly id: string, readonly productId: string, readonly quantity: number, readonly status: OrderStatus, readonly rejectionReason: OrderRejectionReason | null, readonly placedAt: string, readonly settledAt: string | null, readonly unitPrice: { readonly amount: string, readonly currency: Currency }, readonly total: { readonly amount: string, readonly currency: Currency } };

export type NotificationPartsFragment = { readonly id: string, readonly kind: NotificationKind, readonly recipient: string, readonly subject: string, readonly body: string, readonly readAt: string | null, readonly createdAt: string, readonly order: { readonly id: string } | null };

export type UserPartsFragment = { readonly id: string, readonly email: string, readonly emailProved: boolean, readonly name: string, readonly createdAt: string };

export type WebhookEndpointPartsFragment = { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<WebhookEventType>, readonly description: string, readonly status: WebhookStatus, readonly disabledAt: string | null, readonly disabledReason: WebhookDisabledReason | null, readonly oldSecretEndsAt: string | null, readonly createdAt: string };

export type WebhookDeliveryPartsFragment = { readonly id: string, readonly eventId: string, readonly eventType: string, readonly status: WebhookDeliveryStatus, readonly nextAttemptAt: string | null, readonly createdAt: string, readonly attempts: ReadonlyArray<{ readonly id: string, readonly status: number | null, readonly fault: WebhookFault | null, readonly durationMs: number, readonly createdAt: string }> | null };

export type SessionPartsFragment = { readonly accessToken: string | null, readonly refreshToken: string | null, readonly expiresAt: string | null, readonly user: { readonly id: string, readonly email: string, readonly emailProved: boolean, readonly name: string, readonly createdAt: string } | null, readonly challenge: { readonly token: string, readonly expiresAt: string, readonly means: ReadonlyArray<SecondFactorMeans> } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> };

export type UserErrorPartsFragment = { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null };

export type NextPageFragment = { readonly hasNextPage: boolean, readonly endCursor: string | null };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { readonly register: { readonly accessToken: string | null, readonly refreshToken: string | null, readonly expiresAt: string | null, readonly user: { readonly id: string, readonly email: string, readonly emailProved: boolean, readonly name: string, readonly createdAt: string } | null, readonly challenge: { readonly token: string, readonly expiresAt: string, readonly means: ReadonlyArray<SecondFactorMeans> } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { readonly login: { readonly accessToken: string | null, readonly refreshToken: string | null, readonly expiresAt: string | null, readonly user: { readonly id: string, readonly email: string, readonly emailProved: boolean, readonly name: string, readonly createdAt: string } | null, readonly challenge: { readonly token: string, readonly expiresAt: string, readonly means: ReadonlyArray<SecondFactorMeans> } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type CompleteLoginMutationVariables = Exact<{
  input: CompleteLoginInput;
}>;


export type CompleteLoginMutation = { readonly completeLogin: { readonly accessToken: string | null, readonly refreshToken: string | null, readonly expiresAt: string | null, readonly user: { readonly id: string, readonly email: string, readonly emailProved: boolean, readonly name: string, readonly createdAt: string } | null, readonly challenge: { readonly token: string, readonly expiresAt: string, readonly means: ReadonlyArray<SecondFactorMeans> } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type RefreshTokenMutationVariables = Exact<{
  input: RefreshTokenInput;
}>;


export type RefreshTokenMutation = { readonly refreshToken: { readonly accessToken: string | null, readonly refreshToken: string | null, readonly expiresAt: string | null, readonly user: { readonly id: string, readonly email: string, readonly emailProved: boolean, readonly name: string, readonly createdAt: string } | null, readonly challenge: { readonly token: string, readonly expiresAt: string, readonly means: ReadonlyArray<SecondFactorMeans> } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type LogoutMutationVariables = Exact<{
  input: RefreshTokenInput;
}>;


export type LogoutMutation = { readonly logout: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type ConfirmIdentityMutationVariables = Exact<{
  input: ConfirmIdentityInput;
}>;


export type ConfirmIdentityMutation = { readonly confirmIdentity: { readonly confirmation: string | null, readonly expiresAt: string | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type CreateApiClientMutationVariables = Exact<{
  input: CreateApiClientInput;
}>;


export type CreateApiClientMutation = { readonly createApiClient: { readonly clientSecret: string | null, readonly apiClient: { readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<string>, readonly expiresAt: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type ProfileQueryVariables = Exact<{ [key: string]: never; }>;


export type ProfileQuery = { readonly viewer: { readonly id: string, readonly email: string, readonly emailProved: boolean, readonly name: string, readonly createdAt: string } | null };

export type AccountsQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountsQuery = { readonly viewer: { readonly accounts: ReadonlyArray<{ readonly id: string, readonly number: string, readonly currency: Currency, readonly status: AccountStatus, readonly frozen: boolean, readonly balance: { readonly amount: string, readonly currency: Currency } }> | null } | null };

export type AccountQueryVariables = Exact<{
  id: string;
}>;


export type AccountQuery = { readonly account: { readonly id: string, readonly number: string, readonly currency: Currency, readonly status: AccountStatus, readonly frozen: boolean, readonly balance: { readonly amount: string, readonly currency: Currency } } | null };

export type EntriesQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  orderBy?: SortDirection | null | undefined;
}>;


export type EntriesQuery = { readonly account: { readonly entries: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly sequence: number, readonly direction: EntryDirection, readonly createdAt: string, readonly amount: { readonly amount: string, readonly currency: Currency }, readonly balanceAfter: { readonly amount: string, readonly currency: Currency }, readonly transaction: { readonly id: string, readonly kind: TransactionKind, readonly rate: string | null, readonly fromAccountNumber: string | null, readonly toAccountNumber: string | null, readonly description: string | null, readonly createdAt: string, readonly amount: { readonly amount: string, readonly currency: Currency }, readonly fee: { readonly amount: string, readonly currency: Currency } | null, readonly received: { readonly amount: string, readonly currency: Currency } | null, readonly from: { readonly id: string } | null, readonly to: { readonly id: string } | null, readonly order: { readonly id: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type TransactionQueryVariables = Exact<{
  id: string;
}>;


export type TransactionQuery = { readonly transaction: { readonly id: string, readonly kind: TransactionKind, readonly rate: string | null, readonly fromAccountNumber: string | null, readonly toAccountNumber: string | null, readonly description: string | null, readonly createdAt: string, readonly amount: { readonly amount: string, readonly currency: Currency }, readonly fee: { readonly amount: string, readonly currency: Currency } | null, readonly received: { readonly amount: string, readonly currency: Currency } | null, readonly from: { readonly id: string } | null, readonly to: { readonly id: string } | null, readonly order: { readonly id: string } | null } | null };

export type TransactionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: TransactionFilter | null | undefined;
  orderBy?: TransactionOrder | null | undefined;
}>;


export type TransactionsQuery = { readonly viewer: { readonly transactions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: TransactionKind, readonly rate: string | null, readonly fromAccountNumber: string | null, readonly toAccountNumber: string | null, readonly description: string | null, readonly createdAt: string, readonly amount: { readonly amount: string, readonly currency: Currency }, readonly fee: { readonly amount: string, readonly currency: Currency } | null, readonly received: { readonly amount: string, readonly currency: Currency } | null, readonly from: { readonly id: string } | null, readonly to: { readonly id: string } | null, readonly order: { readonly id: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type DepositMutationVariables = Exact<{
  input: DepositInput;
}>;


export type DepositMutation = { readonly deposit: { readonly repeated: boolean | null, readonly transaction: { readonly id: string, readonly kind: TransactionKind, readonly rate: string | null, readonly fromAccountNumber: string | null, readonly toAccountNumber: string | null, readonly description: string | null, readonly createdAt: string, readonly amount: { readonly amount: string, readonly currency: Currency }, readonly fee: { readonly amount: string, readonly currency: Currency } | null, readonly received: { readonly amount: string, readonly currency: Currency } | null, readonly from: { readonly id: string } | null, readonly to: { readonly id: string } | null, readonly order: { readonly id: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type WithdrawMutationVariables = Exact<{
  input: WithdrawInput;
}>;


export type WithdrawMutation = { readonly withdraw: { readonly repeated: boolean | null, readonly transaction: { readonly id: string, readonly kind: TransactionKind, readonly rate: string | null, readonly fromAccountNumber: string | null, readonly toAccountNumber: string | null, readonly description: string | null, readonly createdAt: string, readonly amount: { readonly amount: string, readonly currency: Currency }, readonly fee: { readonly amount: string, readonly currency: Currency } | null, readonly received: { readonly amount: string, readonly currency: Currency } | null, readonly from: { readonly id: string } | null, readonly to: { readonly id: string } | null, readonly order: { readonly id: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type QuoteTransferMutationVariables = Exact<{
  input: TransferQuoteInput;
}>;


export type QuoteTransferMutation = { readonly quoteTransfer: { readonly quote: { readonly id: string, readonly rate: string | null, readonly expiresAt: string, readonly amount: { readonly amount: string, readonly currency: Currency }, readonly fee: { readonly amount: string, readonly currency: Currency }, readonly total: { readonly amount: string, readonly currency: Currency }, readonly received: { readonly amount: string, readonly currency: Currency } } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type TransferMutationVariables = Exact<{
  input: TransferInput;
}>;


export type TransferMutation = { readonly transfer: { readonly repeated: boolean | null, readonly transaction: { readonly id: string, readonly kind: TransactionKind, readonly rate: string | null, readonly fromAccountNumber: string | null, readonly toAccountNumber: string | null, readonly description: string | null, readonly createdAt: string, readonly amount: { readonly amount: string, readonly currency: Currency }, readonly fee: { readonly amount: string, readonly currency: Currency } | null, readonly received: { readonly amount: string, readonly currency: Currency } | null, readonly from: { readonly id: string } | null, readonly to: { readonly id: string } | null, readonly order: { readonly id: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type PlaceOrderMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceOrderMutation = { readonly placeOrder: { readonly repeated: boolean | null, readonly order: { readonly id: string, readonly productId: string, readonly quantity: number, readonly status: OrderStatus, readonly rejectionReason: OrderRejectionReason | null, readonly placedAt: string, readonly settledAt: string | null, readonly unitPrice: { readonly amount: string, readonly currency: Currency }, readonly total: { readonly amount: string, readonly currency: Currency } } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type RefundOrderMutationVariables = Exact<{
  input: RefundOrderInput;
}>;


export type RefundOrderMutation = { readonly refundOrder: { readonly repeated: boolean | null, readonly order: { readonly id: string, readonly productId: string, readonly quantity: number, readonly status: OrderStatus, readonly rejectionReason: OrderRejectionReason | null, readonly placedAt: string, readonly settledAt: string | null, readonly unitPrice: { readonly amount: string, readonly currency: Currency }, readonly total: { readonly amount: string, readonly currency: Currency } } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type OrderQueryVariables = Exact<{
  id: string;
}>;


export type OrderQuery = { readonly order: { readonly id: string, readonly productId: string, readonly quantity: number, readonly status: OrderStatus, readonly rejectionReason: OrderRejectionReason | null, readonly placedAt: string, readonly settledAt: string | null, readonly unitPrice: { readonly amount: string, readonly currency: Currency }, readonly total: { readonly amount: string, readonly currency: Currency } } | null };

export type OrdersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: OrderFilter | null | undefined;
  orderBy?: OrderOrder | null | undefined;
}>;


export type OrdersQuery = { readonly viewer: { readonly orders: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly quantity: number, readonly status: OrderStatus, readonly rejectionReason: OrderRejectionReason | null, readonly placedAt: string, readonly settledAt: string | null, readonly unitPrice: { readonly amount: string, readonly currency: Currency }, readonly total: { readonly amount: string, readonly currency: Currency } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type NotificationsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: NotificationFilter | null | undefined;
}>;


export type NotificationsQuery = { readonly viewer: { readonly notifications: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: NotificationKind, readonly recipient: string, readonly subject: string, readonly body: string, readonly readAt: string | null, readonly createdAt: string, readonly order: { readonly id: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type MarkNotificationReadMutationVariables = Exact<{
  input: MarkNotificationReadInput;
}>;


export type MarkNotificationReadMutation = { readonly markNotificationRead: { readonly notification: { readonly id: string, readonly kind: NotificationKind, readonly recipient: string, readonly subject: string, readonly body: string, readonly readAt: string | null, readonly createdAt: string, readonly order: { readonly id: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type WebhookEndpointsQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhookEndpointsQuery = { readonly viewer: { readonly webhookEndpoints: ReadonlyArray<{ readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<WebhookEventType>, readonly description: string, readonly status: WebhookStatus, readonly disabledAt: string | null, readonly disabledReason: WebhookDisabledReason | null, readonly oldSecretEndsAt: string | null, readonly createdAt: string }> | null } | null };

export type WebhookDeliveriesQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  statuses?: ReadonlyArray<WebhookDeliveryStatus> | WebhookDeliveryStatus | null | undefined;
}>;


export type WebhookDeliveriesQuery = { readonly webhookEndpoint: { readonly deliveries: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly eventId: string, readonly eventType: string, readonly status: WebhookDeliveryStatus, readonly nextAttemptAt: string | null, readonly createdAt: string, readonly attempts: ReadonlyArray<{ readonly id: string, readonly status: number | null, readonly fault: WebhookFault | null, readonly durationMs: number, readonly createdAt: string }> | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type CreateWebhookEndpointMutationVariables = Exact<{
  input: CreateWebhookEndpointInput;
}>;


export type CreateWebhookEndpointMutation = { readonly createWebhookEndpoint: { readonly webhookSecret: { readonly secret: string, readonly webhookEndpoint: { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<WebhookEventType>, readonly description: string, readonly status: WebhookStatus, readonly disabledAt: string | null, readonly disabledReason: WebhookDisabledReason | null, readonly oldSecretEndsAt: string | null, readonly createdAt: string } } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type UpdateWebhookEndpointMutationVariables = Exact<{
  input: UpdateWebhookEndpointInput;
}>;


export type UpdateWebhookEndpointMutation = { readonly updateWebhookEndpoint: { readonly webhookEndpoint: { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<WebhookEventType>, readonly description: string, readonly status: WebhookStatus, readonly disabledAt: string | null, readonly disabledReason: WebhookDisabledReason | null, readonly oldSecretEndsAt: string | null, readonly createdAt: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type DeleteWebhookEndpointMutationVariables = Exact<{
  input: DeleteWebhookEndpointInput;
}>;


export type DeleteWebhookEndpointMutation = { readonly deleteWebhookEndpoint: { readonly webhookEndpoint: { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<WebhookEventType>, readonly description: string, readonly status: WebhookStatus, readonly disabledAt: string | null, readonly disabledReason: WebhookDisabledReason | null, readonly oldSecretEndsAt: string | null, readonly createdAt: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type RotateWebhookSecretMutationVariables = Exact<{
  input: RotateWebhookSecretInput;
}>;


export type RotateWebhookSecretMutation = { readonly rotateWebhookSecret: { readonly webhookSecret: { readonly secret: string, readonly webhookEndpoint: { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<WebhookEventType>, readonly description: string, readonly status: WebhookStatus, readonly disabledAt: string | null, readonly disabledReason: WebhookDisabledReason | null, readonly oldSecretEndsAt: string | null, readonly createdAt: string } } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type SendTestWebhookMutationVariables = Exact<{
  input: SendTestWebhookInput;
}>;


export type SendTestWebhookMutation = { readonly sendTestWebhook: { readonly webhookDelivery: { readonly id: string, readonly eventId: string, readonly eventType: string, readonly status: WebhookDeliveryStatus, readonly nextAttemptAt: string | null, readonly createdAt: string, readonly attempts: ReadonlyArray<{ readonly id: string, readonly status: number | null, readonly fault: WebhookFault | null, readonly durationMs: number, readonly createdAt: string }> | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type RedeliverWebhookMutationVariables = Exact<{
  input: RedeliverWebhookInput;
}>;


export type RedeliverWebhookMutation = { readonly redeliverWebhook: { readonly webhookDelivery: { readonly id: string, readonly eventId: string, readonly eventType: string, readonly status: WebhookDeliveryStatus, readonly nextAttemptAt: string | null, readonly createdAt: string, readonly attempts: ReadonlyArray<{ readonly id: string, readonly status: number | null, readonly fault: WebhookFault | null, readonly durationMs: number, readonly createdAt: string }> | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type ReplayWebhooksMutationVariables = Exact<{
  input: ReplayWebhooksInput;
}>;


export type ReplayWebhooksMutation = { readonly replayWebhooks: { readonly webhookReplay: { readonly events: number, readonly nextFrom: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type OrderUpdatedSubscriptionVariables = Exact<{
  id: string;
}>;


export type OrderUpdatedSubscription = { readonly orderUpdated: { readonly id: string, readonly productId: string, readonly quantity: number, readonly status: OrderStatus, readonly rejectionReason: OrderRejectionReason | null, readonly placedAt: string, readonly settledAt: string | null, readonly unitPrice: { readonly amount: string, readonly currency: Currency }, readonly total: { readonly amount: string, readonly currency: Currency } } };

export type NotificationAddedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type NotificationAddedSubscription = { readonly notificationAdded: { readonly id: string, readonly kind: NotificationKind, readonly recipient: string, readonly subject: string, readonly body: string, readonly readAt: string | null, readonly createdAt: string, readonly order: { readonly id: string } | null } };

export const Register = /* @__PURE__ */ operation<RegisterMutation, RegisterMutationVariables>('mutation', 'Register', `fragment UserParts on User {
  id
  email
  emailProved
  name
  createdAt
}

fragment SessionParts on AuthPayload {
  accessToken
  refreshToken
  expiresAt
  user {
    ...UserParts
  }
  challenge {
    token
    expiresAt
    means
  }
  userErrors {
    ...UserErrorParts
  }
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation Register($input: RegisterInput!) {
  register(input: $input) {
    ...SessionParts
  }
}`);

export const Login = /* @__PURE__ */ operation<LoginMutation, LoginMutationVariables>('mutation', 'Login', `fragment UserParts on User {
  id
  email
  emailProved
  name
  createdAt
}

fragment SessionParts on AuthPayload {
  accessToken
  refreshToken
  expiresAt
  user {
    ...UserParts
  }
  challenge {
    token
    expiresAt
    means
  }
  userErrors {
    ...UserErrorParts
  }
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation Login($input: LoginInput!) {
  login(input: $input) {
    ...SessionParts
  }
}`);

export const CompleteLogin = /* @__PURE__ */ operation<CompleteLoginMutation, CompleteLoginMutationVariables>('mutation', 'CompleteLogin', `fragment UserParts on User {
  id
  email
  emailProved
  name
  createdAt
}

fragment SessionParts on AuthPayload {
  accessToken
  refreshToken
  expiresAt
  user {
    ...UserParts
  }
  challenge {
    token
    expiresAt
    means
  }
  userErrors {
    ...UserErrorParts
  }
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation CompleteLogin($input: CompleteLoginInput!) {
  completeLogin(input: $input) {
    ...SessionParts
  }
}`);

export const RefreshToken = /* @__PURE__ */ operation<RefreshTokenMutation, RefreshTokenMutationVariables>('mutation', 'RefreshToken', `fragment UserParts on User {
  id
  email
  emailProved
  name
  createdAt
}

fragment SessionParts on AuthPayload {
  accessToken
  refreshToken
  expiresAt
  user {
    ...UserParts
  }
  challenge {
    token
    expiresAt
    means
  }
  userErrors {
    ...UserErrorParts
  }
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation RefreshToken($input: RefreshTokenInput!) {
  refreshToken(input: $input) {
    ...SessionParts
  }
}`);

export const Logout = /* @__PURE__ */ operation<LogoutMutation, LogoutMutationVariables>('mutation', 'Logout', `fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation Logout($input: RefreshTokenInput!) {
  logout(input: $input) {
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const ConfirmIdentity = /* @__PURE__ */ operation<ConfirmIdentityMutation, ConfirmIdentityMutationVariables>('mutation', 'ConfirmIdentity', `fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation ConfirmIdentity($input: ConfirmIdentityInput!) {
  confirmIdentity(input: $input) {
    confirmation
    expiresAt
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const CreateApiClient = /* @__PURE__ */ operation<CreateApiClientMutation, CreateApiClientMutationVariables>('mutation', 'CreateApiClient', `fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation CreateApiClient($input: CreateApiClientInput!) {
  createApiClient(input: $input) {
    apiClient {
      id
      name
      scopes
      expiresAt
    }
    clientSecret
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const Profile = /* @__PURE__ */ operation<ProfileQuery, ProfileQueryVariables>('query', 'Profile', `fragment UserParts on User {
  id
  email
  emailProved
  name
  createdAt
}

query Profile {
  viewer {
    ...UserParts
  }
}`);

export const Accounts = /* @__PURE__ */ operation<AccountsQuery, AccountsQueryVariables>('query', 'Accounts', `fragment MoneyParts on Money {
  amount
  currency
}

fragment AccountParts on Account {
  id
  number
  currency
  status
  frozen
  balance {
    ...MoneyParts
  }
}

query Accounts {
  viewer {
    accounts {
      ...AccountParts
    }
  }
}`);

export const Account = /* @__PURE__ */ operation<AccountQuery, AccountQueryVariables>('query', 'Account', `fragment MoneyParts on Money {
  amount
  currency
}

fragment AccountParts on Account {
  id
  number
  currency
  status
  frozen
  balance {
    ...MoneyParts
  }
}

query Account($id: ID!) {
  account(id: $id) {
    ...AccountParts
  }
}`);

export const Entries = /* @__PURE__ */ operation<EntriesQuery, EntriesQueryVariables>('query', 'Entries', `fragment MoneyParts on Money {
  amount
  currency
}

fragment TransactionParts on Transaction {
  id
  kind
  amount {
    ...MoneyParts
  }
  fee {
    ...MoneyParts
  }
  received {
    ...MoneyParts
  }
  rate
  from {
    id
  }
  to {
    id
  }
  fromAccountNumber
  toAccountNumber
  order {
    id
  }
  description
  createdAt
}

fragment NextPage on PageInfo {
  hasNextPage
  endCursor
}

query Entries($id: ID!, $first: Int = 50, $after: String, $from: DateTime, $to: DateTime, $orderBy: SortDirection = DESC) {
  account(id: $id) {
    entries(first: $first, after: $after, from: $from, to: $to, orderBy: $orderBy) {
      nodes {
        id
        sequence
        direction
        amount {
          ...MoneyParts
        }
        balanceAfter {
          ...MoneyParts
        }
        createdAt
        transaction {
          ...TransactionParts
        }
      }
      pageInfo {
        ...NextPage
      }
    }
  }
}`);

export const Transaction = /* @__PURE__ */ operation<TransactionQuery, TransactionQueryVariables>('query', 'Transaction', `fragment MoneyParts on Money {
  amount
  currency
}

fragment TransactionParts on Transaction {
  id
  kind
  amount {
    ...MoneyParts
  }
  fee {
    ...MoneyParts
  }
  received {
    ...MoneyParts
  }
  rate
  from {
    id
  }
  to {
    id
  }
  fromAccountNumber
  toAccountNumber
  order {
    id
  }
  description
  createdAt
}

query Transaction($id: ID!) {
  transaction(id: $id) {
    ...TransactionParts
  }
}`);

export const Transactions = /* @__PURE__ */ operation<TransactionsQuery, TransactionsQueryVariables>('query', 'Transactions', `fragment MoneyParts on Money {
  amount
  currency
}

fragment TransactionParts on Transaction {
  id
  kind
  amount {
    ...MoneyParts
  }
  fee {
    ...MoneyParts
  }
  received {
    ...MoneyParts
  }
  rate
  from {
    id
  }
  to {
    id
  }
  fromAccountNumber
  toAccountNumber
  order {
    id
  }
  description
  createdAt
}

fragment NextPage on PageInfo {
  hasNextPage
  endCursor
}

query Transactions($first: Int = 50, $after: String, $filter: TransactionFilter, $orderBy: TransactionOrder) {
  viewer {
    transactions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      nodes {
        ...TransactionParts
      }
      pageInfo {
        ...NextPage
      }
    }
  }
}`);

export const Deposit = /* @__PURE__ */ operation<DepositMutation, DepositMutationVariables>('mutation', 'Deposit', `fragment MoneyParts on Money {
  amount
  currency
}

fragment TransactionParts on Transaction {
  id
  kind
  amount {
    ...MoneyParts
  }
  fee {
    ...MoneyParts
  }
  received {
    ...MoneyParts
  }
  rate
  from {
    id
  }
  to {
    id
  }
  fromAccountNumber
  toAccountNumber
  order {
    id
  }
  description
  createdAt
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation Deposit($input: DepositInput!) {
  deposit(input: $input) {
    repeated
    transaction {
      ...TransactionParts
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`, true);

export const Withdraw = /* @__PURE__ */ operation<WithdrawMutation, WithdrawMutationVariables>('mutation', 'Withdraw', `fragment MoneyParts on Money {
  amount
  currency
}

fragment TransactionParts on Transaction {
  id
  kind
  amount {
    ...MoneyParts
  }
  fee {
    ...MoneyParts
  }
  received {
    ...MoneyParts
  }
  rate
  from {
    id
  }
  to {
    id
  }
  fromAccountNumber
  toAccountNumber
  order {
    id
  }
  description
  createdAt
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation Withdraw($input: WithdrawInput!) {
  withdraw(input: $input) {
    repeated
    transaction {
      ...TransactionParts
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`, true);

export const QuoteTransfer = /* @__PURE__ */ operation<QuoteTransferMutation, QuoteTransferMutationVariables>('mutation', 'QuoteTransfer', `fragment MoneyParts on Money {
  amount
  currency
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation QuoteTransfer($input: TransferQuoteInput!) {
  quoteTransfer(input: $input) {
    quote {
      id
      amount {
        ...MoneyParts
      }
      fee {
        ...MoneyParts
      }
      total {
        ...MoneyParts
      }
      received {
        ...MoneyParts
      }
      rate
      expiresAt
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const Transfer = /* @__PURE__ */ operation<TransferMutation, TransferMutationVariables>('mutation', 'Transfer', `fragment MoneyParts on Money {
  amount
  currency
}

fragment TransactionParts on Transaction {
  id
  kind
  amount {
    ...MoneyParts
  }
  fee {
    ...MoneyParts
  }
  received {
    ...MoneyParts
  }
  rate
  from {
    id
  }
  to {
    id
  }
  fromAccountNumber
  toAccountNumber
  order {
    id
  }
  description
  createdAt
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation Transfer($input: TransferInput!) {
  transfer(input: $input) {
    repeated
    transaction {
      ...TransactionParts
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`, true);

export const PlaceOrder = /* @__PURE__ */ operation<PlaceOrderMutation, PlaceOrderMutationVariables>('mutation', 'PlaceOrder', `fragment MoneyParts on Money {
  amount
  currency
}

fragment OrderParts on Order {
  id
  productId
  unitPrice {
    ...MoneyParts
  }
  quantity
  total {
    ...MoneyParts
  }
  status
  rejectionReason
  placedAt
  settledAt
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    repeated
    order {
      ...OrderParts
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`, true);

export const RefundOrder = /* @__PURE__ */ operation<RefundOrderMutation, RefundOrderMutationVariables>('mutation', 'RefundOrder', `fragment MoneyParts on Money {
  amount
  currency
}

fragment OrderParts on Order {
  id
  productId
  unitPrice {
    ...MoneyParts
  }
  quantity
  total {
    ...MoneyParts
  }
  status
  rejectionReason
  placedAt
  settledAt
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation RefundOrder($input: RefundOrderInput!) {
  refundOrder(input: $input) {
    repeated
    order {
      ...OrderParts
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`, true);

export const Order = /* @__PURE__ */ operation<OrderQuery, OrderQueryVariables>('query', 'Order', `fragment MoneyParts on Money {
  amount
  currency
}

fragment OrderParts on Order {
  id
  productId
  unitPrice {
    ...MoneyParts
  }
  quantity
  total {
    ...MoneyParts
  }
  status
  rejectionReason
  placedAt
  settledAt
}

query Order($id: ID!) {
  order(id: $id) {
    ...OrderParts
  }
}`);

export const Orders = /* @__PURE__ */ operation<OrdersQuery, OrdersQueryVariables>('query', 'Orders', `fragment MoneyParts on Money {
  amount
  currency
}

fragment OrderParts on Order {
  id
  productId
  unitPrice {
    ...MoneyParts
  }
  quantity
  total {
    ...MoneyParts
  }
  status
  rejectionReason
  placedAt
  settledAt
}

fragment NextPage on PageInfo {
  hasNextPage
  endCursor
}

query Orders($first: Int = 50, $after: String, $filter: OrderFilter, $orderBy: OrderOrder) {
  viewer {
    orders(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      nodes {
        ...OrderParts
      }
      pageInfo {
        ...NextPage
      }
    }
  }
}`);

export const Notifications = /* @__PURE__ */ operation<NotificationsQuery, NotificationsQueryVariables>('query', 'Notifications', `fragment NotificationParts on Notification {
  id
  kind
  recipient
  subject
  body
  order {
    id
  }
  readAt
  createdAt
}

fragment NextPage on PageInfo {
  hasNextPage
  endCursor
}

query Notifications($first: Int = 50, $after: String, $filter: NotificationFilter) {
  viewer {
    notifications(first: $first, after: $after, filter: $filter) {
      nodes {
        ...NotificationParts
      }
      pageInfo {
        ...NextPage
      }
    }
  }
}`);

export const MarkNotificationRead = /* @__PURE__ */ operation<MarkNotificationReadMutation, MarkNotificationReadMutationVariables>('mutation', 'MarkNotificationRead', `fragment NotificationParts on Notification {
  id
  kind
  recipient
  subject
  body
  order {
    id
  }
  readAt
  createdAt
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation MarkNotificationRead($input: MarkNotificationReadInput!) {
  markNotificationRead(input: $input) {
    notification {
      ...NotificationParts
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const WebhookEndpoints = /* @__PURE__ */ operation<WebhookEndpointsQuery, WebhookEndpointsQueryVariables>('query', 'WebhookEndpoints', `fragment WebhookEndpointParts on WebhookEndpoint {
  id
  url
  eventTypes
  description
  status
  disabledAt
  disabledReason
  oldSecretEndsAt
  createdAt
}

query WebhookEndpoints {
  viewer {
    webhookEndpoints {
      ...WebhookEndpointParts
    }
  }
}`);

export const WebhookDeliveries = /* @__PURE__ */ operation<WebhookDeliveriesQuery, WebhookDeliveriesQueryVariables>('query', 'WebhookDeliveries', `fragment WebhookDeliveryParts on WebhookDelivery {
  id
  eventId
  eventType
  status
  nextAttemptAt
  createdAt
  attempts {
    id
    status
    fault
    durationMs
    createdAt
  }
}

fragment NextPage on PageInfo {
  hasNextPage
  endCursor
}

query WebhookDeliveries($id: ID!, $first: Int = 20, $after: String, $statuses: [WebhookDeliveryStatus!]) {
  webhookEndpoint(id: $id) {
    deliveries(first: $first, after: $after, statuses: $statuses) {
      nodes {
        ...WebhookDeliveryParts
      }
      pageInfo {
        ...NextPage
      }
    }
  }
}`);

export const CreateWebhookEndpoint = /* @__PURE__ */ operation<CreateWebhookEndpointMutation, CreateWebhookEndpointMutationVariables>('mutation', 'CreateWebhookEndpoint', `fragment WebhookEndpointParts on WebhookEndpoint {
  id
  url
  eventTypes
  description
  status
  disabledAt
  disabledReason
  oldSecretEndsAt
  createdAt
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation CreateWebhookEndpoint($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) {
    webhookSecret {
      webhookEndpoint {
        ...WebhookEndpointParts
      }
      secret
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const UpdateWebhookEndpoint = /* @__PURE__ */ operation<UpdateWebhookEndpointMutation, UpdateWebhookEndpointMutationVariables>('mutation', 'UpdateWebhookEndpoint', `fragment WebhookEndpointParts on WebhookEndpoint {
  id
  url
  eventTypes
  description
  status
  disabledAt
  disabledReason
  oldSecretEndsAt
  createdAt
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation UpdateWebhookEndpoint($input: UpdateWebhookEndpointInput!) {
  updateWebhookEndpoint(input: $input) {
    webhookEndpoint {
      ...WebhookEndpointParts
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const DeleteWebhookEndpoint = /* @__PURE__ */ operation<DeleteWebhookEndpointMutation, DeleteWebhookEndpointMutationVariables>('mutation', 'DeleteWebhookEndpoint', `fragment WebhookEndpointParts on WebhookEndpoint {
  id
  url
  eventTypes
  description
  status
  disabledAt
  disabledReason
  oldSecretEndsAt
  createdAt
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation DeleteWebhookEndpoint($input: DeleteWebhookEndpointInput!) {
  deleteWebhookEndpoint(input: $input) {
    webhookEndpoint {
      ...WebhookEndpointParts
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const RotateWebhookSecret = /* @__PURE__ */ operation<RotateWebhookSecretMutation, RotateWebhookSecretMutationVariables>('mutation', 'RotateWebhookSecret', `fragment WebhookEndpointParts on WebhookEndpoint {
  id
  url
  eventTypes
  description
  status
  disabledAt
  disabledReason
  oldSecretEndsAt
  createdAt
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
  rotateWebhookSecret(input: $input) {
    webhookSecret {
      webhookEndpoint {
        ...WebhookEndpointParts
      }
      secret
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const SendTestWebhook = /* @__PURE__ */ operation<SendTestWebhookMutation, SendTestWebhookMutationVariables>('mutation', 'SendTestWebhook', `fragment WebhookDeliveryParts on WebhookDelivery {
  id
  eventId
  eventType
  status
  nextAttemptAt
  createdAt
  attempts {
    id
    status
    fault
    durationMs
    createdAt
  }
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation SendTestWebhook($input: SendTestWebhookInput!) {
  sendTestWebhook(input: $input) {
    webhookDelivery {
      ...WebhookDeliveryParts
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const RedeliverWebhook = /* @__PURE__ */ operation<RedeliverWebhookMutation, RedeliverWebhookMutationVariables>('mutation', 'RedeliverWebhook', `fragment WebhookDeliveryParts on WebhookDelivery {
  id
  eventId
  eventType
  status
  nextAttemptAt
  createdAt
  attempts {
    id
    status
    fault
    durationMs
    createdAt
  }
}

fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation RedeliverWebhook($input: RedeliverWebhookInput!) {
  redeliverWebhook(input: $input) {
    webhookDelivery {
      ...WebhookDeliveryParts
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const ReplayWebhooks = /* @__PURE__ */ operation<ReplayWebhooksMutation, ReplayWebhooksMutationVariables>('mutation', 'ReplayWebhooks', `fragment UserErrorParts on UserError {
  code
  message
  field
}

mutation ReplayWebhooks($input: ReplayWebhooksInput!) {
  replayWebhooks(input: $input) {
    webhookReplay {
      events
      nextFrom
    }
    userErrors {
      ...UserErrorParts
    }
  }
}`);

export const OrderUpdated = /* @__PURE__ */ operation<OrderUpdatedSubscription, OrderUpdatedSubscriptionVariables>('subscription', 'OrderUpdated', `fragment MoneyParts on Money {
  amount
  currency
}

fragment OrderParts on Order {
  id
  productId
  unitPrice {
    ...MoneyParts
  }
  quantity
  total {
    ...MoneyParts
  }
  status
  rejectionReason
  placedAt
  settledAt
}

subscription OrderUpdated($id: ID!) {
  orderUpdated(id: $id) {
    ...OrderParts
  }
}`);

export const NotificationAdded = /* @__PURE__ */ operation<NotificationAddedSubscription, NotificationAddedSubscriptionVariables>('subscription', 'NotificationAdded', `fragment NotificationParts on Notification {
  id
  kind
  recipient
  subject
  body
  order {
    id
  }
  readAt
  createdAt
}

subscription NotificationAdded {
  notificationAdded {
    ...NotificationParts
  }
}`);

