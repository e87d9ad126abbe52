import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import { residentMb } from '../../tools/system/resources.ts';
import { type OwnSystem, startOwnSystem } from '../../tools/system/own-system.ts';
import { type Findings, quantiles } from './report.ts';

const customerCount = 100;
const streamsEach = 20;
const openedAtOnce = 50;
const rounds = 8;
/** The heap limit of each process: a memory leak would exceed it. */
const heapMb = 256;

/** One round: 2,000 streams are opened, receive one event each, and are closed. */
type Round = {
  readonly round: number;
  /** The router's memory. */
  readonly 'MB before': number;
  readonly 'MB with all open': number;
  readonly 'MB after an event to each': number;
  readonly 'MB after all have closed': number;
  /** From the request of the order to the event on the stream. */
  readonly 'ms to the event, p50': number;
  readonly 'ms to the event, p99': number;
  /** Requests of the router to the subgraphs for the events. */
  readonly 'subgraph requests': number;
};

/** Measures a router's memory with 2,000 open streams, and how long a push to all of them takes. */
export async function liveStreams(progress: (message: string) => void): Promise<Findings> {
  const system = await startOwnSystem(7600, {
    LIVE_STREAMS_PER_CUSTOMER: String(streamsEach),
    ACCESS_TOKEN_TTL_S: '3600',
    NODE_OPTIONS: `--max-old-space-size=${heapMb}`,
  });
  try {
    const title = `${customerCount * streamsEach} open streams on one router`;
    return { tables: [{ title, rows: await measure(system, progress) }], figures: [] };
  } finally {
    await system.stop();
  }
}

async function measure(system: OwnSystem, progress: (message: string) => void): Promise<Round[]> {
  const customers: Customer[] = [];
  for (let count = 0; count < customerCount; count += 1) customers.push(await registerCustomer(system.url));
  for (const person of customers) await person.placeOrder({ unitPrice: '0.01' });
  const memory = () => Math.round(residentMb(system.pidOf('router')));
  const measured: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`round ${round} of ${rounds}`);
    const before = memory();
    const streams = await openAll(system.url, customers);
    const open = memory();
    const requestsBefore = await subgraphRequests(system.management);
    const { p50, p99 } = quantiles(await pushToAll(customers, streams));
    const subgraphRequestCount = (await subgraphRequests(system.management)) - requestsBefore;
    const openAfterEvent = memory();
    for (const { close } of streams) close();
    await until(
      'the router to close',
      async () => (await metric(system.management, /^wallet_live_streams\b/)) === 0,
      60_000,
    );
    measured.push({
      round,
      'MB before': before,
      'MB with all open': open,
      'MB after an event to each': openAfterEvent,
      'MB after all have closed': memory(),
      'ms to the event, p50': Math.round(p50),
      'ms to the event, p99': Math.round(p99),
      'subgraph requests': subgraphRequestCount,
    });
  }
  return measured;
}

interface Stream {
  readonly owner: Customer;
  readonly receivedAt: () => number | null;
  readonly close: () => void;
}

const agent = new Agent({ keepAlive: false, maxSockets: Infinity });

async function openAll(url: string, customers: readonly Customer[]): Promise<Stream[]> {
  const owners = customers.flatMap((person) => Array.from({ length: streamsEach }, () => person));
  const streams: Stream[] = [];
  for (let index = 0; index < owners.length; index += openedAtOnce) {
    const some = owners.slice(index, index + openedAtOnce);
    streams.push(...(await Promise.all(some.map(async (owner) => await open(url, owner)))));
  }
  return streams;
}

async function open(url: string, owner: Customer): Promise<Stream> {
  const clientRequest = request(`${url}/stream`, {
    method: 'POST',
    agent,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${owner.token}`,
    },
  });
  clientRequest.end(
    JSON.stringify({ query: 'subscription { notificationAdded { id subject body order { id status } } }' }),
  );
  return await streamOf(clientRequest, owner);
}

async function streamOf(clientRequest: ClientRequest, owner: Customer): Promise<Stream> {
  const [response]: IncomingMessage[] = await once(clientRequest, 'response');
  if (response?.statusCode !== 200) throw new Error(`the stream's status is ${response?.statusCode}`);
  let receivedAt: number | null = null;
  // Closing the stream emits a connection error.
  clientRequest.on('error', () => undefined);
  response.on('error', () => undefined);
  response.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('event: next')) receivedAt ??= performance.now();
  });
  return { owner, receivedAt: () => receivedAt, close: () => clientRequest.destroy() };
}

/** @returns the time from each customer's order to the event on each of the customer's streams. */
async function pushToAll(customers: readonly Customer[], streams: readonly Stream[]): Promise<number[]> {
  const placedAt = new Map<string, number>();
  for (const person of customers) {
    placedAt.set(person.id, performance.now());
    await person.placeOrder({ unitPrice: '0.01' });
  }
  await until('an event on each stream', () => streams.every(({ receivedAt }) => receivedAt() !== null), 60_000);
  return streams.map(({ owner, receivedAt }) => receivedAt()! - placedAt.get(owner.id)!);
}

async function subgraphRequests(management: string): Promise<number> {
  return await metric(management, /^wallet_subgraph_request_seconds_count\b/);
}

/** @returns the sum of the router's metrics with that name. */
async function metric(management: string, name: RegExp): Promise<number> {
  const metrics = await fetch(new URL('/metrics', management));
  const lines = (await metrics.text()).split('\n').filter((line) => name.test(line));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
