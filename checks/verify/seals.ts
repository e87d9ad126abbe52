import { joinByKey } from './ordered-rows.ts';
import type { Report } from './report.ts';
import { amount, rowParser, text } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

interface Seal {
  readonly id: string;
  readonly customerId: string;
}

interface Owner {
  readonly customerId: string;
  readonly open: bigint;
}

const parseSeal = rowParser<Seal>('order.seals', { id: text, customerId: text });
const parseOwner = rowParser<Owner>('billing.accounts', { customerId: text, open: amount });
const parseClosing = rowParser<{ readonly id: string }>('billing.outbox', { id: text });

/**
 * Reports seals of customers whose accounts are not closed. A closing takes less than the grace period. If it fails, an
 * outbox row lifts the seal; a row that waits too long has its own finding.
 */
export async function verifySeals(
  { order, billing }: { readonly order: Snapshot; readonly billing: Snapshot },
  horizon: Date,
  report: Report,
): Promise<void> {
  const waiting = await billing.list(parseClosing, `select key as id from outbox where kind = 'closing-begun'`, []);
  const underWay = new Set(waiting.map(({ id }) => id));
  const seals = await order.stream(
    parseSeal,
    `
    select closing_id as id, customer_id as "customerId" from seals
    where lifted_at is null and sealed_at < '${horizon.toISOString()}' order by customer_id`,
  );
  const owners = await billing.stream(
    parseOwner,
    `
    select customer_id as "customerId", count(*) filter (where status = 'OPEN') as open
    from accounts group by customer_id order by customer_id`,
  );
  const keyOf = ({ customerId }: { readonly customerId: string }) => customerId;
  const groups = joinByKey<{ seals: Seal; owners: Owner }>({
    seals: { rows: seals, keyOf },
    owners: { rows: owners, keyOf },
  });
  for await (const { key, group } of groups) {
    report.checked('order.seals', group.seals.length);
    const open = group.owners[0]?.open ?? null;
    if (open === 0n) continue;
    report.found(
      group.seals
        .filter(({ id }) => !underWay.has(id))
        .map(({ id }) => ({
          table: 'order.seals',
          id,
          expected: `closed accounts of customer ${key}`,
          found: open === null ? 'none' : `${open} open`,
        })),
    );
  }
}
