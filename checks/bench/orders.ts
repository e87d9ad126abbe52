import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { partNames } from '#local/parts.ts';
import type { DatabaseUrls } from '#local/credentials.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { hasRedis, startRedis } from '#test/redis.ts';
import { startOwnPostgres } from '../../tools/system/own-postgres.ts';
import { type OwnSystem, startParts } from '../../tools/system/own-system.ts';
import { type Figure, type Findings, quantiles, rounded, type Table } from './report.ts';
import { type Clients, openClients, type PlacedOrder } from './orders/clients.ts';
import { type NotificationListener, openNotificationListener } from './orders/notification-listener.ts';

const firstPort = 7500;
const customerCount = 100;
const ordersAtRest = 200;
const restMs = 100;
const concurrency = 32;
const warmUpS = 5;
const secondsEach = 15;
/** Shorter than `secondsEach`: the baseline falls behind, and must catch up after the load. */
const baselineSeconds = 8;
/** The beginning of a load, not measured: the number of orders in flight still grows. */
const rampUpS = 5;

type Progress = (message: string) => void;

/**
 * Measures orders from the request to the notification: one at a time, at full load and at half load, with the jobs on
 * PostgreSQL and on Redis. The baseline runs on the same databases with one job per order and stage instead of the
 * product's jobs.
 */
export async function orders(progress: Progress): Promise<Findings> {
  const found = [await measureOn('PostgreSQL', null, progress)];
  if (hasRedis) {
    const redis = await startRedis();
    try {
      found.push(await measureOn('Redis', redis.url, progress));
    } finally {
      await redis.stop();
    }
  } else {
    progress('no Redis found (no redis-server, no REDIS_URL): measured on PostgreSQL only');
  }
  return { tables: found.flatMap(({ tables }) => tables), figures: found.flatMap(({ figures }) => figures) };
}

async function measureOn(queue: string, redisUrl: string | null, progress: Progress): Promise<Findings> {
  const running = new AsyncDisposableStack();
  try {
    const { url: postgresUrl, stop } = await startOwnPostgres(firstPort);
    running.defer(stop);
    const settings = { ACCESS_TOKEN_TTL_S: '3600', ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }) };
    const options = { postgresUrl, firstPort: firstPort + 1, settings };
    const customers: Customer[] = [];
    const product = await withSystem(await startParts(options), redisUrl, customers, async ({ clients, listener }) =>
      measure(clients, listener, (message) => progress(`jobs on ${queue}, ${message}`)),
    );
    const names = partNames.filter((name) => name !== 'jobs');
    const baseline = await withSystem(
      await startParts({ ...options, names }),
      redisUrl,
      customers,
      async ({ clients, listener, databases }) => {
        const stopBaseline = await startOneJobEach(databases, redisUrl);
        try {
          const report = (message: string) => progress(`one job per stage and order, on ${queue}, ${message}`);
          return await measureExtremes(clients, listener, baselineSeconds, report);
        } finally {
          await stopBaseline();
        }
      },
    );
    return findingsOf(queue, product, baseline);
  } finally {
    await running.disposeAsync();
  }
}

interface Running {
  readonly clients: Clients;
  readonly listener: NotificationListener;
  readonly databases: DatabaseUrls;
}

/** @param customers registered customers; an empty list is filled with new ones. */
async function withSystem<Result>(
  { url, databases, stop }: OwnSystem,
  redisUrl: string | null,
  customers: Customer[],
  work: (running: Running) => Promise<Result>,
): Promise<Result> {
  const running = new AsyncDisposableStack();
  try {
    running.defer(stop);
    while (customers.length < customerCount) customers.push(await registerCustomer(url));
    const clients = openClients(url, customers);
    running.defer(clients.close);
    const listener = await openNotificationListener(
      redisUrl === null ? { postgresUrl: databases.jobs.owner } : { redisUrl },
      databases.notification.owner,
    );
    running.defer(listener.close);
    return await work({ clients, listener, databases });
  } finally {
    await running.disposeAsync();
  }
}

async function startOneJobEach(databases: DatabaseUrls, redisUrl: string | null): Promise<() => Promise<void>> {
  const file = fileURLToPath(new URL('orders/one-job-each.ts', import.meta.url));
  const child = fork(file, [JSON.stringify(databases), JSON.stringify(redisUrl)], { execArgv: ['--no-warnings'] });
  const exited = once(child, 'exit');
  const exitedEarly = exited.then(() => Promise.reject(new Error('the baseline process exited before it was ready')));
  await Promise.race([once(child, 'message'), exitedEarly]);
  return async () => {
    child.disconnect();
    await exited;
  };
}

