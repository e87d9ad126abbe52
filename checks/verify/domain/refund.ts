import { refundHash } from '#order/domain/refund-hash.ts';
import { compare, type Finding } from '../finding.ts';
import type { OrderFile, Refund } from './order-file.ts';
import { settlementId } from './settlement.ts';

/**
 * Checks the refunds that an order subgraph requested against billing's decisions.
 *
 * @param isSettled whether all effects must be complete.
 */
export function checkOrderRefunds({ refunds, ...file }: OrderFile, isSettled: boolean): Finding[] {
  const hashes = refunds.flatMap((refund) => compare(table, refund.id, { hash: [refundHash(refund), refund.hash] }));
  if (!isSettled) return hashes;
  const requested = new Set(refunds.map(({ id }) => id));
  const stray = file.settlements.filter(({ refundId }) => refundId !== null && !requested.has(refundId));
  return [
    ...hashes,
    ...refunds.flatMap((refund) => checkRefund(refund, file)),
    ...stray.map((settlement) => {
      return { table: 'billing.settlements', id: settlementId(settlement), expected: 'a refund', found: 'none' };
    }),
  ];
}

const table = 'order.refunds';

function checkRefund({ id, status, settledAt, amountMinor }: Refund, file: Omit<OrderFile, 'refunds'>): Finding[] {
  const settlement = file.settlements.find(({ refundId }) => refundId === id);
  const made = file.transactions.find((transaction) => transaction.id === settlement?.transactionId);
  const decided = settlement?.transactionId === null ? 'REFUSED' : 'MADE';
  return compare(table, id, {
    status: [settlement === undefined ? 'REQUESTED' : decided, status],
    'time of settlement': [settlement?.settledAt ?? null, settledAt],
    ...(made === undefined ? {} : { amount: [made.amountMinor, amountMinor] }),
  });
}
