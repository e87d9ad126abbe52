import type { RejectionReason } from '#platform/orders/lifecycle.ts';
import type { JournalBatch, LockedAccount, Movement } from './ledger.ts';
import { heldRefund, orderPayment, orderRefund } from './movements.ts';
import { ConsentBook, type ShopDue } from './shop-consent.ts';

/** What a settlement decides about an order: its payment, or its refund. */
export const settlementKinds = ['PAYMENT', 'REFUND'] as const;
export type SettlementKind = (typeof settlementKinds)[number];

/** An order to be paid or refunded. `transactionId` is the id of its transaction if money moves. */
export interface Due extends ShopDue {
  readonly transactionId: string;
}

/** The decision about an order, and its time: a movement, or the reason of a rejection. */
export type Verdict = { readonly due: Due; readonly settledAt: Date } & (
  | { readonly movement: Movement; readonly rejectionReason: null }
  | { readonly movement: null; readonly rejectionReason: RejectionReason }
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
  const rejected = (due: Due, rejectionReason: RejectionReason): Verdict => ({
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
 * Refunds orders, each to the account that paid, which may be frozen: it is the customer's money. Where that account is
 * closed, the money is held for the customer: it never stays with the sales.
 */
export function refundInTurn(
  batch: JournalBatch,
  dues: readonly Due[],
  accountOf: (due: Due) => LockedAccount,
): Verdict[] {
  return dues.map((due) => {
    const account = accountOf(due);
    const refund = account.status === 'OPEN' ? orderRefund : heldRefund;
    return moved(batch, due, refund(due.transactionId, account, due.totalMinor, due.orderId));
  });
}

function moved(batch: JournalBatch, due: Due, movement: Movement): Verdict {
  const { createdAt: settledAt } = batch.post(movement);
  return { due, movement, rejectionReason: null, settledAt };
}
