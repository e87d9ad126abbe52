import type { GraphQLFormattedError } from 'graphql';
import { type Dispatcher, Pool } from 'undici';
import type { Client } from '#platform/http/callers.ts';
import { detailsOf, faultCodes, isFaultCode } from '#platform/errors/faults.ts';
import { errorText } from '#platform/telemetry/log.ts';
import type { AnswerLine, OperationDocument } from '#platform/graphql/operations.ts';
import { currentTraceparent } from '#platform/telemetry/trace.ts';

/** An operation of a query plan for one subgraph. */
export interface SubgraphOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The variables as JSON, if they were written as text. */
  readonly variablesText?: string;
}

/** The part of a subgraph's response that the router uses. */
export interface SubgraphAnswer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly SubgraphError[];
}

export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code?: string; readonly retryAfterS?: number; readonly field?: readonly string[] };
}

/** Why there is no response. `reason` is for the log only, since it can contain addresses. */
export interface SubgraphFailure {
  readonly failed: 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_UNAVAILABLE' | 'CALLER_GONE';
  readonly reason: string;
}

/** The client for whom the router calls a subgraph. */
export interface ForwardedClient extends Client {
  /** Set if the subgraph queues requests by sender: the request is aborted when the client disconnects. */
  readonly gone: AbortSignal | null;
}

export interface SubgraphClient {
  /** @param client null if the subgraph does not get the client's address and device. */
  readonly ask: (
    operation: SubgraphOperation,
    authorization: string | undefined,
    client?: ForwardedClient | null,
  ) => Promise<SubgraphAnswer | SubgraphFailure>;
  /** Waits for requests in flight. */
  readonly close: () => Promise<void>;
}

export interface SubgraphClientOptions {
  /** The subgraph's `/graphql` URL; the router's requests go to `operations` in the same folder. */
  readonly url: string;
  /** For the whole response. */
  readonly timeoutMs: number;
  /** Maximum number of persistent connections. */
  readonly connections: number;
}

/** Maximum text of a batch. A subgraph reads 1 MB, and a character can take four bytes. */
const maxCharacters = 250_000;

/** A batch is sent at this size, even if more operations follow: the subgraph can start on it. */
const operationsTogether = 8;

/** An operation that waits for its response. */
interface PendingOperation {
  readonly document: OperationDocument;
  /** As JSON. */
  readonly variables: string;
  readonly authorization: string | undefined;
  readonly traceparent: string | null;
  readonly client: Client | null;
  readonly answer: (answer: SubgraphAnswer | SubgraphFailure) => void;
}

/** Maximum number of concurrent sign-ins at one subgraph. Others wait for a connection until their time-out. */
const maxSignIns = 1_000;
const idleSignInMs = 60_000;

/**
 * Sends operations to one subgraph over persistent connections. The operations of one turn of the event loop share a
 * request (platform/graphql/operations.ts). Each has its own caller's token and its own response.
 */
export function subgraphClient({ url, timeoutMs, connections }: SubgraphClientOptions): SubgraphClient {
  const { origin, pathname } = new URL('operations', url);
  const pool = new Pool(origin, { connections });
  // A sign-in has a request of its own, because aborting that request tells the subgraph that the caller disconnected.
  // It waits in the subgraph's queue for seconds, and must not take connections from other requests.
  const signInPool = new Pool(origin, { connections: maxSignIns, clientTtl: idleSignInMs });
  let waiting: PendingOperation[] = [];
  let characters = 0;

  function dispatch(batch: readonly PendingOperation[], gone: AbortSignal | null): void {
    const answers = new BatchAnswer(batch, timeoutMs, gone);
    const headers = { 'content-type': 'application/json' };
    const request = { path: pathname, headers, body: operationsBody(batch), bodyTimeout: 0, headersTimeout: 0 };
    (gone === null ? pool : signInPool).dispatch({ method: 'POST', ...request }, answers);
  }

  function send(): void {
    if (waiting.length === 0) return;
    dispatch(waiting, null);
    waiting = [];
    characters = 0;
  }

  return {
    ask: (asked, authorization, forwarded = null) =>
      new Promise((answer) => {
        const { query, operationName } = asked;
        const variables = asked.variablesText ?? JSON.stringify(asked.variables);
        const operation = { document: { query, operationName }, variables };
        const client = forwarded === null ? null : { sender: forwarded.sender, device: forwarded.device };
        const pending = { ...operation, authorization, traceparent: currentTraceparent(), client, answer };
        const gone = forwarded?.gone ?? null;
        if (gone !== null) return gone.aborted ? answer(callerHasGone) : dispatch([pending], gone);
        const more = query.length + pending.variables.length;
        if (characters + more > maxCharacters) send();
        if (waiting.length === 0) setImmediate(send);
        waiting.push(pending);
        characters += more;
        if (waiting.length === operationsTogether) send();
      }),
    close: async () => void (await Promise.all([pool.close(), signInPool.close()])),
  };
}

