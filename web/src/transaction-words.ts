import { grouped } from './account-number.ts';
import type { EntryDirection, TransactionKind, TransactionPartsFragment } from './graph/operations.generated.ts';
import { add, currencyNames, formatMoney, type Money } from './money.ts';

export const kindLabels: Readonly<Record<TransactionKind, string>> = {
  OPENING_DEPOSIT: 'Welcome gift',
  DEPOSIT: 'Deposit',
  WITHDRAWAL: 'Withdrawal',
  TRANSFER: 'Transfer',
  ORDER_PAYMENT: 'Order payment',
  REFUND: 'Refund',
  REFUND_HELD: 'Refund held for you',
  CORRECTION: 'Correction',
};

export function titleOf(transaction: TransactionPartsFragment): string {
  const { kind, from, to, fromAccountNumber, toAccountNumber, order } = transaction;
  if (kind === 'TRANSFER') {
    if (from !== null && to !== null) return `${from.currency} to ${to.currency}, between your accounts`;
    if (from === null) return `From ${numberOf(fromAccountNumber)}`;
    return `To ${numberOf(toAccountNumber)}`;
  }
  if (order !== null) return `${kindLabels[kind]}: ${order.quantity} × ${order.productId}`;
  return kindLabels[kind];
}

function numberOf(number: string | null): string {
  return number === null ? 'another account' : grouped(number);
}

/** What the transaction did to the person's balance: all that left an account, fee included, or what arrived. */
export function totalOf({ amount, fee, received, from }: TransactionPartsFragment): Money {
  if (from === null) return received ?? amount;
  return fee === null ? amount : { ...amount, amount: add(amount.amount, fee.amount) };
}

/** The direction of a ledger entry, seen from its account. */
export function movementOf(direction: EntryDirection): 'in' | 'out' {
  return direction === 'CREDIT' ? 'in' : 'out';
}

/** What to know about the amount of a transaction, next to it. */
export function remarksOf({ amount, fee, received }: TransactionPartsFragment, direction: 'in' | 'out'): string[] {
  if (direction === 'in') return [];
  const isConverted = received !== null && received.currency !== amount.currency;
  return [
    ...(isConverted ? [`${formatMoney(received)} received`] : []),
    ...(fee === null ? [] : [`includes ${formatMoney(fee)} fee`]),
  ];
}

/** One side of a transaction: an account of the person, the number of another account, or null outside the wallet. */
export function accountOf(transaction: TransactionPartsFragment, side: 'from' | 'to'): string | null {
  const own = transaction[side];
  if (own !== null) return `Your ${currencyNames[own.currency]} account, ${grouped(own.number)}`;
  const number = side === 'from' ? transaction.fromAccountNumber : transaction.toAccountNumber;
  return number === null ? null : grouped(number);
}
