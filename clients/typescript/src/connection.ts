import { ConnectionLost, type Fault, RequestFailed } from './errors.ts';
import type { Operation } from './operation.ts';
import { retryDefaults, type RetryOptions } from './retry.ts';

/** Where the server is, and how requests are sent. */
export interface ConnectionOptions {
  /** The origin of the server, such as `https://wallet.example`. */
  readonly origin: string;
  /** The name and the version of your program, for the metrics and the traces of the server. */
  readonly client?: { readonly name: string; readonly version?: string };
  /** The time for one attempt, its whole answer included, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number;
  readonly retry?: RetryOptions;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
}

export interface RequestOptions {
  /** Ends the request, its retries and its pauses. */
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

export interface Connection {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly retry: Required<RetryOptions>;
  readonly fetch: typeof fetch;
}

/** @throws TypeError if the origin is no URL. */
export function connectionOf({
  origin,
  client,
  timeoutMs = 30_000,
  retry = {},
  fetch: given,
}: ConnectionOptions): Connection {
  const url = new URL(origin);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new TypeError('The origin must be an http or https URL.');
  return {
    origin: url.origin,
    headers: {
      ...(client === undefined ? {} : { 'apollographql-client-name': client.name }),
      ...(client?.version === undefined ? {} : { 'apollographql-client-version': client.version }),
    },
    timeoutMs,
    retry: { ...retryDefaults, ...retry },
    // A browser's `fetch` must be called as a function of the window.
    fetch: given ?? ((input, init) => globalThis.fetch(input, init)),
  };
}

/** A GraphQL result as the server sends it. */
export interface Result<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly Fault[];
  readonly extensions?: { readonly lastEventId?: string };
}

interface Posted<Data> extends RequestOptions {
  readonly operation: Operation<Data, never>;
  readonly variables: object;
  readonly token: string | null;
}

/**
 * Sends an operation once.
 *
 * @throws ConnectionLost, RequestFailed, and the reason of the signal.
 */
export async function post<Data>(
  connection: Connection,
  { operation, variables, token, ...options }: Posted<Data>,
): Promise<Data> {
  const { status, retryAfterS, body } = await fetchJson(connection, '/graphql', {
    ...options,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...bearer(token) },
    body: JSON.stringify({ query: operation.text, operationName: operation.name, variables }),
  });
  return dataOf(operation, body, { status, retryAfterS });
}

/**
 * The data of a result. The server executed the operation against its schema, so the data has the operation's type.
 *
 * @throws RequestFailed; ConnectionLost if it is no result.
 */
export function dataOf<Data>(
  { name }: Operation<Data, never>,
  body: unknown,
  { status, retryAfterS }: { status: number; retryAfterS: number | null },
): Data {
  const { data, errors = [] } = (typeof body === 'object' && body !== null ? body : {}) as Result<Data>;
  const [first, ...others] = errors;
  if (first !== undefined) throw new RequestFailed([first, ...others], { data: data ?? null, retryAfterS });
  if (data == null)
    throw new ConnectionLost(`the answer to ${name} with status ${status} is no result of this API`, { retryAfterS });
  return data;
}

export function bearer(token: string | null): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

interface JsonRequest extends RequestOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Posts, and reads the whole answer as JSON. @throws ConnectionLost, and the reason of the signal. */
export async function fetchJson(
  { origin, fetch, headers, timeoutMs: defaultMs }: Connection,
  path: string,
  { signal, timeoutMs = defaultMs, ...request }: JsonRequest,
) {
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(timeoutMs);
  let retryAfterS: number | null = null;
  try {
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { ...headers, ...request.headers },
      body: request.body,
      redirect: 'error',
      credentials: 'omit',
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
    retryAfterS = retryAfterOf(response);
    return { status: response.status, retryAfterS, body: (await response.json()) as unknown };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = limit.aborted ? `no answer within ${timeoutMs} ms` : textOf(error);
    throw new ConnectionLost(reason, { cause: error, retryAfterS });
  }
}

/** The seconds in `Retry-After`, which may also be a date. */
export function retryAfterOf({ headers }: Response): number | null {
  const text = headers.get('retry-after');
  if (text === null) return null;
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1_000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
