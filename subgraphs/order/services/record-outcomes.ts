import { sql } from 'kysely';
import { z } from 'zod';
import { unnestRows } from '#platform/postgres/batch-rows.ts';
import { readRows, type RowSchema } from '#platform/postgres/read-rows.ts';
import { currencies, type Currency } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { decisionSeconds, orders } from '#order/metrics.ts';
import {
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
}

export interface RecordedOrder {
  readonly orderId: string;
  readonly customerId: string;
  /** Null if the outbox row is closed: all work for the outcome is done. */
  readonly placed: PlacedOrder | null;
}

interface RecordedRow extends PlacedOrder {
  readonly outcome: Outcome | null;
  readonly reason: RejectionReason | null;
  readonly placedAt: Date;
  readonly settledAt: Date;
  /** Whether the outbox row is open. */
  readonly isOpen: boolean;
}

/**
 * Makes the transitions that billing decided, all in one statement. An outcome that was recorded before changes nothing.
 * Returns the orders that exist.
 */
export async function recordOutcomes(em: Manager, decided: readonly OrderOutcome[]): Promise<RecordedOrder[]> {
  const moves = decided.map((outcome) => ({ ...outcome, ...transitions[outcome.outcome] }));
  const statement = sql`
    with locked as (
      select orders.id, customer_id, product_id, quantity, currency, total_minor, placed_at, outbox_id, order_id, outcome,
        move.rejection_reason as reason, move.settled_at, "from", "to"
      from ${unnestRows('move', moves, moveTypes)}
      join orders on orders.id = move.order_id
      order by orders.id
      for update of orders
    ), moved as (
      update orders set
        status = locked."to",
        rejection_reason = locked.reason,
        settled_at = coalesce(orders.settled_at, locked.settled_at)
      from locked
      where orders.id = locked.id and orders.status = locked."from"
      returning orders.id, locked.outcome, locked.reason
    )
    select locked.id as "orderId", customer_id as "customerId", product_id as "productId", quantity, currency,
      total_minor as "totalMinor", placed_at as "placedAt", locked.settled_at as "settledAt", moved.outcome, moved.reason,
      consent_id as "consentId", shop_id as "shopId", shop_owner_id as "shopOwnerId", shop_name as "shopName",
      outbox.payload->>'email' as email, outbox.payload->>'name' as name, outbox.id is not null as "isOpen"
    from locked
      left join shop_orders on shop_orders.order_id = locked.id
      left join moved on moved.id = locked.id
      left join outbox on outbox.id = outbox_id and key = locked.order_id::text`;
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
  outcome: 'text',
  rejectionReason: 'text',
  settledAt: 'timestamptz',
  from: 'text',
  to: 'text',
} as const;

const recordedRow = z.object({
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
  outcome: z.enum(outcomes).nullable(),
  reason: z.enum(rejectionReasons).nullable(),
  placedAt: z.date(),
  settledAt: z.date(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  isOpen: z.boolean(),
}) satisfies RowSchema<RecordedRow>;

function recorded({ outcome: _outcome, reason: _reason, isOpen, ...order }: RecordedRow): RecordedOrder {
  const { orderId, customerId } = order;
  return { orderId, customerId, placed: isOpen ? order : null };
}
