import { sql } from 'kysely';
import { z } from 'zod';
import { unnestRows } from '#platform/postgres/batch-rows.ts';
import { readRows, type RowSchema } from '#platform/postgres/read-rows.ts';
import { currencies, type Currency } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { decisionSeconds, orders } from '#order/metrics.ts';
import {
  isRefusedRefund,
  type Outcome,
  outcomes,
  type RejectionReason,
  rejectionReasons,
  transitions,
} from '#platform/orders/lifecycle.ts';

/** Billing's decision about an order. */
export interface OrderOutcome {
  /** The outbox row that requested it. */
  readonly outboxId: string;
  readonly orderId: string;
  /** Absent for a refund that a release requested that refunded only whole orders. */
  readonly refundId?: string | undefined;
  readonly outcome: Outcome;
  readonly rejectionReason: RejectionReason | null;
  readonly settledAt: Date;
}

/** The data that notification needs about an order: its content and its customer. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly customerId: string;
  /** Null, as is the name, where staff requested a refund. */
  readonly email: string | null;
  readonly name: string | null;
  readonly productId: string;
  readonly quantity: number;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  /** Null or absent, as is the rest of the shop, for an order that its customer placed. */
  readonly consentId?: string | null | undefined;
  readonly shopId?: string | null | undefined;
  readonly shopOwnerId?: string | null | undefined;
  readonly shopName?: string | null | undefined;
  /** The refund; null for other outcomes, and as `refundId` is absent. */
  readonly refundMinor: bigint | null;
  readonly refundNumber: number | null;
}

export interface RecordedOrder {
  /** The outbox row: an order has two if it is cancelled before it is paid. */
  readonly outboxId: string;
  readonly orderId: string;
  readonly customerId: string;
  /** Null if the outbox row is closed: all work for the outcome is done. */
  readonly placed: PlacedOrder | null;
}

interface RecordedRow extends PlacedOrder {
  readonly outboxId: string;
  readonly outcome: Outcome | null;
  readonly reason: RejectionReason | null;
  readonly placedAt: Date;
  readonly settledAt: Date;
  /** Whether the outbox row is open. */
  readonly isOpen: boolean;
}

/**
 * Makes the transitions that billing decided, all in one statement. An outcome that was recorded before changes nothing,
 * also while a later refund of the order is in progress. Returns the orders that exist.
 */
export async function recordOutcomes(em: Manager, decided: readonly OrderOutcome[]): Promise<RecordedOrder[]> {
  const moves = decided.map(({ refundId = null, ...outcome }) => ({
    ...outcome,
    refundId,
    refundStatus: refundId === null ? null : isRefusedRefund(outcome.outcome) ? 'REFUSED' : 'MADE',
    ...transitions[outcome.outcome],
  }));
  const statement = sql`
    with locked as (
      select orders.id, customer_id, product_id, quantity, currency, total_minor, placed_at, outbox_id, order_id, outcome,
        refund_id, refund_status, move.rejection_reason as reason, move.settled_at, "from", "to"
      from ${unnestRows('move', moves, moveTypes)}
      join orders on orders.id = move.order_id
      order by orders.id
      for update of orders
    ), refunded as (
      update refunds set status = locked.refund_status, settled_at = locked.settled_at
      from locked
      where refunds.id = locked.refund_id and refunds.order_id = locked.id and refunds.status = 'REQUESTED'
      returning refunds.id, case refunds.status when 'MADE' then amount_minor else 0 end as refunded_minor
    ), moved as (
      update orders set
        status = locked."to",
        refunded_minor = case
          when locked.outcome = 'REFUNDED' and locked.refund_id is null then orders.total_minor
          else orders.refunded_minor + coalesce(refunded.refunded_minor, 0) end,
        rejection_reason = locked.reason,
        settled_at = coalesce(orders.settled_at, locked.settled_at)
      from locked left join refunded on refunded.id = locked.refund_id
      where orders.id = locked.id and orders.status = locked."from" and case
        when locked.refund_id is not null then refunded.id is not null
        else not exists (select from refunds where refunds.order_id = locked.id and refunds.status = 'REQUESTED') end
      returning orders.id, locked.outbox_id, locked.outcome, locked.reason
    )
    select locked.outbox_id::text as "outboxId", locked.id as "orderId", customer_id as "customerId", product_id as "productId", quantity, currency,
      total_minor as "totalMinor", placed_at as "placedAt", locked.settled_at as "settledAt", moved.outcome, moved.reason,
      refunds.amount_minor as "refundMinor", refunds.number as "refundNumber",
      consent_id as "consentId", shop_id as "shopId", shop_owner_id as "shopOwnerId", shop_name as "shopName",
      outbox.payload->>'email' as email, outbox.payload->>'name' as name, outbox.id is not null as "isOpen"
    from locked
      left join shop_orders on shop_orders.order_id = locked.id
      left join moved on moved.id = locked.id and moved.outbox_id = locked.outbox_id
      left join refunds on refunds.id = locked.refund_id and refunds.order_id = locked.id
      left join outbox on outbox.id = locked.outbox_id and key = concat_ws(':', locked.id, locked.refund_id)`;
  const rows = await readRows(em, recordedRow, statement);
  for (const row of rows) count(row);
  return rows.map(recorded);
}

/** Only the first record of an outcome has one. */
function count({ outcome, reason, placedAt, settledAt }: RecordedRow): void {
  if (outcome === null) return;
  orders.inc({ outcome, reason: reason ?? 'none' });
  if (transitions[outcome].from !== 'PENDING') return;
  // Two machines can have different clocks.
  decisionSeconds.observe(Math.max(0, settledAt.getTime() - placedAt.getTime()) / 1_000);
}

const moveTypes = {
  outboxId: 'bigint',
  orderId: 'uuid',
  refundId: 'uuid',
  refundStatus: 'text',
  outcome: 'text',
  rejectionReason: 'text',
  settledAt: 'timestamptz',
  from: 'text',
  to: 'text',
} as const;

const recordedRow = z.object({
  outboxId: z.string(),
  orderId: z.string(),
  customerId: z.string(),
  productId: z.string(),
  quantity: z.int(),
  currency: z.enum(currencies),
  totalMinor: z.bigint(),
  consentId: z.string().nullable(),
  shopId: z.string().nullable(),
  shopOwnerId: z.string().nullable(),
  shopName: z.string().nullable(),
  refundMinor: z.bigint().nullable(),
  refundNumber: z.int().nullable(),
  outcome: z.enum(outcomes).nullable(),
  reason: z.enum(rejectionReasons).nullable(),
  placedAt: z.date(),
  settledAt: z.date(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  isOpen: z.boolean(),
}) satisfies RowSchema<RecordedRow>;

function recorded({ outboxId, outcome: _outcome, reason: _reason, isOpen, ...order }: RecordedRow): RecordedOrder {
  const { orderId, customerId } = order;
  return { outboxId, orderId, customerId, placed: isOpen ? order : null };
}
