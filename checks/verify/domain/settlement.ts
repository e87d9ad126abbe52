import type { TransactionKind } from '#billing/domain/ledger.ts';
import type { SettlementKind } from '#billing/domain/settlement.ts';
import type { RejectionReason } from '#platform/orders/lifecycle.ts';
import type { Currency } from '#platform/money/currency.ts';
import { compare, type Finding } from '../finding.ts';

/** Billing's decision about an order or its refund. */
export interface Settlement {
  readonly orderId: string;
  readonly kind: SettlementKind;
  readonly transactionId: string | null;
  readonly rejectionReason: RejectionReason | null;
  readonly settledAt: Date;
}

/** A payment or a refund. */
export interface OrderTransaction {
  readonly id: string;
  readonly orderId: string;
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

/** Checks that settlements and transactions of an order refer to each other, and that a refund matches its payment. */
export function checkBill(bill: Bill): Finding[] {
  return [
    ...bill.settlements.flatMap((settlement) => checkSettlement(settlement, bill)),
    ...bill.transactions.flatMap((transaction) => checkSettled(transaction, bill)),
    ...checkRefund(bill),
  ];
}

/** @returns the transaction to which the settlement of this kind refers. */
export function settledBy(kind: SettlementKind, { settlements, transactions }: Bill): OrderTransaction | undefined {
  const settlement = settlements.find((one) => one.kind === kind);
  return transactions.find(({ id, kind: made }) => id === settlement?.transactionId && settles[made] === kind);
}

export function settlementId({ orderId, kind }: Settlement): string {
  return `${orderId} ${kind}`;
}

function checkSettlement(settlement: Settlement, bill: Bill): Finding[] {
  const { kind, transactionId, rejectionReason } = settlement;
  const [table, id] = ['billing.settlements', settlementId(settlement)];
  if (kind === 'REFUND' && rejectionReason === 'ACCOUNT_CLOSED') {
    return [{ table, id, expected: 'the money paid out or held for the customer', found: 'a refusal' }];
  }
  if (transactionId === null) return [];
  const transaction = settledBy(kind, bill);
  if (transaction !== undefined) {
    const { createdAt, hasHash } = transaction;
    return compare(table, id, {
      'rejection reason': [null, rejectionReason],
      ...(hasHash ? { time: [createdAt, settlement.settledAt] } : {}),
    });
  }
  return [{ table, id, expected: `transaction ${transactionId} to be the ${kind} of this order`, found: 'none' }];
}

function checkSettled({ id, kind, orderId }: OrderTransaction, { settlements }: Bill): Finding[] {
  const settlement = settlements.find((one) => one.kind === settles[kind]);
  return compare('billing.transactions', id, {
    [`settlement of order ${orderId} by transaction`]: [id, settlement?.transactionId ?? null],
  });
}

function checkRefund(bill: Bill): Finding[] {
  const [payment, refund] = [settledBy('PAYMENT', bill), settledBy('REFUND', bill)];
  if (refund === undefined) return [];
  return compare('billing.transactions', refund.id, {
    amount: [payment?.amountMinor ?? null, refund.amountMinor],
    currency: [payment?.currency ?? null, refund.currency],
    account: [payment?.accountId ?? null, refund.accountId],
  });
}
