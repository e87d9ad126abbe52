import pg from 'pg';
import { z } from 'zod';
import { errorText, type Log } from '../telemetry/log.ts';
import { aborted, keepListening } from './listen.ts';
import { connectToRedis, type RedisServer } from './redis.ts';

/**
 * News of what was just committed, for those who show it as it happens. They carry ids and nothing personal, and no
 * truth: whoever hears one reads the rest where it belongs, and whoever misses one finds out by looking.
 */

export const liveEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('order-changed'), customerId: z.string(), orderId: z.string() }),
  z.object({ kind: z.literal('notification-added'), customerId: z.string(), notificationId: z.string() }),
]);

export type LiveEvent = z.infer<typeof liveEvent>;

/** Where the news pass: the server that the queue is on. */
export type EventServer = RedisServer | { readonly postgresUrl: string };

/** Of the server, for everybody. */
export const liveEventsChannel = 'live_events';

export interface EventPublisher {
  /** To be called after the commit. Nobody waits for it, and what cannot be told is forgotten. */
  readonly publish: (events: readonly LiveEvent[]) => void;
  /** Tells what is still to be told, then lets go of the server; once, however often it is asked. */
  readonly close: () => Promise<void>;
}

/** PostgreSQL takes payloads of less than 8,000 bytes; an event has some 130. */
const longestMessage = 8_000;
export const eventsOfMessage = 50;

/** While the server is away, no more than this is kept for it. */
const maxWaiting = 10_000;

/** Nothing is connected before the first event. */
export function openEventPublisher(server: EventServer, log: Log): EventPublisher {
  const sender = 'redisUrl' in server ? redisSender(server, log) : postgresSender(server.postgresUrl, log);
  let waiting: LiveEvent[] = [];
  let sending: Promise<void> | null = null;

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) {
      const events = waiting;
      waiting = [];
      try {
        await sender.send(messagesOf(events));
      } catch (error) {
        log.warn({ events: events.length, reason: errorText(error) }, 'live updates were not told');
      }
    }
    sending = null;
  }

  async function close(): Promise<void> {
    await sending;
    await sender.close();
  }

  let closing: Promise<void> | undefined;
  return {
    publish: (events) => {
      waiting.push(...events.slice(0, maxWaiting - waiting.length));
      if (waiting.length > 0) sending ??= sendAll();
    },
    close: () => (closing ??= close()),
  };
}

function messagesOf(events: readonly LiveEvent[]): string[] {
  const count = Math.ceil(events.length / eventsOfMessage);
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify(events.slice(index * eventsOfMessage, (index + 1) * eventsOfMessage)),
  );
}

interface Sender {
  readonly send: (messages: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

function redisSender(server: RedisServer, log: Log): Sender {
  const redis = connectToRedis(server, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => 500 });
  redis.on('error', (error) => log.debug({ reason: errorText(error) }, 'Redis cannot be reached'));
  return {
    send: async (messages) => {
      for (const message of messages) await redis.publish(liveEventsChannel, message);
    },
    close: async () => redis.disconnect(),
  };
}

function postgresSender(url: string, log: Log): Sender {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'live events',
  });
  pool.on('error', (error) => log.debug({ reason: errorText(error) }, 'the jobs database dropped a connection'));
  return {
    send: async (messages) => {
      // The commit of a notification need not wait for the disk, since nothing is stored.
      await pool.query(
        `select pg_notify($1, message), set_config('synchronous_commit', 'off', true)
         from unnest($2::text[]) as message`,
        [liveEventsChannel, messages],
      );
    },
    close: async () => await pool.end(),
  };
}

export interface EventListener {
  readonly heard: (events: readonly LiveEvent[]) => void;
  /** From now on all is heard; what was told before may have been missed. */
  readonly listening: () => void;
}

const pauseAfterFaultMs = 1_000;

/**
 * Listens on one connection, and on another when that one breaks, until the signal; resolves when it has let go. All
 * that PostgreSQL asks for is the right to connect.
 */
export async function listenToEvents(
  server: EventServer,
  listener: EventListener,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const take = (message: string) => {
    const events = eventsIn(message);
    if (events === null) log.warn('a message about live updates cannot be read');
    else listener.heard(events);
  };
  if ('redisUrl' in server) await listenOnRedis(server, { ...listener, take }, log, signal);
  else {
    const onFault = (error: unknown) => log.warn({ reason: errorText(error) }, 'live updates cannot be listened to');
    await keepListening(
      {
        url: server.postgresUrl,
        channel: liveEventsChannel,
        applicationName: 'live events',
        onListening: listener.listening,
        onNotification: take,
        onFault,
      },
      signal,
    );
  }
}

function eventsIn(message: string): LiveEvent[] | null {
  if (message.length > longestMessage) return null;
  try {
    return z.array(liveEvent).parse(JSON.parse(message));
  } catch {
    return null;
  }
}

interface Ear extends Pick<EventListener, 'listening'> {
  readonly take: (message: string) => void;
}

async function listenOnRedis(
  server: RedisServer,
  { take, listening }: Ear,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const redis = connectToRedis(server, {
    maxRetriesPerRequest: null,
    autoResubscribe: false,
    retryStrategy: () => pauseAfterFaultMs,
  });
  redis.on('error', (error) => log.warn({ reason: errorText(error) }, 'live updates cannot be listened to'));
  redis.on('message', (_channel, message) => take(message));
  redis.on('ready', () => {
    redis.subscribe(liveEventsChannel).then(listening, (error: unknown) => {
      if (signal.aborted) return;
      log.warn({ reason: errorText(error) }, 'live updates cannot be listened to');
      redis.disconnect(true);
    });
  });
  await aborted(signal);
  redis.removeAllListeners('ready');
  redis.disconnect();
}
