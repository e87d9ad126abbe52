import type { Auth } from './auth.ts';
import {
  bearer,
  type Connection,
  dataOf,
  type RequestOptions,
  type Result,
  retryAfterOf,
  textOf,
} from './connection.ts';
import { ConnectionLost, RequestFailed } from './errors.ts';
import { readEvents, type ServerEvent } from './event-stream.ts';
import type { Operation } from './operation.ts';
import { isWorthRetrying, pause, pauseFor } from './retry.ts';

/** A result of a subscription. */
export interface Event<Data> {
  readonly data: Data;
  /** Keep it to go on after this event in another process: `subscribe(…, { lastEventId })`. */
  readonly lastEventId: string | null;
}

export interface FollowOptions extends RequestOptions {
  /** The event after which the stream begins. Default: now. */
  readonly lastEventId?: string | null;
  /** Called when the connection is open, at first and after each cut. */
  readonly onConnected?: () => void;
  /** How often in a row to connect without success at most. Default: without end. */
  readonly attempts?: number;
}

/** The server sends a heartbeat every 12 seconds: after this time without one, the connection is dead. */
const silentMs = 30_000;

interface Stream {
  readonly connection: Connection;
  readonly auth: Auth;
  readonly operation: Operation<unknown, never>;
  readonly variables: object;
  readonly options: FollowOptions;
  lastEventId: string | null;
  /** The attempts since the last success. */
  failures: number;
  /** The token that the server refused last; null after a success. */
  refused: string | null;
}

/**
 * Follows a subscription over Server-Sent Events, across cuts of the connection.
 *
 * @throws RequestFailed for an error that another attempt would meet again, ConnectionLost after `attempts`, and the reason
 *   of the signal.
 */
export async function* follow(
  connection: Connection,
  auth: Auth,
  operation: Operation<unknown, never>,
  variables: object,
  options: FollowOptions = {},
): AsyncGenerator<Event<unknown>, void, undefined> {
  const { lastEventId = null, attempts = Infinity, signal } = options;
  const stream: Stream = { connection, auth, operation, variables, options, lastEventId, failures: 0, refused: null };
  for (;;) {
    try {
      if (yield* connectOnce(stream)) return;
      throw new ConnectionLost('the stream ended early');
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof RequestFailed && error.code === 'UNAUTHENTICATED' && (await hasReplacement(stream)))
        continue;
      stream.failures += 1;
      if (!isWorthRetrying(error, true) || stream.failures >= attempts) throw error;
      const pauseMs = pauseFor(error, Math.min(stream.failures, 20), connection.retry);
      if (pauseMs === null) throw error;
      await pause(pauseMs, signal);
    }
  }
}

/** Whether there is another token, after one that expired. Two refusals in a row have another reason. */
async function hasReplacement(stream: Stream): Promise<boolean> {
  const { auth, options, refused } = stream;
  const token = await auth.token(options.signal);
  if (token === null || refused !== null) return false;
  stream.refused = token;
  return (await auth.replacementFor(token, options.signal)) !== null;
}

/** @returns whether the subscription is complete. */
async function* connectOnce(stream: Stream): AsyncGenerator<Event<unknown>, boolean, undefined> {
  const { connection, options } = stream;
  const { signal, timeoutMs = connection.timeoutMs } = options;
  signal?.throwIfAborted();
  const silence = watchSilence();
  try {
    silence.within(timeoutMs);
    const response = await open(
      stream,
      signal === undefined ? silence.signal : AbortSignal.any([silence.signal, signal]),
    );
    stream.lastEventId = response.headers.get('last-event-id') ?? stream.lastEventId;
    silence.within(silentMs);
    options.onConnected?.();
    for await (const event of readEvents(response.body!, () => silence.within(silentMs))) {
      stream.lastEventId = event.id ?? stream.lastEventId;
      if (event.event === 'complete') return true;
      if (event.event !== 'next') continue;
      yield take(stream, event);
    }
    return false;
  } catch (error) {
    if (error instanceof ConnectionLost || error instanceof RequestFailed) throw error;
    signal?.throwIfAborted();
    throw new ConnectionLost(silence.signal.aborted ? 'the stream is silent' : textOf(error), { cause: error });
  } finally {
    silence.end();
  }
}

function take(stream: Stream, { data }: ServerEvent): Event<unknown> {
  const result = JSON.parse(data) as Result;
  const taken = dataOf(result, { status: 200, retryAfterS: null });
  stream.lastEventId = result.extensions?.lastEventId ?? stream.lastEventId;
  stream.failures = 0;
  stream.refused = null;
  return { data: taken, lastEventId: stream.lastEventId };
}

/** @throws ConnectionLost, RequestFailed */
async function open(stream: Stream, signal: AbortSignal): Promise<Response> {
  const { connection, auth, operation, variables, lastEventId } = stream;
  const response = await connection.fetch(`${connection.origin}/graphql/stream`, {
    method: 'POST',
    headers: {
      ...connection.headers,
      ...bearer(await auth.token(signal)),
      accept: 'text/event-stream',
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      query: operation.text,
      operationName: operation.name,
      variables,
      ...(lastEventId === null ? {} : { extensions: { lastEventId } }),
    }),
    redirect: 'error',
    credentials: 'omit',
    signal,
  });
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true && response.body !== null)
    return response;
  const retryAfterS = retryAfterOf(response);
  const body: unknown = await response.json();
  dataOf(body, { status: response.status, retryAfterS });
  throw new ConnectionLost(`status ${response.status} without a stream`, { retryAfterS });
}

/** Aborts its signal when nothing came for a time. */
function watchSilence() {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    signal: controller.signal,
    within: (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(), ms);
    },
    end: () => {
      clearTimeout(timer);
      controller.abort();
    },
  };
}
