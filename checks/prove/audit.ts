import { findingText } from '#verify/finding.ts';
import { verify } from '#verify/verify.ts';
import type { Stage } from './stage.ts';
import { waitFor } from './wait.ts';

/** The state of the databases after all asynchronous work is done. */
export interface Audit {
  /** How long the work took, in seconds. */
  readonly settledInS: number;
  /** The findings of `npm run verify`. */
  readonly findings: readonly string[];
}

const settledWithinMs = 120_000;

/** Waits until all asynchronous work is done, then verifies every row of every database. */
export async function audit(stage: Stage): Promise<Audit> {
  const settledInS = await waitUntilSettled(stage);
  const findings: string[] = [];
  const onFinding = (finding: Parameters<typeof findingText>[0]) => void findings.push(findingText(finding));
  await verify({ urls: stage.verifier, graceS: 0, outboxMaxAgeS: 0, onFinding });
  for (const finding of findings.slice(0, 10)) stage.log(`verify: ${finding}`);
  return { settledInS, findings };
}

/** Waits until all asynchronous work is done. @returns the time it took, in seconds. */
export async function waitUntilSettled(stage: Stage): Promise<number> {
  const beganMs = performance.now();
  let pending = '';
  try {
    await waitFor('all work to settle', async () => (pending = await pendingWork(stage)) === '', settledWithinMs, 250);
  } catch (cause) {
    throw new Error(`not settled after ${settledWithinMs / 1_000} s: ${pending}`, { cause });
  }
  return (performance.now() - beganMs) / 1_000;
}

/** Describes outbox rows and orders that are not settled yet; empty if there are none. */
async function pendingWork(stage: Stage): Promise<string> {
  const pending: string[] = [];
  for (const owner of ['user', 'billing', 'order'] as const) {
    const rows = await stage.query<{ description: string }>(
      owner,
      `select count(*) || ' ' || kind || ' dispatched ' || attempts || ' times' as description
       from outbox where failed_at is null group by kind, attempts`,
    );
    pending.push(...rows.map(({ description }) => description));
  }
  const orders = await stage.query<{ description: string }>(
    'order',
    `select count(*) || ' ' || status as description from orders where status in ('PENDING', 'REFUNDING') group by status`,
  );
  return [...pending, ...orders.map(({ description }) => description)].join(', ');
}

/** Numbers of faults among the orders of some customers. */
export interface OrderFaults {
  /** Acknowledged orders that do not exist. */
  readonly lost: number;
  /** Debits and notifications beyond one of each kind per order, and orders that were never acknowledged. */
  readonly double: number;
  /** Orders without a notification. */
  readonly unnotified: number;
}

/** @param customers whose only orders are these; each request was repeated until it was acknowledged. */
export async function orderFaultsOf(
  stage: Stage,
  customers: readonly string[],
  acknowledged: ReadonlySet<string>,
): Promise<OrderFaults> {
  const orders = await stage.query<{ id: string }>('order', 'select id from orders where customer_id = any($1)', [
    customers,
  ]);
  const debits = await stage.query<{ id: string }>(
    'billing',
    `select order_id as id from transactions where kind = 'ORDER_PAYMENT' and from_customer_id = any($1)`,
    [customers],
  );
  const notices = await stage.query<{ id: string }>(
    'notification',
    'select order_id as id from notifications where customer_id = any($1) and order_id is not null',
    [customers],
  );
  const existing = new Set(orders.map(({ id }) => id));
  const notified = new Set(notices.map(({ id }) => id));
  return {
    lost: [...acknowledged].filter((id) => !existing.has(id)).length,
    double: surplus(debits) + surplus(notices) + [...existing].filter((id) => !acknowledged.has(id)).length,
    unnotified: [...existing].filter((id) => !notified.has(id)).length,
  };
}

/** @returns the number of rows beyond one for each id. */
export function surplus(rows: readonly { readonly id: string }[]): number {
  return rows.length - new Set(rows.map(({ id }) => id)).size;
}
