import type { TransactionKind } from '#billing/domain/ledger.ts';
import type { SettlementKind } from '#billing/domain/settlement.ts';
import type { UnpaidReason } from '#platform/orders/lifecycle.ts';
import type { Currency } from '#platform/money/currency.ts';
import { compare, type Finding } from '../finding.ts';

/** Billing's decision about an order or a refund. */
export interface Settlement {
  readonly orderId: string;
  readonly kind: SettlementKind;
  /** Null for a payment, and for a refund of a release that refunded only whole orders. */
  readonly refundId: string | null;
  readonly transactionId: string | null;
  readonly rejectionReason: UnpaidReason | null;
  readonly settledAt: Date;
}

/** A payment or a refund. */
export interface OrderTransaction {
  readonly id: string;
  readonly orderId: string;
  readonly reference: string;
  readonly kind: Extract<TransactionKind, 'ORDER_PAYMENT' | 'REFUND' | 'REFUND_HELD'>;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly accountId: string | null;
  readonly customerId: string | null;
  readonly createdAt: Date;
  /** False before version 0.2.0, when settlements had a separate time. */
  readonly hasHash: boolean;
}

/** Billing's data of an order. */
export interface Bill {
  readonly settlements: readonly Settlement[];
  readonly transactions: readonly OrderTransaction[];
}

/** The kind of settlement of each kind of transaction. */
const settles = { ORDER_PAYMENT: 'PAYMENT', REFUND: 'REFUND', REFUND_HELD: 'REFUND' } as const;

/** Checks that settlements and transactions of an order refer to each other, and that refunds match their payment. */
export function checkBill(bill: Bill): Finding[] {
  return [
    ...bill.settlements.flatMap((settlement) => checkSettlement(settlement, bill)),
    ...bill.transactions.flatMap((transaction) => checkSettled(transaction, bill)),
    ...checkRefunds(bill),
  ];
}

/** @returns the payment of the order, if it has a settlement. */
export function paymentOf(bill: Bill): OrderTransaction | undefined {
  const settlement = bill.settlements.find(({ kind }) => kind === 'PAYMENT');
  return settlement && settledBy(settlement, bill);
}

/** @returns the refunds of the order that were made and have a settlement. */
export function refundsOf(bill: Bill): OrderTransaction[] {
  const refunds = bill.settlements.filter(({ kind }) => kind === 'REFUND');
  return refunds.flatMap((settlement) => settledBy(settlement, bill) ?? []);
}

/** @returns the transaction to which a settlement refers. */
function settledBy({ kind, transactionId }: Settlement, { transactions }: Bill): OrderTransaction | undefined {
  return transactions.find(({ id, kind: made }) => id === transactionId && settles[made] === kind);
}

export function settlementId({ orderId, kind, refundId }: Settlement): string {
  return refundId === null ? `${orderId} ${kind}` : `${orderId} ${kind} ${refundId}`;
}

export const sumOf = (refunds: readonly OrderTransaction[]) =>
  refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

function checkSettlement(settlement: Settlement, bill: Bill): Finding[] {
  const { orderId, kind, refundId, transactionId, rejectionReason } = settlement;
  const [table, id] = ['billing.settlements', settlementId(settlement)];
  if (kind === 'REFUND' && rejectionReason === 'ACCOUNT_CLOSED') {
    return [{ table, id, expected: 'the money paid out or held for the customer', found: 'a refusal' }];
  }
  if (transactionId === null) return [];
  const transaction = settledBy(settlement, bill);
  if (transaction !== undefined) {
    const { createdAt, hasHash, reference } = transaction;
    return compare(table, id, {
      'rejection reason': [null, rejectionReason],
      ...(hasHash ? { time: [createdAt, settlement.settledAt] } : {}),
      ...(kind === 'REFUND' ? { 'reference of the transaction': [`refund:${refundId ?? orderId}`, reference] } : {}),
    });
  }
  return [{ table, id, expected: `transaction ${transactionId} to be the ${kind} of this order`, found: 'none' }];
}

function checkSettled({ id, kind, orderId }: OrderTransaction, { settlements }: Bill): Finding[] {
  const settlement = settlements.find((one) => one.kind === settles[kind] && one.transactionId === id);
  return compare('billing.transactions', id, {
    [`settlement of order ${orderId} by transaction`]: [id, settlement?.transactionId ?? null],
  });
}

/** Refunds go back to the account that paid, and are together not more than the payment. */
function checkRefunds(bill: Bill): Finding[] {
  const [payment, refunds] = [paymentOf(bill), refundsOf(bill)];
  const findings = refunds.flatMap(({ id, currency, accountId }) =>
    compare('billing.transactions', id, {
      currency: [payment?.currency ?? null, currency],
      account: [payment?.accountId ?? null, accountId],
    }),
  );
  const last = refunds.at(-1);
  const [paid, refunded] = [payment?.amountMinor ?? 0n, sumOf(refunds)];
  if (last === undefined || refunded <= paid) return findings;
  const expected = `refunds of order ${last.orderId} of at most ${paid} minor units`;
  return [...findings, { table: 'billing.transactions', id: last.id, expected, found: `${refunded}` }];
}
