import pg from 'pg';
import { z } from 'zod';
import { errorText, type Log } from '../telemetry/log.ts';
import { aborted, keepListening } from './listen.ts';
import { connectToRedis, type RedisServer } from './redis.ts';

/**
 * Live events report a change after its commit. They carry ids only, no personal data. A listener reads the changed
 * object from its subgraph. A listener that misses an event finds the change at its next read.
 */

export const liveEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('order-changed'), customerId: z.string(), orderId: z.string() }),
  z.object({ kind: z.literal('notification-added'), customerId: z.string(), notificationId: z.string() }),
]);

export type LiveEvent = z.infer<typeof liveEvent>;

/** The server that carries the events: the queue server. */
export type EventServer = RedisServer | { readonly postgresUrl: string };

/** The channel of the server that carries all live events. */
export const liveEventsChannel = 'live_events';

export interface EventPublisher {
  /** Call it after the commit. It returns at once; the publisher drops the events that it cannot send. */
  readonly publish: (events: readonly LiveEvent[]) => void;
  /** Sends the waiting events, then closes the connection. Later calls return the same promise. */
  readonly close: () => Promise<void>;
}

/** PostgreSQL accepts payloads below 8,000 bytes. An event has about 130 bytes. */
const longestMessage = 8_000;
export const eventsPerMessage = 50;

/** The most events that wait while the server is down. The publisher drops further events. */
const maxWaiting = 10_000;

/** The publisher connects at the first event. */
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
        log.warn({ events: events.length, reason: errorText(error) }, 'live updates could not be published');
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
  const count = Math.ceil(events.length / eventsPerMessage);
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify(events.slice(index * eventsPerMessage, (index + 1) * eventsPerMessage)),
  );
}

interface Sender {
  readonly send: (messages: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A server that takes longer to connect or to respond is lost. */
const silenceMs = 5_000;

function redisSender(server: RedisServer, log: Log): Sender {
  const redis = connectToRedis(server, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    retryStrategy: () => 500,
    connectTimeout: silenceMs,
    socketTimeout: silenceMs,
  });
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
    connectionTimeoutMillis: silenceMs,
    query_timeout: silenceMs,
    keepAlive: true,
    application_name: 'live events',
  });
  pool.on('error', (error) => log.debug({ reason: errorText(error) }, 'the jobs database dropped a connection'));
  return {
    send: async (messages) => {
      // PostgreSQL stores nothing, so the commit need not wait for the disk.
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
  readonly received: (events: readonly LiveEvent[]) => void;
  /** Called after each connect. The listener may have missed earlier events. */
  readonly listening: () => void;
}

const pauseAfterFaultMs = 1_000;

/**
 * Listens until the signal is aborted, and connects again when the connection breaks. Resolves when the connection is
 * closed. On PostgreSQL, the role needs only the right to connect.
 */
export async function listenToEvents(
  server: EventServer,
  listener: EventListener,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const take = (message: string) => {
    const events = eventsIn(message);
    if (events === null) log.warn('a live update could not be parsed');
    else listener.received(events);
  };
  if ('redisUrl' in server) await listenOnRedis(server, { ...listener, take }, log, signal);
  else {
    const onFault = (error: unknown) => log.warn({ reason: errorText(error) }, 'cannot listen to live updates');
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

interface MessageListener extends Pick<EventListener, 'listening'> {
  readonly take: (message: string) => void;
}

async function listenOnRedis(
  server: RedisServer,
  { take, listening }: MessageListener,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const redis = connectToRedis(server, {
    maxRetriesPerRequest: null,
    autoResubscribe: false,
    retryStrategy: () => pauseAfterFaultMs,
    connectTimeout: silenceMs,
    socketTimeout: silenceMs,
  });
  redis.on('error', (error) => log.warn({ reason: errorText(error) }, 'cannot listen to live updates'));
  redis.on('message', (_channel, message) => take(message));
  redis.on('ready', () => {
    redis.subscribe(liveEventsChannel).then(listening, (error: unknown) => {
      if (signal.aborted) return;
      log.warn({ reason: errorText(error) }, 'cannot listen to live updates');
      redis.disconnect(true);
    });
  });
  // A subscriber receives nothing for hours, whether or not the server still exists. Its time-out runs while a command
  // waits for a response.
  const checking = setInterval(() => void (redis.status === 'ready' && redis.ping().catch(() => undefined)), silenceMs);
  await aborted(signal);
  clearInterval(checking);
  redis.removeAllListeners('ready');
  redis.disconnect();
}
