import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import { residentMb } from '../../tools/system/resources.ts';
import { type OwnSystem, startOwnSystem } from '../../tools/system/own-system.ts';
import { type Findings, quantiles } from './report.ts';

const customers = 100;
const streamsEach = 20;
const openedAtOnce = 50;
const rounds = 8;
/** For each process: what is kept without end would not fit. */
const heapMb = 256;

/** What a router does with 2,000 streams that are opened, sent something each, and left. */
type Round = {
  readonly round: number;
  /** The router's memory. */
  readonly 'MB before': number;
  readonly 'MB with all open': number;
  readonly 'MB after an event to each': number;
  readonly 'MB after all have left': number;
  /** From asking for the order to the event on the stream. */
  readonly 'ms to the event, p50': number;
  readonly 'ms to the event, p99': number;
  /** What the router asked of the subgraphs for the events. */
  readonly 'subgraph requests': number;
};

/** What 2,000 open streams cost a router, round after round, and how long a push to all of them takes. */
export async function liveStreams(progress: (what: string) => void): Promise<Findings> {
  const system = await startOwnSystem(7600, {
    LIVE_STREAMS_PER_CUSTOMER: String(streamsEach),
    ACCESS_TOKEN_TTL_S: '3600',
    NODE_OPTIONS: `--max-old-space-size=${heapMb}`,
  });
  try {
    const title = `${customers * streamsEach} open streams on one router`;
    return { tables: [{ title, rows: await measure(system, progress) }], figures: [] };
  } finally {
    await system.stop();
  }
}

async function measure(system: OwnSystem, progress: (what: string) => void): Promise<Round[]> {
  const people: Customer[] = [];
  for (let count = 0; count < customers; count += 1) people.push(await registerCustomer(system.url));
  for (const person of people) await person.placeOrder({ unitPrice: '0.01' });
  const memory = () => Math.round(residentMb(system.pidOf('router')));
  const measured: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`round ${round} of ${rounds}`);
    const before = memory();
    const streams = await openAll(system.url, people);
    const open = memory();
    const askedBefore = await subgraphRequests(system.management);
    const { p50, p99 } = quantiles(await pushToAll(people, streams));
    const asked = (await subgraphRequests(system.management)) - askedBefore;
    const told = memory();
    for (const { left } of streams) left();
    await until(
      'the router to close',
      async () => (await metric(system.management, /^wallet_live_streams\b/)) === 0,
      60_000,
    );
    measured.push({
      round,
      'MB before': before,
      'MB with all open': open,
      'MB after an event to each': told,
      'MB after all have left': memory(),
      'ms to the event, p50': Math.round(p50),
      'ms to the event, p99': Math.round(p99),
      'subgraph requests': asked,
    });
  }
  return measured;
}

interface Stream {
  readonly owner: Customer;
  readonly receivedAt: () => number | null;
  readonly left: () => void;
}

const agent = new Agent({ keepAlive: false, maxSockets: Infinity });

async function openAll(url: string, people: readonly Customer[]): Promise<Stream[]> {
  const owners = people.flatMap((person) => Array.from({ length: streamsEach }, () => person));
  const streams: Stream[] = [];
  for (let place = 0; place < owners.length; place += openedAtOnce) {
    const some = owners.slice(place, place + openedAtOnce);
    streams.push(...(await Promise.all(some.map(async (owner) => await open(url, owner)))));
  }
  return streams;
}

async function open(url: string, owner: Customer): Promise<Stream> {
  const asked = request(`${url}/stream`, {
    method: 'POST',
    agent,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${owner.token}`,
    },
  });
  asked.end(JSON.stringify({ query: 'subscription { notificationAdded { id subject body order { id status } } }' }));
  return await answered(asked, owner);
}

async function answered(asked: ClientRequest, owner: Customer): Promise<Stream> {
  const [response]: IncomingMessage[] = await once(asked, 'response');
  if (response?.statusCode !== 200) throw new Error(`a stream was answered with ${response?.statusCode}`);
  let receivedAt: number | null = null;
  // Leaving is an error of the connection, too.
  asked.on('error', () => undefined);
  response.on('error', () => undefined);
  response.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('event: next')) receivedAt ??= performance.now();
  });
  return { owner, receivedAt: () => receivedAt, left: () => asked.destroy() };
}

/** How long after its customer's order each stream was sent the message. */
async function pushToAll(people: readonly Customer[], streams: readonly Stream[]): Promise<number[]> {
  const placedAt = new Map<string, number>();
  for (const person of people) {
    placedAt.set(person.id, performance.now());
    await person.placeOrder({ unitPrice: '0.01' });
  }
  await until('an event on each stream', () => streams.every(({ receivedAt }) => receivedAt() !== null), 60_000);
  return streams.map(({ owner, receivedAt }) => receivedAt()! - placedAt.get(owner.id)!);
}

async function subgraphRequests(management: string): Promise<number> {
  return await metric(management, /^wallet_subgraph_request_seconds_count\b/);
}

/** What the router's metrics of that name sum up to. */
async function metric(management: string, name: RegExp): Promise<number> {
  const metrics = await fetch(new URL('/metrics', management));
  const lines = (await metrics.text()).split('\n').filter((line) => name.test(line));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
