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
const customers = 100;
const ordersAtRest = 200;
const restMs = 100;
const lanes = 32;
const warmUpS = 5;
const secondsEach = 15;
/** What is usual has to catch up afterwards with what it does not keep up with. */
const secondsOfUsual = 8;
/** The beginning of a load, in which its backlog comes to be: as many orders as are under way at once. */
const beginningS = 5;

type Progress = (what: string) => void;

/**
 * Orders from the request to the notification: one at a time, as many as are accepted, and half as many; with the jobs
 * on PostgreSQL and on Redis. Beside them, on the same databases, a job for each order and stage in place of the
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
    progress('there is no Redis here (no redis-server, no REDIS_URL): measured on PostgreSQL alone');
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
    const people: Customer[] = [];
    const ours = await whileItRuns(await startParts(options), redisUrl, people, async ({ clients, listener }) =>
      measure(clients, listener, (what) => progress(`jobs on ${queue}, ${what}`)),
    );
    const names = partNames.filter((name) => name !== 'jobs');
    const usual = await whileItRuns(
      await startParts({ ...options, names }),
      redisUrl,
      people,
      async ({ clients, listener, databases }) => {
        const stopUsual = await startOneJobEach(databases, redisUrl);
        try {
          const say = (what: string) => progress(`one job per stage and order, on ${queue}, ${what}`);
          return await measureEnds(clients, listener, secondsOfUsual, say);
        } finally {
          await stopUsual();
        }
      },
    );
    return findingsOf(queue, ours, usual);
  } finally {
    await running.disposeAsync();
  }
}

interface Running {
  readonly clients: Clients;
  readonly listener: NotificationListener;
  readonly databases: DatabaseUrls;
}

/** @param people who have registered before; where there are none yet, they register. */
async function whileItRuns<Result>(
  { url, databases, stop }: OwnSystem,
  redisUrl: string | null,
  people: Customer[],
  work: (running: Running) => Promise<Result>,
): Promise<Result> {
  const running = new AsyncDisposableStack();
  try {
    running.defer(stop);
    while (people.length < customers) people.push(await registerCustomer(url));
    const clients = openClients(url, people);
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
  const ended = once(child, 'exit');
  const tooSoon = ended.then(() => Promise.reject(new Error('what is usual ended before it began')));
  await Promise.race([once(child, 'message'), tooSoon]);
  return async () => {
    child.disconnect();
    await ended;
  };
}

/** Orders that were placed, each with when it was notified. */
type Load = readonly (PlacedOrder & { readonly notifiedMs: number })[];

interface Ends {
  readonly atRest: Load;
  readonly full: Load;
}

interface Loads extends Ends {
  readonly half: Load;
}

async function measure(clients: Clients, listener: NotificationListener, say: Progress): Promise<Loads> {
  const ends = await measureEnds(clients, listener, secondsEach, say);
  const perSecond = steady(ends.full).acceptedPerS / 2;
  say(`${Math.round(perSecond)} in a second`);
  return { ...ends, half: await listener.heardOf(await clients.placeAtRate(perSecond, secondsEach)) };
}

async function measureEnds(
  clients: Clients,
  listener: NotificationListener,
  seconds: number,
  say: Progress,
): Promise<Ends> {
  say('warming up');
  await listener.heardOf(await clients.keepPlacing(lanes, warmUpS));
  say('one at a time');
  const atRest = [];
  for (let place = 0; place < ordersAtRest; place += 1) {
    atRest.push(...(await listener.heardOf([await clients.placeOne()])));
    await delay(restMs);
  }
  say('as many as are accepted');
  return { atRest, full: await listener.heardOf(await clients.keepPlacing(lanes, seconds)) };
}

/** What was accepted and notified, once the load had begun and until its last order was accepted. */
function steady(load: Load) {
  const fromMs = load[0]!.intendedMs + beginningS * 1_000;
  const toMs = Math.max(...load.map(({ answeredMs }) => answeredMs));
  const within = (ms: number) => ms >= fromMs && ms < toMs;
  const perSecond = (count: number) => count / ((toMs - fromMs) / 1_000);
  return {
    acceptedPerS: perSecond(load.filter(({ answeredMs }) => within(answeredMs)).length),
    notifiedPerS: perSecond(load.filter(({ notifiedMs }) => within(notifiedMs)).length),
    waitingAtEnd: load.filter(({ notifiedMs }) => notifiedMs >= toMs).length,
  };
}

const untilAnswer = (load: Load) => quantiles(load.map(({ intendedMs, answeredMs }) => answeredMs - intendedMs));
const untilNotified = (load: Load) => quantiles(load.map(({ answeredMs, notifiedMs }) => notifiedMs - answeredMs));

function findingsOf(queue: string, { atRest, full, half }: Loads, usual: Ends): Findings {
  const title = `Orders from the request to the notification, jobs on ${queue}`;
  const rows = [
    row('one at a time', atRest),
    row('half as many', half),
    row('as many as are accepted', full),
    row('one job per stage and order, one at a time', usual.atRest),
    row('one job per stage and order, as many as are accepted', usual.full),
  ];
  const { acceptedPerS, notifiedPerS } = steady(full);
  const figure = (what: string, value: number, unit: string, goal: Figure['goal']) => ({
    what: `jobs on ${queue}: ${what}`,
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

function row(what: string, load: Load): Table['rows'][number] {
  const [answer, notified, rates] = [untilAnswer(load), untilNotified(load), steady(load)];
  return {
    what,
    'accepted/s': rounded(rates.acceptedPerS),
    'notified/s': rounded(rates.notifiedPerS),
    'not yet notified at the end': rates.waitingAtEnd,
    'to the answer, p50 ms': rounded(answer.p50),
    'p99 ms': rounded(answer.p99),
    'from the answer to the notification, p50 ms': rounded(notified.p50),
    'and p99 ms': rounded(notified.p99),
  };
}
