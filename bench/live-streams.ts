import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import { type OwnSystem, startOwnSystem } from './own-system.ts';
import { type Findings, quantiles } from './report.ts';

const customers = 100;
const streamsEach = 20;
const openedAtOnce = 50;
const rounds = 3;

/** A row of the table. */
type Measured = Readonly<Record<'what' | 'unit', string> & Record<'value', number>>;

/**
 * What 2,000 open streams cost a router: its memory before, with all of them open, after each of them was sent
 * something, and after they were left, several times over; and how long a push to all of them takes.
 */
export async function liveStreams(progress: (what: string) => void): Promise<Findings> {
  const system = await startOwnSystem(7600, {
    LIVE_STREAMS_PER_CUSTOMER: String(streamsEach),
    ACCESS_TOKEN_TTL_S: '3600',
  });
  try {
    const title = `${customers * streamsEach} open streams on one router`;
    return { tables: [{ title, rows: await measure(system, progress) }], figures: [] };
  } finally {
    await system.stop();
  }
}

async function measure(system: OwnSystem, progress: (what: string) => void): Promise<Measured[]> {
  const people: Customer[] = [];
  for (let count = 0; count < customers; count += 1) people.push(await registerCustomer(system.url));
  for (const person of people) await person.placeOrder({ unitPrice: '0.01' });
  const memory = () => residentMb(system.pidOf('router'));
  const measured = [{ what: 'router before, no streams', value: memory(), unit: 'MB' }];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`round ${round} of ${rounds}`);
    const streams = await openAll(system.url, people);
    const open = memory();
    const waits = await pushToAll(people, streams);
    const { p50, p99 } = quantiles(waits);
    measured.push(
      { what: `round ${round}: ${streams.length} streams open`, value: open, unit: 'MB' },
      { what: `round ${round}: after an event to each`, value: memory(), unit: 'MB' },
      { what: `round ${round}: order placed to event received, p50`, value: Math.round(p50), unit: 'ms' },
      { what: `round ${round}: order placed to event received, p99`, value: Math.round(p99), unit: 'ms' },
    );
    for (const { left } of streams) left();
    await until('the router to close', () => connectionsTo(system.pidOf('router')) < customers, 60_000);
    measured.push({ what: `round ${round}: after all have left`, value: memory(), unit: 'MB' });
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

function residentMb(pid: number): number {
  return Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024);
}

/** As many as the process has files open. */
function connectionsTo(pid: number): number {
  return execFileSync('ls', [`/proc/${pid}/fd`], { encoding: 'utf8' }).split('\n').length;
}
