import { connect, type Socket } from 'node:net';

/** A repeated request, with different variables each time. */
export interface LoadRequest {
  readonly url: string;
  readonly authorization: string;
  /** The body of the nth request; empty for a request without one. */
  readonly body: (nth: number) => string;
  /** Default: POST, to the path of `url`. */
  readonly target?: { readonly method: 'GET' | 'POST'; readonly path: (nth: number) => string };
  /** More header lines of the nth request, each with its line break. */
  readonly headers?: (nth: number) => string;
  /** Receives each answer, head and body, before the next request is built. */
  readonly onAnswer?: (answer: string) => void;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Number of answers with a status other than 200 and 201, or with errors. */
  readonly failed: number;
  /** Unordered. */
  readonly latenciesMs: readonly number[];
}

/**
 * Keeps connections busy for a time: each sends its next request after the answer to the previous one. It uses plain
 * sockets, because the load generator shares the processors with the servers under test.
 *
 * @param requestOf the request of the connection with this number.
 */
export async function loadHttp(
  requestOf: (connection: number) => LoadRequest,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<LoadResult> {
  const beganMs = performance.now();
  const endMs = beganMs + seconds * 1_000;
  const tally = { requests: 0, failed: 0, latenciesMs: [] as number[], next: 0 };
  const clients = Array.from({ length: connections }, (_, number) => sendRequests(requestOf(number), endMs, tally));
  await Promise.all(clients);
  const { requests, failed, latenciesMs } = tally;
  return { requests, failed, latenciesMs, seconds: (performance.now() - beganMs) / 1_000 };
}

interface Tally {
  requests: number;
  failed: number;
  next: number;
  readonly latenciesMs: number[];
}

async function sendRequests(request: LoadRequest, endMs: number, tally: Tally): Promise<void> {
  const { hostname, port, host, pathname } = new URL(request.url);
  const { method = 'POST', path = () => pathname } = request.target ?? {};
  const common = `host: ${host}\r\naccept: application/json\r\nauthorization: ${request.authorization}\r\n`;
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const { promise: over, resolve, reject } = Promise.withResolvers<void>();
  let answer: Buffer = Buffer.alloc(0);
  let sentMs = 0;

  function send(): void {
    if (performance.now() >= endMs) return resolve();
    const nth = tally.next++;
    const body = request.body(nth);
    const content =
      body === '' ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
    const head = `${method} ${path(nth)} HTTP/1.1\r\n${common}${request.headers?.(nth) ?? ''}${content}\r\n`;
    sentMs = performance.now();
    socket.write(`${head}${body}`);
  }

  socket.on('connect', send);
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('the server closed a connection')));
  socket.on('data', (chunk: Buffer) => {
    answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk]);
    if (!isComplete(answer)) return;
    tally.requests += 1;
    tally.latenciesMs.push(performance.now() - sentMs);
    if (isFailed(answer)) tally.failed += 1;
    request.onAnswer?.(answer.toString());
    answer = Buffer.alloc(0);
    send();
  });
  try {
    await over;
  } finally {
    close(socket);
  }
}

function close(socket: Socket): void {
  socket.removeAllListeners('close');
  socket.destroy();
}

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('\r\n0\r\n\r\n');

/** Whether the answer is complete by its content-length or by its last chunk. */
function isComplete(answer: Buffer): boolean {
  const end = answer.indexOf(headEnd);
  if (end === -1) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(answer.toString('latin1', 0, end))?.[1];
  if (length !== undefined) return answer.length >= end + headEnd.length + Number(length);
  return answer.indexOf(lastChunk, end) !== -1;
}

const statusOk = /^HTTP\/1\.1 20[01] /;
const errors = Buffer.from('"errors":');

function isFailed(answer: Buffer): boolean {
  return !statusOk.test(answer.toString('latin1', 0, 16)) || answer.indexOf(errors) !== -1;
}
