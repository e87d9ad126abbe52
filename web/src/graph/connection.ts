/** Whether the server can be reached, judged by the last request. */

/** No answer came, or the answer was a proxy's. */
export class ConnectionLost extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The server can't be reached: ${reason}.`, options);
    this.name = 'ConnectionLost';
  }
}

/** The server answered a request outside the graph with a fault of its catalogue. */
export class ServerFault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ServerFault';
    this.code = code;
  }
}

const firstProbeMs = 1_000;
const slowestProbeMs = 15_000;
const unreachableStatuses = new Set([502, 503, 504]);

/** A network can drop a request without an error, so no request waits for ever. */
const answerWithinMs = 30_000;
const probeWithinMs = 5_000;

let lost = false;
const watchers = new Set<() => void>();

export const connection = {
  lost: () => lost,
  /** Calls `watcher` when the connection is lost and when it is back. */
  watch: (watcher: () => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
};

/**
 * Fetches.
 *
 * @param withinMs how long to wait for the head of the answer.
 * @throws ConnectionLost. From then on the server is probed until it answers.
 */
export async function send(path: string, init: RequestInit, withinMs = answerWithinMs): Promise<Response> {
  try {
    const response = await fetchWithin(withinMs, path, init);
    if (!isFromServer(response)) throw new Error(`status ${response.status}`);
    report(false);
    return response;
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    report(true);
    throw new ConnectionLost(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function fetchWithin(withinMs: number, path: string, init: RequestInit): Promise<Response> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new Error(`no answer within ${withinMs / 1_000} s`)), withinMs);
  const signal = init.signal == null ? limit.signal : AbortSignal.any([limit.signal, init.signal]);
  try {
    return await fetch(path, { ...init, signal });
  } finally {
    clearTimeout(timer);
  }
}

/** False for a proxy's answer in place of the server's. */
function isFromServer(response: Response): boolean {
  return isJson(response) || !unreachableStatuses.has(response.status);
}

/** The error to throw for an answer whose status is not a success. */
export async function faultOf(response: Response): Promise<ConnectionLost | ServerFault> {
  const body = isJson(response) ? ((await response.json()) as FaultBody) : {};
  const [fault] = body.errors ?? [];
  if (fault === undefined) return new ConnectionLost(`the server answers with status ${response.status}`);
  return new ServerFault(fault.extensions.code, fault.message);
}

interface FaultBody {
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

export function isJson({ headers }: Response): boolean {
  return headers.get('content-type')?.includes('json') === true;
}

function report(isLost: boolean): void {
  if (isLost === lost) return;
  lost = isLost;
  if (isLost) probe(firstProbeMs);
  for (const watcher of watchers) watcher();
}

// The browser knows before the next request fails, and it may never answer the requests that are under way.
addEventListener('offline', () => void isReachable());

/** Sends a request that needs no session, less and less often, until the server answers. */
function probe(afterMs: number): void {
  const tryOnce = async () => {
    clearTimeout(timer);
    removeEventListener('online', tryNow);
    if (!(await isReachable())) probe(Math.min(afterMs * 2, slowestProbeMs));
  };
  const tryNow = () => void tryOnce();
  const timer = setTimeout(tryNow, afterMs);
  addEventListener('online', tryNow);
}

/** Whether the server answers now. */
export async function isReachable(): Promise<boolean> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{__typename}"}',
  };
  const isBack = await fetchWithin(probeWithinMs, '/graphql', request).then(isFromServer, () => false);
  report(!isBack);
  return isBack;
}
