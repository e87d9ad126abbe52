/**
 * The lifecycle of an order: what billing decides, what the order subgraph stores, what notification tells the customer,
 * and when the router ends a subscription. Each of them reads it here.
 */

/** The statuses of an order. */
export const orderStatuses = [
  'PENDING',
  'PAID',
  'REJECTED',
  'CANCELLED',
  'REFUNDING',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

interface Transition {
  readonly from: OrderStatus;
  readonly to: OrderStatus;
}

/**
 * What billing decides about an order, and the transition that each decision makes. A refund that cannot be made leaves
 * the order as it was: PAID, or PARTIALLY_REFUNDED by refunds before.
 */
export const transitions = {
  PAID: { from: 'PENDING', to: 'PAID' },
  REJECTED: { from: 'PENDING', to: 'REJECTED' },
  CANCELLED: { from: 'PENDING', to: 'CANCELLED' },
  REFUNDED: { from: 'REFUNDING', to: 'REFUNDED' },
  PARTIALLY_REFUNDED: { from: 'REFUNDING', to: 'PARTIALLY_REFUNDED' },
  REFUND_REFUSED: { from: 'REFUNDING', to: 'PAID' },
  FURTHER_REFUND_REFUSED: { from: 'REFUNDING', to: 'PARTIALLY_REFUNDED' },
} as const satisfies Readonly<Record<string, Transition>>;

export type Outcome = keyof typeof transitions;
export const outcomes = Object.keys(transitions) as [Outcome, ...Outcome[]];

/** The statuses in which an order can be refunded. The request makes it REFUNDING. */
export const refundableStatuses = ['PAID', 'PARTIALLY_REFUNDED'] as const satisfies readonly OrderStatus[];
export const refundingStatus = 'REFUNDING' satisfies OrderStatus;

export const isRefundable = (status: OrderStatus) => refundableStatuses.some((refundable) => refundable === status);

/** The outcomes that leave an order as it was: the customer gets no message. */
export const refusedRefunds = ['REFUND_REFUSED', 'FURTHER_REFUND_REFUSED'] as const satisfies readonly Outcome[];
export type RefusedRefund = (typeof refusedRefunds)[number];

export const isRefusedRefund = (outcome: Outcome): outcome is RefusedRefund =>
  refusedRefunds.some((refused) => refused === outcome);

/** The statuses in which an order waits for a decision of billing. */
export type UnsettledStatus = (typeof transitions)[Outcome]['from'];
export const unsettledStatuses = [...new Set(outcomes.map((outcome) => transitions[outcome].from))];

/** Whether an order keeps this status until the customer does something. */
export function isFinal(status: unknown): boolean {
  return orderStatuses.some((known) => known === status) && !unsettledStatuses.some((known) => known === status);
}

/** Why an order was rejected. */
export const rejectionReasons = [
  'INSUFFICIENT_FUNDS',
  'ACCOUNT_CLOSED',
  'ACCOUNT_FROZEN',
  'CONSENT_MISSING',
  'CONSENT_WITHDRAWN',
  'CONSENT_EXPIRED',
  'ORDER_LIMIT_EXCEEDED',
  'MONTH_LIMIT_EXCEEDED',
  'NOT_PROCESSED',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** What a rejection says about the customer's account. Shops read `DECLINED` instead. */
const ownReasons = ['INSUFFICIENT_FUNDS', 'ACCOUNT_CLOSED', 'ACCOUNT_FROZEN'] as const;
type OwnReason = (typeof ownReasons)[number];

/** Why an order of a shop was rejected, as the shop reads it. */
export type ShopRejectionReason = Exclude<RejectionReason, OwnReason> | 'DECLINED';
export const shopRejectionReasons: readonly ShopRejectionReason[] = [
  'DECLINED',
  ...rejectionReasons.filter((reason) => !isOwn(reason)),
];

export function shopReason(reason: RejectionReason): ShopRejectionReason {
  return isOwn(reason) ? 'DECLINED' : reason;
}

function isOwn(reason: RejectionReason): reason is OwnReason {
  return ownReasons.some((own) => own === reason);
}
/** Why billing moved no money for an order: its customer can also have cancelled it. */
export const unpaidReasons = [...rejectionReasons, 'CANCELLED'] as const;
export type UnpaidReason = (typeof unpaidReasons)[number];
