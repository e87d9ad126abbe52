import type { Outcome, UnpaidReason } from '#platform/orders/lifecycle.ts';
import type { JournalBatch, LockedAccount, Movement } from './ledger.ts';
import { heldRefund, orderPayment, orderRefund } from './movements.ts';
import { ConsentBook, type ShopDue } from './shop-consent.ts';

/** What a settlement decides about an order: its payment, or a refund. */
export const settlementKinds = ['PAYMENT', 'REFUND'] as const;
export type SettlementKind = (typeof settlementKinds)[number];

/** An order to be paid. `transactionId` is the id of its transaction if money moves. */
export interface Due extends ShopDue {
  readonly transactionId: string;
}

/** A refund to be made. */
export interface RefundDue {
  readonly orderId: string;
  /** Null for a refund of a release that refunded only whole orders. */
  readonly refundId: string | null;
  readonly refundMinor: bigint;
  readonly transactionId: string;
}

/** The decision about an order, and its time: a movement, or the reason why no money moves. */
export type Verdict = { readonly due: Due | RefundDue; readonly settledAt: Date } & (
  | { readonly movement: Movement; readonly rejectionReason: null }
  | { readonly movement: null; readonly rejectionReason: UnpaidReason }
);

/**
 * Pays orders one after the other, each if the balance after the ones before covers it, and if the consent of a shop's
 * order allows it. Posts the payments to the batch, and counts them in the consents.
 */
export function payInTurn(
  batch: JournalBatch,
  dues: readonly Due[],
  accountOf: (due: Due) => LockedAccount | undefined,
  consents = new ConsentBook(),
): Verdict[] {
  const rejected = (due: Due, rejectionReason: UnpaidReason): Verdict => ({
    due,
    movement: null,
    rejectionReason,
    settledAt: batch.time,
  });
  return dues.map((due): Verdict => {
    const locked = accountOf(due);
    const account = locked && batch.account(locked.id);
    const paidAt = new Date(Math.max(batch.time.getTime(), account?.lastEntryAt.getTime() ?? 0));
    const unallowed = consents.refusalOf(due, paidAt);
    if (unallowed !== null) return rejected(due, unallowed);
    // A customer lacks an account only where the others are closed.
    if (account?.status !== 'OPEN') return rejected(due, 'ACCOUNT_CLOSED');
    if (account.frozen) return rejected(due, 'ACCOUNT_FROZEN');
    if (account.balanceMinor < due.totalMinor) return rejected(due, 'INSUFFICIENT_FUNDS');
    consents.count(due, paidAt);
    return moved(batch, due, orderPayment(due.transactionId, account, due.totalMinor, due.orderId));
  });
}

/**
 * Refunds orders in whole or in part, each to the account that paid, which may be frozen: it is the customer's money.
 * Where that account is closed, the money is held for the customer: it never stays with the sales.
 *
 * @param leftMinor what is left to refund of each order, by its id.
 * @throws where a refund is more than is left. The order subgraph requests none such, so it is an error of the program.
 */
export function refundInTurn(
  batch: JournalBatch,
  dues: readonly RefundDue[],
  accountOf: (due: RefundDue) => LockedAccount,
  leftMinor: ReadonlyMap<string, bigint>,
): Verdict[] {
  const left = new Map(leftMinor);
  return dues.map((due) => {
    const { orderId, refundMinor, transactionId } = due;
    const afterMinor = (left.get(orderId) ?? 0n) - refundMinor;
    if (afterMinor < 0n) throw new Error(`a refund is more than what is left of order ${orderId}`);
    left.set(orderId, afterMinor);
    const account = accountOf(due);
    const refund = account.status === 'OPEN' ? orderRefund : heldRefund;
    return moved(batch, due, refund(transactionId, account, refundMinor, due));
  });
}

/**
 * The outcome of a refund for its order.
 *
 * @param made whether money moved.
 * @param refundedMinor the sum of the order's refunds up to and including this one.
 */
export function refundOutcome(
  made: boolean,
  refundedMinor: bigint,
  totalMinor: bigint,
): Extract<Outcome, `${string}REFUND${string}`> {
  if (made) return refundedMinor === totalMinor ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  return refundedMinor === 0n ? 'REFUND_REFUSED' : 'FURTHER_REFUND_REFUSED';
}

function moved(batch: JournalBatch, due: Due | RefundDue, movement: Movement): Verdict {
  const { createdAt: settledAt } = batch.post(movement);
  return { due, movement, rejectionReason: null, settledAt };
}
