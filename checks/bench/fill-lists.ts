import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { DatabaseUrls } from '#local/credentials.ts';

/** Sizes of the test data: one busy customer with many rows per list, and many others with few. */
export interface Population {
  readonly busyId: string;
  readonly busyRows: number;
  readonly others: number;
  readonly othersRows: number;
}

/** @returns a population with about this many ledger entries, a tenth of them the busy customer's. */
export function populationOf(entries: number): Population {
  return { busyId: randomUUID(), busyRows: entries / 10, others: Math.round(entries * 0.0035), othersRows: 100 };
}

/**
 * Fills the databases with a year of history. The ledger's constraints and triggers stay on, so the entries balance and
 * the accounts' balances follow from them.
 */
export async function fillLists(
  databases: DatabaseUrls,
  population: Population,
  progress: (message: string) => void,
): Promise<void> {
  const customers = customersOf(population);
  await fill(databases.billing.owner, [customers, ...ledgerOf(population)], progress);
  await fill(databases.order.owner, [customers, orders], progress);
  await fill(databases.notification.owner, [customers, notifications], progress);
}

async function fill(url: string, statements: readonly string[], progress: (message: string) => void): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) {
      const beganMs = performance.now();
      const { rowCount } = await client.query(statement);
      const seconds = Math.round((performance.now() - beganMs) / 1_000);
      progress(`${rowCount ?? 0} rows in ${seconds} s: ${statement.trim().split(/ \(|\n/)[0]}`);
    }
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/**
 * One row per customer and step; the busy customer is number 0. The steps of each customer are spread over the year, at
 * times that differ between customers. The id of each step is a UUIDv7 of its time, as in real use.
 */
const customersOf = ({ busyId, busyRows, others, othersRows }: Population) => `
create temp table step as
  select *, uuidv7(at - clock_timestamp()) as id from (
    select customer.n as customer, customer.id as customer_id, step.n, (step.n + customer.n) % 20 as phase,
      (timestamptz '2026-01-01Z' + (step.n + customer.n / ${others + 1}.0) * (interval '364 days' / (customer.steps + 1)))
        ::timestamptz(3) as at
    from (
      select n, case n when 0 then '${busyId}'::uuid else md5('customer ' || n)::uuid end as id,
        case n when 0 then ${busyRows} else ${othersRows} end as steps
      from generate_series(0, ${others}) as n
    ) as customer
    cross join lateral generate_series(0, customer.steps) as step (n)
  ) as timed`;

/**
 * Of twenty movements, four are deposits, one is an exchange into the customer's own euro account, one is a transfer to
 * the next customer, one is a transfer to the busy customer, and the others pay orders.
 */
