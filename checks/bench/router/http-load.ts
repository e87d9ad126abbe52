import { connect, type Socket } from 'node:net';

/** A request that is asked again and again, each time with other variables. */
export interface LoadRequest {
  readonly url: string;
  readonly authorization: string;
  /** The body of the nth request. */
  readonly body: (nth: number) => string;
  /** Reads an answer, head and body, before the next request; for requests that depend on the answer before. */
  readonly onAnswer?: (answer: string) => void;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Answers with another status than 200, or with errors in them. */
  readonly failed: number;
  /** In no order. */
  readonly latenciesMs: readonly number[];
}

/**
 * Keeps so many connections busy for so long: each asks its next request when it has its answer. Written upon sockets,
 * since what asks shares the processors with what answers: of an HTTP client's work nothing is needed here.
 *
 * @param requestOf what the connection of this number asks.
 */
export async function loadHttp(
  requestOf: (connection: number) => LoadRequest,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<LoadResult> {
  const beganMs = performance.now();
  const endMs = beganMs + seconds * 1_000;
  const tally = { requests: 0, failed: 0, latenciesMs: [] as number[], next: 0 };
  const lanes = Array.from({ length: connections }, (_, number) => keepAsking(requestOf(number), endMs, tally));
  await Promise.all(lanes);
  const { requests, failed, latenciesMs } = tally;
  return { requests, failed, latenciesMs, seconds: (performance.now() - beganMs) / 1_000 };
}

interface Tally {
  requests: number;
  failed: number;
  next: number;
  readonly latenciesMs: number[];
}

async function keepAsking(request: LoadRequest, endMs: number, tally: Tally): Promise<void> {
  const { hostname, port, host, pathname } = new URL(request.url);
  const head =
    `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\naccept: application/json\r\n` +
    `authorization: ${request.authorization}\r\ncontent-length: `;
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const { promise: over, resolve, reject } = Promise.withResolvers<void>();
  let answer: Buffer = Buffer.alloc(0);
  let sentMs = 0;

  function send(): void {
    if (performance.now() >= endMs) return resolve();
    const body = request.body(tally.next++);
    sentMs = performance.now();
    socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  socket.on('connect', send);
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('the server closed a connection')));
  socket.on('data', (chunk: Buffer) => {
    answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk]);
    if (!isWhole(answer)) return;
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
    leave(socket);
  }
}

function leave(socket: Socket): void {
  socket.removeAllListeners('close');
  socket.destroy();
}

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('\r\n0\r\n\r\n');

/** HTTP/1.1 says where an answer ends by its length or by a last chunk. */
function isWhole(answer: Buffer): boolean {
  const end = answer.indexOf(headEnd);
  if (end === -1) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(answer.toString('latin1', 0, end))?.[1];
  if (length !== undefined) return answer.length >= end + headEnd.length + Number(length);
  return answer.indexOf(lastChunk, end) !== -1;
}

const statusOk = Buffer.from('HTTP/1.1 200');
const errors = Buffer.from('"errors":');

function isFailed(answer: Buffer): boolean {
  return answer.compare(statusOk, 0, statusOk.length, 0, statusOk.length) !== 0 || answer.indexOf(errors) !== -1;
}
