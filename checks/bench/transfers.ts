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
 * What another project's README reports of the same load test, on a laptop: another machine, so that only the distance
 * says something.
 */
const reference = [
  { users: 40, perSecond: 47, p95Ms: 630, failed: 'none' },
  { users: 100, perSecond: 49, p95Ms: 1_540, failed: 'none' },
  { users: 300, perSecond: 31, p95Ms: 11_800, failed: 'some' },
] as const;

const [few, , many] = reference;

/** Each user's requests for a transfer: the transfer alone, or a quote and then the transfer on it, as the console asks. */
const kinds = {
  plain: { requests: transferRequests, perTransfer: 1 },
  quoted: { requests: quotedTransferRequests, perTransfer: 2 },
} as const;

type Kind = keyof typeof kinds;

/**
 * So many users at once, each transferring to another, with fee, as soon as the transfer before is answered, without
 * quotes and then with them; then whether all of the money is still there. Counted is what the ledger has, not what
 * was answered.
 */
export async function transfers(progress: (what: string) => void): Promise<Findings> {
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

async function measure(system: OwnSystem, billing: Client, progress: (what: string) => void): Promise<Findings> {
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
  progress('waiting until every receiver is told, and verifying');
  const money = await conserved(system, billing, BigInt(users.length) * fundsMinor);
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
  // A user whose time is up with a quote in hand does not send its transfer.
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

type Money = Readonly<Record<'put in' | 'on accounts' | 'fees' | 'lost or made' | 'sum of all entries', string>> & {
  readonly 'findings of verify': number;
};

async function conserved(system: OwnSystem, billing: Client, putInMinor: bigint): Promise<Money> {
  await until('every receiver to be told', async () => await isEmptyOutbox(billing), 300_000);
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
    'put in': dollars(putInMinor),
    'on accounts': dollars(onAccounts),
    fees: dollars(fees),
    'lost or made': dollars(onAccounts + fees - putInMinor),
    'sum of all entries': dollars(all),
    'findings of verify': findings,
  };
}

async function isEmptyOutbox(billing: Client): Promise<boolean> {
  return (await billing.query('select from outbox limit 1')).rowCount === 0;
}

const dollars = (minor: bigint) => formatDecimal({ unscaled: minor, scale: 2 });

function row({ users, kind, perSecond, latencyMs, failed }: Level) {
  const elsewhere = reference.find((one) => one.users === users)!;
  return {
    users,
    transfers: kind,
    'transfers/s': Math.round(perSecond),
    'p50 ms': Math.round(latencyMs.p50),
    'p95 ms': Math.round(latencyMs.p95),
    'p99 ms': Math.round(latencyMs.p99),
    failed,
    'elsewhere: transfers/s': elsewhere.perSecond,
    'elsewhere: p95 ms': elsewhere.p95Ms,
    'elsewhere: failed': elsewhere.failed,
  };
}

function figuresOf(levels: readonly Level[], money: Money): Figure[] {
  const at = (users: number, kind: Kind) => levels.find((level) => level.users === users && level.kind === kind)!;
  const wrong = [money['lost or made'], money['sum of all entries']].filter((amount) => amount !== '0.00').length;
  return [
    ...(['plain', 'quoted'] as const).flatMap((kind): Figure[] => [
      {
        what: `${kind} transfers of ${few.users} users`,
        value: Math.round(at(few.users, kind).perSecond),
        unit: 'per second',
        goal: { atLeast: (20 * few.perSecond) / kinds[kind].perTransfer },
      },
      {
        what: `${kind} transfers of ${many.users} users, p95 of each request`,
        value: rounded(at(many.users, kind).latencyMs.p95),
        unit: 'ms',
        goal: { atMost: many.p95Ms / 10 },
      },
      {
        what: `${kind} transfers of ${many.users} users that failed`,
        value: at(many.users, kind).failed,
        unit: 'transfers',
        goal: { atMost: 0 },
      },
    ]),
    {
      what: 'sums of money that are wrong, and findings of verify',
      value: wrong + money['findings of verify'],
      unit: 'faults',
      goal: { atMost: 0 },
    },
  ];
}
