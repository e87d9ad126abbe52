import { rowHash } from '#platform/postgres/row-hash.ts';

/** The fields of a refund that never change. */
export interface RequestedRefund {
  readonly id: string;
  readonly orderId: string;
  readonly number: number;
  readonly amountMinor: bigint;
  readonly reason: string | null;
  readonly byStaff: boolean;
  readonly requestedAt: Date;
}

/** The database computes the same when a refund is requested. */
export function refundHash({
  id,
  orderId,
  number,
  amountMinor,
  byStaff,
  requestedAt,
  reason,
}: RequestedRefund): Buffer {
  return rowHash([id, orderId, number, amountMinor, String(byStaff), requestedAt, reason]);
}
