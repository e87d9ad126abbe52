import { findingText } from '#verify/finding.ts';
import { verify } from '#verify/verify.ts';
import type { Stage } from './stage.ts';
import { waitFor } from './wait.ts';

/** What the databases say once nothing is on its way any more. */
export interface Audit {
  /** How long that took. */
  readonly settledInS: number;
  /** What `npm run verify` would name. */
  readonly findings: readonly string[];
}

const settledWithinMs = 120_000;

/** Waits until every effect has arrived, then compares every row of every database with the others. */
export async function audit(stage: Stage): Promise<Audit> {
  const settledInS = await settled(stage);
  const findings: string[] = [];
  const tell = (finding: Parameters<typeof findingText>[0]) => void findings.push(findingText(finding));
  await verify({ urls: stage.verifier, graceS: 0, outboxMaxAgeS: 0, tell });
  for (const finding of findings.slice(0, 10)) stage.say(`verify: ${finding}`);
  return { settledInS, findings };
}

/** Waits until every effect has arrived. Returns how long that took, in seconds. */
export async function settled(stage: Stage): Promise<number> {
  const beganMs = performance.now();
  let left = '';
  try {
    await waitFor('everything to settle', async () => (left = await underWay(stage)) === '', settledWithinMs, 250);
  } catch (cause) {
    throw new Error(`not settled after ${settledWithinMs / 1_000} s: ${left}`, { cause });
  }
  return (performance.now() - beganMs) / 1_000;
}

/** What is still on its way, in words. */
async function underWay(stage: Stage): Promise<string> {
  const left: string[] = [];
  for (const owner of ['user', 'billing', 'order'] as const) {
    const rows = await stage.ask<{ what: string }>(
      owner,
      `select count(*) || ' ' || kind || ' handed over ' || attempts || ' times' as what
       from outbox where failed_at is null group by kind, attempts`,
    );
    left.push(...rows.map(({ what }) => what));
  }
  const orders = await stage.ask<{ what: string }>(
    'order',
    `select count(*) || ' ' || status as what from orders where status in ('PENDING', 'REFUNDING') group by status`,
  );
  return [...left, ...orders.map(({ what }) => what)].join(', ');
}

/** What became of orders whose ids the clients were given. */
export interface Fates {
  /** Orders that a client was told of and that are not there. */
  readonly lost: number;
  /** Debits and notifications beyond one of each kind per order, and orders that nobody was told of. */
  readonly double: number;
  /** Orders without their one notification. */
  readonly untold: number;
}

/** @param customers who have placed these orders and no others, each until it was acknowledged. */
export async function fatesOf(
  stage: Stage,
  customers: readonly string[],
  acknowledged: ReadonlySet<string>,
): Promise<Fates> {
  const orders = await stage.ask<{ id: string }>('order', 'select id from orders where customer_id = any($1)', [
    customers,
  ]);
  const debits = await stage.ask<{ id: string }>(
    'billing',
    `select order_id as id from transactions where kind = 'ORDER_PAYMENT' and from_customer_id = any($1)`,
    [customers],
  );
  const notices = await stage.ask<{ id: string }>(
    'notification',
    'select order_id as id from notifications where customer_id = any($1) and order_id is not null',
    [customers],
  );
  const there = new Set(orders.map(({ id }) => id));
  const told = new Set(notices.map(({ id }) => id));
  return {
    lost: [...acknowledged].filter((id) => !there.has(id)).length,
    double: surplus(debits) + surplus(notices) + [...there].filter((id) => !acknowledged.has(id)).length,
    untold: [...there].filter((id) => !told.has(id)).length,
  };
}

/** How many rows there are beyond one of each id. */
export function surplus(rows: readonly { readonly id: string }[]): number {
  return rows.length - new Set(rows.map(({ id }) => id)).size;
}
