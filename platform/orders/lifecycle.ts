/**
 * The lifecycle of an order: what billing decides, what the order subgraph stores, what notification tells the customer,
 * and when the router ends a subscription. Each of them reads it here.
 */

/** The statuses of an order. */
export const orderStatuses = ['PENDING', 'PAID', 'REJECTED', 'REFUNDING', 'REFUNDED'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

interface Transition {
  readonly from: OrderStatus;
  readonly to: OrderStatus;
}

/** What billing decides about an order, and the transition that each decision makes. */
export const transitions = {
  PAID: { from: 'PENDING', to: 'PAID' },
  REJECTED: { from: 'PENDING', to: 'REJECTED' },
  REFUNDED: { from: 'REFUNDING', to: 'REFUNDED' },
  REFUND_REFUSED: { from: 'REFUNDING', to: 'PAID' },
} as const satisfies Readonly<Record<string, Transition>>;

export type Outcome = keyof typeof transitions;
export const outcomes = Object.keys(transitions) as [Outcome, ...Outcome[]];

/** A refund that the customer requests makes this transition. */
export const refundRequest = { from: 'PAID', to: 'REFUNDING' } as const satisfies Transition;

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
