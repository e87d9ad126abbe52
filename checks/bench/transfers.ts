import { Client } from 'pg';
import { verifierUrls } from '#local/credentials.ts';
import { formatDecimal } from '#platform/money/decimal.ts';
import { until } from '#test/until.ts';
import { findingText } from '#verify/finding.ts';
import { verify } from '#verify/verify.ts';
import { type OwnSystem, startOwnSystem } from '../../tools/system/own-system.ts';
import { type Figure, type Findings, quantiles, rounded } from './report.ts';
import { loadHttp } from './router/http-load.ts';
import { fundsMinor, quotedTransferRequests, registerUsers, transferRequests, type User } from './transfer-load.ts';

const seconds = 30;
const warmUpSeconds = 5;

/**
 * Figures of the same load test in another project's README. They come from a laptop, so only large differences count.
 */
const reference = [
  { users: 40, perSecond: 47, p95Ms: 630, failed: 'none' },
  { users: 100, perSecond: 49, p95Ms: 1_540, failed: 'none' },
  { users: 300, perSecond: 31, p95Ms: 11_800, failed: 'some' },
] as const;

const [few, , many] = reference;

/** The requests of each transfer: the transfer only, or a quote and then the transfer on it, as the console does. */
const kinds = {
  plain: { requests: transferRequests, perTransfer: 1 },
  quoted: { requests: quotedTransferRequests, perTransfer: 2 },
} as const;

type Kind = keyof typeof kinds;

/**
 * Measures transfers of concurrent users, with fee, first without quotes and then with them. Each user sends the next
 * transfer after the answer to the previous one. The count comes from the ledger, not from the answers. Then the sums of
 * money are verified.
 */
export async function transfers(progress: (message: string) => void): Promise<Findings> {
  const system = await startOwnSystem(8200, { ACCESS_TOKEN_TTL_S: '3600', CUSTOMER_COST_PER_MINUTE: '1000000000' });
  const billing = new Client({ connectionString: system.databases.billing.owner });
  try {
    await billing.connect();
    return await measure(system, billing, progress);
  } finally {
    await billing.end();
    await system.stop();
  }
}

interface Level {
  readonly users: number;
  readonly kind: Kind;
  readonly perSecond: number;
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly failed: number;
}

async function measure(system: OwnSystem, billing: Client, progress: (message: string) => void): Promise<Findings> {
  progress(`registering ${many.users} users`);
  const users = await registerUsers(system.url, many.users);
  const levels: Level[] = [];
  for (const kind of ['plain', 'quoted'] as const) {
    await transferAmong(system.url, billing, users, kind, warmUpSeconds);
    for (const { users: count } of reference) {
      progress(`${count} users for ${seconds} s, ${kind}`);
      levels.push(await transferAmong(system.url, billing, users.slice(0, count), kind, seconds));
    }
  }
  progress('waiting until every receiver is notified, then verifying');
  const money = await checkMoney(system, billing, BigInt(users.length) * fundsMinor);
  return {
    tables: [
      { title: `Transfers of concurrent users, ${seconds} s each`, rows: levels.map(row) },
      { title: 'The money afterwards', rows: [money] },
    ],
    figures: figuresOf(levels, money),
  };
}

async function transferAmong(
  url: string,
  billing: Client,
  users: readonly User[],
  kind: Kind,
  forSeconds: number,
): Promise<Level> {
  const { requests, perTransfer } = kinds[kind];
  const before = await transfersMade(billing);
  const load = await loadHttp(requests(url, users), { connections: users.length, seconds: forSeconds });
  const made = (await transfersMade(billing)) - before;
  // At the end of the load, a user may have requested a quote without sending its transfer.
  const atLeast = (load.requests - (perTransfer - 1) * users.length) / perTransfer;
  return {
    users: users.length,
    kind,
    perSecond: made / load.seconds,
    latencyMs: quantiles(load.latenciesMs),
    failed: Math.max(load.failed, Math.ceil(atLeast - made), 0),
  };
}

async function transfersMade(billing: Client): Promise<number> {
  const { rows } = await billing.query<{ made: number }>(
    `select count(*)::integer as made from transactions where kind = 'TRANSFER'`,
  );
  return rows[0]!.made;
}

type Money = Readonly<
  Record<'deposited' | 'on accounts' | 'fees' | 'lost or created' | 'sum of all entries', string>
> & {
  readonly 'findings of verify': number;
};

async function checkMoney(system: OwnSystem, billing: Client, depositedMinor: bigint): Promise<Money> {
  await until('the notification of every receiver', async () => await isEmptyOutbox(billing), 300_000);
  const { rows } = await billing.query<Record<'onAccounts' | 'fees' | 'all', string>>(`
    select (select sum(balance_minor) from accounts where currency = 'USD') as "onAccounts",
      coalesce(sum(amount_minor) filter (where system_account = 'FEES'), 0) as fees, sum(amount_minor) as "all"
    from entries where currency = 'USD'`);
  const [onAccounts, fees, all] = [BigInt(rows[0]!.onAccounts), BigInt(rows[0]!.fees), BigInt(rows[0]!.all)];
  const { findings } = await verify({
    urls: verifierUrls(system.adminUrl),
    graceS: 1,
    outboxMaxAgeS: 1,
    onFinding: (finding) => console.error(findingText(finding)),
  });
  return {
    deposited: dollars(depositedMinor),
    'on accounts': dollars(onAccounts),
    fees: dollars(fees),
    'lost or created': dollars(onAccounts + fees - depositedMinor),
    'sum of all entries': dollars(all),
    'findings of verify': findings,
  };
}

async function isEmptyOutbox(billing: Client): Promise<boolean> {
  return (await billing.query('select from outbox limit 1')).rowCount === 0;
}

const dollars = (minor: bigint) => formatDecimal({ unscaled: minor, scale: 2 });

function row({ users, kind, perSecond, latencyMs, failed }: Level) {
  const referenceRow = reference.find((one) => one.users === users)!;
  return {
    users,
    transfers: kind,
    'transfers/s': Math.round(perSecond),
    'p50 ms': Math.round(latencyMs.p50),
    'p95 ms': Math.round(latencyMs.p95),
    'p99 ms': Math.round(latencyMs.p99),
    failed,
    'reference: transfers/s': referenceRow.perSecond,
    'reference: p95 ms': referenceRow.p95Ms,
    'reference: failed': referenceRow.failed,
  };
}

function figuresOf(levels: readonly Level[], money: Money): Figure[] {
  const at = (users: number, kind: Kind) => levels.find((level) => level.users === users && level.kind === kind)!;
  const wrong = [money['lost or created'], money['sum of all entries']].filter((amount) => amount !== '0.00').length;
  return [
    ...(['plain', 'quoted'] as const).flatMap((kind): Figure[] => [
      {
        name: `${kind} transfers of ${few.users} users`,
        value: Math.round(at(few.users, kind).perSecond),
        unit: 'per second',
        goal: { atLeast: (20 * few.perSecond) / kinds[kind].perTransfer },
      },
      {
        name: `${kind} transfers of ${many.users} users, p95 of each request`,
        value: rounded(at(many.users, kind).latencyMs.p95),
        unit: 'ms',
        goal: { atMost: many.p95Ms / 10 },
      },
      {
        name: `${kind} transfers of ${many.users} users that failed`,
        value: at(many.users, kind).failed,
        unit: 'transfers',
        goal: { atMost: 0 },
      },
    ]),
    {
      name: 'sums of money that are wrong, and findings of verify',
      value: wrong + money['findings of verify'],
      unit: 'faults',
      goal: { atMost: 0 },
    },
  ];
}
