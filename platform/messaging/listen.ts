import pg from 'pg';
import { breakWhenSilent } from '../postgres/silent-connections.ts';
import { pause } from '../process/pause.ts';

export interface ListenOptions {
  /** The URL of a direct connection: LISTEN does not work through a pooler that shares connections. */
  readonly url: string;
  readonly channel: string;
  readonly applicationName: string;
  /** Called after each connect. Notifications from before it may be lost. */
  readonly onListening: () => void;
  readonly onNotification: (payload: string) => void;
  /** Called when the connection cannot be made. */
  readonly onFault: (error: unknown) => void;
}

const connectTimeoutMs = 5_000;
const keepAliveMs = 10_000;
const pauseMs = 1_000;

/** Listens to a channel of PostgreSQL until the signal is aborted. Connects again when the connection breaks. */
export async function keepListening(options: ListenOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await listenOnce(options, signal);
    if (!signal.aborted) await pause(pauseMs, signal);
  }
}

/** Listens until the connection breaks or the signal is aborted. */
async function listenOnce(options: ListenOptions, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({
    connectionString: options.url,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    application_name: options.applicationName,
  });
  const broken = new AbortController();
  client.on('error', () => broken.abort());
  client.on('end', () => broken.abort());
  client.on('notification', ({ payload = '' }) => options.onNotification(payload));
  try {
    await client.connect();
    breakWhenSilent(client);
    await client.query(`listen ${options.channel}`);
    options.onListening();
    await aborted(AbortSignal.any([signal, broken.signal]));
  } catch (error) {
    options.onFault(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Resolves when the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