/** Placed orders, each with the time of its notification. */
type Load = readonly (PlacedOrder & { readonly notifiedMs: number })[];

interface ExtremeLoads {
  readonly atRest: Load;
  readonly full: Load;
}

interface Loads extends ExtremeLoads {
  readonly half: Load;
}

async function measure(clients: Clients, listener: NotificationListener, progress: Progress): Promise<Loads> {
  const ends = await measureExtremes(clients, listener, secondsEach, progress);
  const perSecond = steadyState(ends.full).acceptedPerS / 2;
  progress(`${Math.round(perSecond)} orders per second`);
  return { ...ends, half: await listener.waitForNotifications(await clients.placeAtRate(perSecond, secondsEach)) };
}

async function measureExtremes(
  clients: Clients,
  listener: NotificationListener,
  seconds: number,
  progress: Progress,
): Promise<ExtremeLoads> {
  progress('warming up');
  await listener.waitForNotifications(await clients.keepPlacing(concurrency, warmUpS));
  progress('one at a time');
  const atRest = [];
  for (let index = 0; index < ordersAtRest; index += 1) {
    atRest.push(...(await listener.waitForNotifications([await clients.placeOne()])));
    await delay(restMs);
  }
  progress('full load');
  return { atRest, full: await listener.waitForNotifications(await clients.keepPlacing(concurrency, seconds)) };
}

/** Rates between the end of the ramp-up and the last accepted order. */
function steadyState(load: Load) {
  const fromMs = load[0]!.intendedMs + rampUpS * 1_000;
  const toMs = Math.max(...load.map(({ answeredMs }) => answeredMs));
  const isWithin = (ms: number) => ms >= fromMs && ms < toMs;
  const perSecond = (count: number) => count / ((toMs - fromMs) / 1_000);
  return {
    acceptedPerS: perSecond(load.filter(({ answeredMs }) => isWithin(answeredMs)).length),
    notifiedPerS: perSecond(load.filter(({ notifiedMs }) => isWithin(notifiedMs)).length),
    waitingAtEnd: load.filter(({ notifiedMs }) => notifiedMs >= toMs).length,
  };
}

const untilAnswer = (load: Load) => quantiles(load.map(({ intendedMs, answeredMs }) => answeredMs - intendedMs));
const untilNotified = (load: Load) => quantiles(load.map(({ answeredMs, notifiedMs }) => notifiedMs - answeredMs));

function findingsOf(queue: string, { atRest, full, half }: Loads, baseline: ExtremeLoads): Findings {
  const title = `Orders from the request to the notification, jobs on ${queue}`;
  const rows = [
    row('one at a time', atRest),
    row('half load', half),
    row('full load', full),
    row('one job per stage and order, one at a time', baseline.atRest),
    row('one job per stage and order, full load', baseline.full),
  ];
  const { acceptedPerS, notifiedPerS } = steadyState(full);
  const figure = (name: string, value: number, unit: string, goal: Figure['goal']) => ({
    name: `jobs on ${queue}: ${name}`,
    value: rounded(value),
    unit,
    goal,
  });
  return {
    tables: [{ title, rows }],
    figures: [
      figure('at rest, answer to notification, p50', untilNotified(atRest).p50, 'ms', { atMost: 15 }),
      figure('at half load, answer to notification, p99', untilNotified(half).p99, 'ms', { atMost: 100 }),
      figure('at full load, notified to accepted', notifiedPerS / acceptedPerS, '×', { atLeast: 0.98 }),
    ],
  };
}

function row(name: string, load: Load): Table['rows'][number] {
  const [answer, notified, rates] = [untilAnswer(load), untilNotified(load), steadyState(load)];
  return {
    name,
    'accepted/s': rounded(rates.acceptedPerS),
    'notified/s': rounded(rates.notifiedPerS),
    'not yet notified at the end': rates.waitingAtEnd,
    'to the answer, p50 ms': rounded(answer.p50),
    'p99 ms': rounded(answer.p99),
    'from the answer to the notification, p50 ms': rounded(notified.p50),
    'and p99 ms': rounded(notified.p99),
  };
}