/** Returns an `OperationsRequest` as JSON; the variables are JSON already. Subgraphs of 0.1.0 refuse a null client. */
function operationsBody(batch: readonly PendingOperation[]): string {
  const indexes = new Map<string, number>();
  const documents: OperationDocument[] = [];
  const operations = batch.map(({ document, variables, authorization = null, traceparent, client }) => {
    const index = indexes.get(document.query) ?? documents.push(document) - 1;
    indexes.set(document.query, index);
    const last = client === null ? '' : `,${JSON.stringify(client)}`;
    return `[${index},${variables},${JSON.stringify(authorization)},${JSON.stringify(traceparent)}${last}]`;
  });
  return `{"documents":${JSON.stringify(documents)},"operations":[${operations.join(',')}]}`;
}

const callerHasGone: SubgraphFailure = { failed: 'CALLER_GONE', reason: 'the client closed its connection' };

/** Parses the response to a batch line by line, and resolves each operation as soon as its line arrives. */
class BatchAnswer implements Dispatcher.DispatchHandler {
  readonly #open: Map<number, PendingOperation>;
  readonly #timer: NodeJS.Timeout;
  /** Aborted when the batch's only caller disconnects. */
  readonly #gone: AbortSignal | null;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #unfinished = '';
  readonly #decoder = new TextDecoder();

  constructor(batch: readonly PendingOperation[], timeoutMs: number, gone: AbortSignal | null) {
    this.#open = new Map(batch.entries());
    const tooLate = { failed: 'SUBGRAPH_TIMEOUT', reason: `no answer within ${timeoutMs} ms` } as const;
    this.#timer = setTimeout(() => this.#abort(tooLate), timeoutMs);
    this.#gone = gone;
    gone?.addEventListener('abort', this.#onGone);
  }

  /** Aborts a request that got its connection only after all its operations had failed. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#open.size === 0) controller.abort(noCallerWaits);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number): void {
    this.#status = statusCode;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#status !== 200) return;
    const lines = this.#decoder.decode(chunk, { stream: true }).split('\n');
    // Only the new text is searched: a long line has many chunks.
    lines[0] = this.#unfinished + lines[0]!;
    this.#unfinished = lines.pop()!;
    for (const line of lines) this.#take(line);
  }

  onResponseEnd(): void {
    const reason = `status ${this.#status}, with responses missing`;
    this.#failAll({ failed: 'SUBGRAPH_UNAVAILABLE', reason });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#failAll({ failed: 'SUBGRAPH_UNAVAILABLE', reason: errorText(error) });
  }

  #take(line: string): void {
    const read = readLine(line);
    if (read === null) return;
    this.#open.get(read.index)?.answer(read.answer);
    this.#open.delete(read.index);
    if (this.#open.size === 0) this.#stopWaiting();
  }

  readonly #onGone = () => this.#abort(callerHasGone);

  #abort(failure: SubgraphFailure): void {
    this.#failAll(failure);
    this.#controller?.abort(noCallerWaits);
  }

  #failAll(failure: SubgraphFailure): void {
    this.#stopWaiting();
    for (const { answer } of this.#open.values()) answer(failure);
    this.#open.clear();
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#gone?.removeEventListener('abort', this.#onGone);
  }
}

const noCallerWaits = new Error('no caller waits for the response any more');

type Read = { readonly index: number; readonly answer: SubgraphAnswer | SubgraphFailure };

/** Returns null if the line is malformed. */
function readLine(line: string): Read | null {
  try {
    const [index, result] = JSON.parse(line) as AnswerLine;
    return { index, answer: readResult(result) };
  } catch {
    return null;
  }
}

/** A result without data was not executed. It is a failure of the subgraph if its first error is a server fault. */
function readResult(result: AnswerLine[1]): SubgraphAnswer | SubgraphFailure {
  const errors = (result.errors ?? []).map(readError);
  if (result.data === undefined) {
    const [fault] = errors;
    if (fault === undefined) throw new TypeError('neither data nor errors');
    const { code } = fault.extensions;
    if (isFaultCode(code) && faultCodes[code] >= 500) return { failed: 'SUBGRAPH_UNAVAILABLE', reason: fault.message };
  }
  return { data: result.data ?? null, errors };
}

function readError({ message, path, extensions }: GraphQLFormattedError): SubgraphError {
  if (typeof message !== 'string') throw new TypeError('an error without a message');
  const code = extensions?.['code'];
  return {
    message,
    ...(path === undefined ? {} : { path }),
    extensions: { ...(typeof code === 'string' ? { code } : {}), ...detailsOf(extensions) },
  };
}
