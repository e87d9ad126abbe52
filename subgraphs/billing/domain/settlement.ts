import type { Currency } from '#platform/money/currency.ts';
import type { JournalBatch, LockedAccount, Movement } from './ledger.ts';
import { heldRefund, orderPayment, orderRefund } from './movements.ts';

export type SettlementKind = 'PAYMENT' | 'REFUND';
export type RejectionReason = 'INSUFFICIENT_FUNDS' | 'ACCOUNT_CLOSED' | 'NOT_PROCESSED';

/** An order that waits to be paid or refunded; `transactionId` is used if money moves. */
export interface Due {
  readonly orderId: string;
  readonly customerId: string;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  readonly transactionId: string;
}

/** What becomes of one, and when: a movement, or the reason why there is none. */
export type Verdict = { readonly due: Due; readonly settledAt: Date } & (
  | { readonly movement: Movement; readonly rejectionReason: null }
  | { readonly movement: null; readonly rejectionReason: RejectionReason }
);

/**
 * Pays orders in turn, each if what the ones before it left covers it, so that a batch ends as if its orders had
 * come one by one. Posts the payments to the batch.
 */
export function payInTurn(
  batch: JournalBatch,
  dues: readonly Due[],
  accountOf: (due: Due) => LockedAccount,
): Verdict[] {
  const rejected = (due: Due, rejectionReason: RejectionReason): Verdict => ({
    due,
    movement: null,
    rejectionReason,
    settledAt: batch.time,
  });
  return dues.map((due): Verdict => {
    const account = batch.account(accountOf(due).id);
    if (account.status !== 'OPEN') return rejected(due, 'ACCOUNT_CLOSED');
    if (account.balanceMinor < due.totalMinor) return rejected(due, 'INSUFFICIENT_FUNDS');
    return moved(batch, due, orderPayment(due.transactionId, account, due.totalMinor, due.orderId));
  });
}

/**
 * Gives the money of orders back, each to the account that paid. Where that was closed since, the money is held for the
 * customer: it never stays with the sales.
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
