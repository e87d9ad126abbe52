/** Whether the server can be reached, as what was asked of it last shows. */

/** No answer came, or none of the server's own. */
export class ConnectionLost extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The server cannot be reached: ${reason}.`, options);
    this.name = 'ConnectionLost';
  }
}

const firstProbeMs = 1_000;
const slowestProbeMs = 15_000;
const unreachableStatuses = new Set([502, 503, 504]);

let lost = false;
const watchers = new Set<() => void>();

export const connection = {
  lost: () => lost,
  /** Calls when the connection is lost and when it is back. */
  watch: (watcher: () => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
};

/**
 * Fetches.
 *
 * @throws ConnectionLost, having begun to look for the server until it is back.
 */
export async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, init);
    if (unreachableStatuses.has(response.status) && !isJson(response)) {
      throw new Error(`status ${response.status}`);
    }
    report(false);
    return response;
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    report(true);
    throw new ConnectionLost(error instanceof Error ? error.message : String(error), { cause: error });
  }
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

// The browser knows before anybody asks, and may leave what was asked before without an answer.
addEventListener('offline', () => void isReachable());

/** Asks something that needs no session, less and less often. */
function probe(afterMs: number): void {
  const again = async () => {
    clearTimeout(timer);
    removeEventListener('online', askNow);
    if (!(await isReachable())) probe(Math.min(afterMs * 2, slowestProbeMs));
  };
  const askNow = () => void again();
  const timer = setTimeout(askNow, afterMs);
  addEventListener('online', askNow);
}

/** Whether the server answers now. */
export async function isReachable(): Promise<boolean> {
  const question = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{__typename}"}',
  };
  const isBack = await fetch('/graphql', question).then(
    ({ ok }) => ok,
    () => false,
  );
  report(!isBack);
  return isBack;
}