const ledgerOf = ({ others }: Population): readonly string[] => [
  `
create temp table wallet as
  select customer, customer_id, currency, uuidv7() as id
  from (select distinct customer, customer_id from step) as owner
  cross join unnest('{USD,EUR,CNY}'::text[]) as currency`,
  `
create temp table movement as
  select step.id, step.at, step.customer_id as owner_id, own.id as own_id, other.id as other_id,
    other.customer_id as other_owner_id, exchanged,
    case
      when step.n = 0 then 'OPENING_DEPOSIT'
      when phase < 4 then 'DEPOSIT'
      when phase < 7 then 'TRANSFER'
      else 'ORDER_PAYMENT'
    end as kind,
    case step.n when 0 then 10000000000 else 2 + step.n::bigint * 7919 % 5000 end as amount
  from (select *, n > 0 and phase = 4 as exchanged from step) as step
  join wallet as own on own.customer = step.customer and own.currency = 'USD'
  join wallet as other
    on other.customer = case
      when exchanged then step.customer
      when phase = 6 and step.customer > 0 then 0
      else (step.customer + 1) % ${others + 1}
    end
    and other.currency = case when exchanged then 'EUR' else 'USD' end`,
  `
create temp table posting as
  with side as (
    select id, at, own_id as account, null as system, 'USD' as currency,
      case when kind in ('OPENING_DEPOSIT', 'DEPOSIT') then amount else -amount end
        - case when kind = 'TRANSFER' and not exchanged then 1 else 0 end as amount
    from movement
    union all
    select id, at, null, case kind when 'ORDER_PAYMENT' then 'SALES' else 'CASH' end, 'USD',
      case kind when 'ORDER_PAYMENT' then amount else -amount end
    from movement where kind <> 'TRANSFER'
    union all
    select id, at, other_id, null, case when exchanged then 'EUR' else 'USD' end,
      case when exchanged then amount / 2 else amount end
    from movement where kind = 'TRANSFER'
    union all
    select id, at, null, 'FEES', 'USD', 1 from movement where kind = 'TRANSFER' and not exchanged
    union all
    select id, at, null, 'EXCHANGE', 'USD', amount from movement where exchanged
    union all
    select id, at, null, 'EXCHANGE', 'EUR', -(amount / 2) from movement where exchanged
  )
  select *,
    case when account is not null then row_number() over running end as sequence,
    case when account is not null then sum(amount) over running end as balance
  from side
  window running as (partition by account order by at, id)`,
  `
insert into accounts (id, customer_id, currency, number, last_entry_at)
  select id, customer_id, currency, 10000000 + row_number() over (), timestamptz '2026-01-01Z' from wallet`,
  `
with written as (
insert into transactions (id, kind, reference, amount_minor, currency, fee_minor, received_minor, received_currency,
    from_account_id, from_customer_id, to_account_id, to_customer_id, order_id, created_at)
  select id, kind, case kind when 'ORDER_PAYMENT' then 'payment:' else 'movement:' end || id, amount, 'USD',
    case when kind = 'TRANSFER' and not exchanged then 1 end,
    case when kind = 'ORDER_PAYMENT' then null when exchanged then amount / 2 else amount end,
    case when kind = 'ORDER_PAYMENT' then null when exchanged then 'EUR' else 'USD' end,
    case when kind in ('TRANSFER', 'ORDER_PAYMENT') then own_id end,
    case when kind in ('TRANSFER', 'ORDER_PAYMENT') then owner_id end,
    case kind when 'ORDER_PAYMENT' then null when 'TRANSFER' then other_id else own_id end,
    case kind when 'ORDER_PAYMENT' then null when 'TRANSFER' then other_owner_id else owner_id end,
    case kind when 'ORDER_PAYMENT' then id end, at
  from movement order by at
)
insert into entries (transaction_id, account_id, system_account, currency, amount_minor, sequence,
    balance_after_minor, hash, created_at)
  select id, account, system, currency, amount, sequence, balance,
    case when account is not null then decode(repeat('00', 32), 'hex') end, at
  from posting order by at`,
];

/** Of a hundred orders, eight are rejected, two are refunded, and the others are paid. */
const orders = `
insert into orders (id, customer_id, product_id, unit_price_minor, currency, quantity, total_minor, status,
    rejection_reason, placed_at, settled_at)
  select id, customer_id, 'product ' || n % 500, 1 + n::bigint * 7919 % 5000, 'USD', 1 + n % 3,
    (1 + n::bigint * 7919 % 5000) * (1 + n % 3),
    case when n % 100 < 8 then 'REJECTED' when n % 100 < 10 then 'REFUNDED' else 'PAID' end,
    case when n % 100 < 8 then 'INSUFFICIENT_FUNDS' end, at, at
  from step order by at`;

/** One notification in a hundred is unread. */
const notifications = `
insert into notifications (id, customer_id, kind, order_id, recipient, subject, body, read_at, created_at)
  select uuidv7(at - clock_timestamp()), customer_id, case when n % 100 < 8 then 'ORDER_REJECTED' else 'ORDER_PAID' end, id,
    'ada@example.com', 'Your order', 'Hello Ada, ' || repeat('this is what became of your order. ', 6),
    case when n % 100 <> 50 then at end, at
  from step order by at`;
