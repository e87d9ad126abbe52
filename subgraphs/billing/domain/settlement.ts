import type { Currency } from '#platform/currency.ts';
import type { Book, LockedAccount, Movement } from './ledger.ts';
import { orderPayment, orderRefund } from './movements.ts';

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

/** What becomes of one: a movement, or the reason why there is none. */
export type Verdict = { readonly due: Due } & (
  | { readonly movement: Movement; readonly rejectionReason: null }
  | { readonly movement: null; readonly rejectionReason: RejectionReason }
);

/**
 * Pays orders in turn, each if what the ones before it left covers it, so that a batch ends as if its orders had
 * come one by one. Posts the payments to the book.
 */
export function payInTurn(book: Book, dues: readonly Due[], accountOf: (due: Due) => LockedAccount): Verdict[] {
  return dues.map((due): Verdict => {
    const account = book.account(accountOf(due).id);
    if (account.status !== 'OPEN') return { due, movement: null, rejectionReason: 'ACCOUNT_CLOSED' };
    if (account.balanceMinor < due.totalMinor) return { due, movement: null, rejectionReason: 'INSUFFICIENT_FUNDS' };
    const movement = orderPayment(due.transactionId, account, due.totalMinor, due.orderId);
    book.post(movement);
    return { due, movement, rejectionReason: null };
  });
}

/** Gives the money of orders back, each to the account that paid, unless that was closed since. */
export function refundInTurn(book: Book, dues: readonly Due[], accountOf: (due: Due) => LockedAccount): Verdict[] {
  return dues.map((due): Verdict => {
    const account = accountOf(due);
    if (account.status !== 'OPEN') return { due, movement: null, rejectionReason: 'ACCOUNT_CLOSED' };
    const movement = orderRefund(due.transactionId, account, due.totalMinor, due.orderId);
    book.post(movement);
    return { due, movement, rejectionReason: null };
  });
}
