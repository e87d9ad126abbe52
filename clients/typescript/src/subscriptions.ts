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
import { ConnectionLost, type Fault, isUnauthenticated, WalletError } from './errors.ts';
import { readEvents, type ServerEvent } from './event-stream.ts';
import type { Operation } from './operation.ts';
import { isWorthRetrying, pause, pauseFor } from './retry.ts';

/** A result of a subscription. */
export interface Event<Data> {
  readonly data: Data;
  /** The fields that the server could not read are null in `data`. Their errors are here; mostly there are none. */
  readonly errors: readonly Fault[];
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
/** A connection that lived for so long, a heartbeat at least, shows that its token was accepted. */
const acceptedAfterMs = 12_000;

interface Stream<Data> {
  readonly connection: Connection;
  readonly auth: Auth;
  readonly operation: Operation<Data, never>;
  readonly variables: object;
  readonly options: FollowOptions;
  lastEventId: string | null;
  /** The attempts since the last connection that was alive. */
  failures: number;
  /** How often in a row an event could not be read. */
  unreadable: number;
  /** The token of the last connection. */
  sent: string | null;
  /** Whether the token was replaced since the last connection that was alive. */
  isReplaced: boolean;
  /** How often in a row the server refused a new token soon, without an event. */
  earlyRefusals: number;
  /** On the clock of `performance.now()`. */
  beganAtMs: number;
}

/**
 * Follows a subscription over Server-Sent Events, across cuts of the connection.
 *
 * @throws RequestFailed for an error that another attempt would meet again, ConnectionLost after `attempts`, and the reason
 *   of the signal.
 */
export async function* follow<Data>(
  connection: Connection,
  auth: Auth,
  operation: Operation<Data, never>,
  variables: object,
  options: FollowOptions = {},
): AsyncGenerator<Event<Data>, void, undefined> {
  const { lastEventId = null, attempts = Infinity, signal } = options;
  const initial = { lastEventId, failures: 0, unreadable: 0, sent: null, isReplaced: false, earlyRefusals: 0 };
  const stream: Stream<Data> = {
    connection,
    auth,
    operation,
    variables,
    options,
    ...initial,
    beganAtMs: performance.now(),
  };
  for (;;) {
    try {
      if (yield* connectOnce(stream)) return;
      throw new ConnectionLost('the stream ended early');
    } catch (caught) {
      signal?.throwIfAborted();
      const error = await afterReplacement(stream, caught);
      if (error === null) continue;
      stream.failures += 1;
      const isLastAttempt = stream.failures >= attempts || stream.unreadable >= connection.retry.attempts;
      if (isLastAttempt || !isWorthRetrying(error, true)) throw error;
      const attempt = Math.min(Math.max(stream.failures, stream.unreadable), 20);
      const pauseMs = pauseFor(error, attempt, connection.retry);
      if (pauseMs === null) throw error;
      await pause(pauseMs, signal);
    }
  }
}

/**
 * Replaces the token if the server refused it. Two refusals without a sign of life between them have another reason. So
 * have several in a row that came soon after a sign of life.
 *
 * @returns the error that remains; null if the token was replaced.
 */
async function afterReplacement(stream: Stream<unknown>, error: unknown): Promise<unknown> {
  const { auth, options, sent } = stream;
  if (!isUnauthenticated(error) || sent === null || stream.isReplaced) return error;
  if (performance.now() - stream.beganAtMs >= acceptedAfterMs) stream.earlyRefusals = 0;
  if (stream.earlyRefusals >= stream.connection.retry.attempts) return error;
  stream.earlyRefusals += 1;
  try {
    if ((await auth.replacementFor(sent, options.signal)) === null) return error;
  } catch (failure) {
    options.signal?.throwIfAborted();
    return failure;
  }
  stream.isReplaced = true;
  return null;
}

function markAlive(stream: Stream<unknown>): void {
  stream.failures = 0;
  stream.isReplaced = false;
}

/** @returns whether the subscription is complete. */
async function* connectOnce<Data>(stream: Stream<Data>): AsyncGenerator<Event<Data>, boolean, undefined> {
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
      if (event.event === 'complete') return true;
      if (event.event === 'next') yield take(stream, event);
      else {
        stream.lastEventId = event.id ?? stream.lastEventId;
        markAlive(stream);
      }
    }
    return false;
  } catch (error) {
    if (error instanceof WalletError) throw error;
    signal?.throwIfAborted();
    throw new ConnectionLost(silence.signal.aborted ? 'the stream is silent' : textOf(error), { cause: error });
  } finally {
    silence.end();
  }
}

/** Advances after the event only if it has data: an event that could not be read comes again. */
function take<Data>(stream: Stream<Data>, { id, data: text }: ServerEvent): Event<Data> {
  const result = JSON.parse(text) as Result<Data>;
  const { data, errors = [], extensions } = result;
  const isPartial = typeof data === 'object' && data !== null && Object.values(data).some((value) => value !== null);
  if (errors[0]?.extensions?.code !== 'UNAUTHENTICATED') stream.unreadable += 1;
  const taken = isPartial ? data : dataOf(stream.operation, result, { status: 200, retryAfterS: null });
  stream.lastEventId = extensions?.lastEventId ?? id ?? stream.lastEventId;
  stream.unreadable = 0;
  stream.earlyRefusals = 0;
  markAlive(stream);
  return { data: taken, errors, lastEventId: stream.lastEventId };
}

/** @throws ConnectionLost, RequestFailed */
async function open(stream: Stream<unknown>, signal: AbortSignal): Promise<Response> {
  const { connection, auth, operation, variables, lastEventId } = stream;
  stream.sent = await auth.token(signal);
  stream.beganAtMs = performance.now();
  const response = await connection.fetch(`${connection.origin}/graphql/stream`, {
    method: 'POST',
    headers: {
      ...connection.headers,
      ...bearer(stream.sent),
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
  dataOf(operation, body, { status: response.status, retryAfterS });
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
