import type { GraphQLFormattedError } from 'graphql';
import { type Dispatcher, Pool } from 'undici';
import { type Caller, senderHeader } from '#platform/http/callers.ts';
import { faultCodes, isFaultCode, retryHint } from '#platform/errors/faults.ts';
import { errorText } from '#platform/telemetry/log.ts';
import type { AnswerLine, OperationDocument } from '#platform/graphql/operations.ts';
import { currentTraceparent } from '#platform/telemetry/trace.ts';

/** An operation as the query plan asks it of one subgraph. */
export interface SubgraphOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a subgraph answered, of which only this much is passed on. */
export interface SubgraphAnswer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly SubgraphError[];
}

export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code?: string; readonly retryAfterS?: number };
}

/** Why there is no answer; `reason` is for the log, since it may name addresses. */
export interface SubgraphFailure {
  readonly failed: 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_UNAVAILABLE' | 'CALLER_GONE';
  readonly reason: string;
}

export interface SubgraphClient {
  /** @param caller who waits, where the subgraph lets callers wait in turn: the request is broken off when they go. */
  readonly ask: (
    operation: SubgraphOperation,
    authorization: string | undefined,
    caller?: Caller | null,
  ) => Promise<SubgraphAnswer | SubgraphFailure>;
  /** Waits for what is in flight. */
  readonly close: () => Promise<void>;
}

export interface SubgraphClientOptions {
  /** Where the subgraph answers GraphQL; what the router asks goes to `operations` beside it. */
  readonly url: string;
  /** For the whole of an answer. */
  readonly timeoutMs: number;
  /** Largest number of connections that are kept open. */
  readonly connections: number;
}

/** So much text goes into one request at most: a subgraph reads 1 MB, in whatever script. */
const maxCharacters = 250_000;

/** So many operations go at once, whatever else is still asked at this moment: the subgraph answers them meanwhile. */
const operationsTogether = 8;

/** An operation that waits for its answer. */
interface Asked {
  readonly document: OperationDocument;
  /** As JSON. */
  readonly variables: string;
  readonly authorization: string | undefined;
  readonly traceparent: string | null;
  readonly answer: (answer: SubgraphAnswer | SubgraphFailure) => void;
}

/** Sign-ins under way at one subgraph. Others wait for a connection, for at most the time-out. */
const maxTurns = 1_000;
const idleTurnMs = 60_000;

/**
 * Asks one subgraph, over connections that are kept. What is asked of it at one moment, by whomever, goes in one
 * request (platform/graphql/operations.ts): each operation with its own caller's token, and answered by itself.
 */
export function subgraphClient({ url, timeoutMs, connections }: SubgraphClientOptions): SubgraphClient {
  const { origin, pathname } = new URL('operations', url);
  const pool = new Pool(origin, { connections });
  // The end of a request of its own tells the subgraph that its caller has gone. Such requests wait in the subgraph's
  // queue for seconds, and must not take the connections that other requests need.
  const poolOfTurns = new Pool(origin, { connections: maxTurns, clientTtl: idleTurnMs });
  let waiting: Asked[] = [];
  let characters = 0;

  function dispatch(batch: readonly Asked[], caller: Caller | null): void {
    const answers = new BatchAnswer(batch, timeoutMs, caller?.signal ?? null);
    const headers = {
      'content-type': 'application/json',
      ...(caller === null ? {} : { [senderHeader]: caller.sender }),
    };
    const request = { path: pathname, headers, body: operationsBody(batch), bodyTimeout: 0, headersTimeout: 0 };
    (caller === null ? pool : poolOfTurns).dispatch({ method: 'POST', ...request }, answers);
  }

  function send(): void {
    if (waiting.length === 0) return;
    dispatch(waiting, null);
    waiting = [];
    characters = 0;
  }

  return {
    ask: ({ query, operationName, variables }, authorization, caller = null) =>
      new Promise((answer) => {
        const operation = { document: { query, operationName }, variables: JSON.stringify(variables) };
        const asked = { ...operation, authorization, traceparent: currentTraceparent(), answer };
        if (caller !== null) return caller.signal.aborted ? answer(callerHasGone) : dispatch([asked], caller);
        const more = query.length + asked.variables.length;
        if (characters + more > maxCharacters) send();
        if (waiting.length === 0) setImmediate(send);
        waiting.push(asked);
        characters += more;
        if (waiting.length === operationsTogether) send();
      }),
    close: async () => void (await Promise.all([pool.close(), poolOfTurns.close()])),
  };
}

/** An `OperationsRequest`; the variables are JSON already. */
function operationsBody(batch: readonly Asked[]): string {
  const places = new Map<string, number>();
  const documents: OperationDocument[] = [];
  const operations = batch.map(({ document, variables, authorization = null, traceparent }) => {
    const place = places.get(document.query) ?? documents.push(document) - 1;
    places.set(document.query, place);
    return `[${place},${variables},${JSON.stringify(authorization)},${JSON.stringify(traceparent)}]`;
  });
  return `{"documents":${JSON.stringify(documents)},"operations":[${operations.join(',')}]}`;
}

const callerHasGone: SubgraphFailure = { failed: 'CALLER_GONE', reason: 'the client closed its connection' };

/** Takes the answer to a batch line by line, and gives each operation its own as soon as it is there. */
class BatchAnswer implements Dispatcher.DispatchHandler {
  readonly #open: Map<number, Asked>;
  readonly #timer: NodeJS.Timeout;
  /** Aborted when the one caller of the batch has gone. */
  readonly #gone: AbortSignal | null;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #unfinished = '';
  readonly #decoder = new TextDecoder();

  constructor(batch: readonly Asked[], timeoutMs: number, gone: AbortSignal | null) {
    this.#open = new Map(batch.entries());
    const tooLate = { failed: 'SUBGRAPH_TIMEOUT', reason: `no answer within ${timeoutMs} ms` } as const;
    this.#timer = setTimeout(() => this.#breakOff(tooLate), timeoutMs);
    this.#gone = gone;
    gone?.addEventListener('abort', this.#onGone);
  }

  /** A request that waited for a connection until all callers were answered otherwise is not sent any more. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#open.size === 0) controller.abort(nobodyWaits);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number): void {
    this.#status = statusCode;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#status !== 200) return;
    const lines = (this.#unfinished + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#unfinished = lines.pop()!;
    for (const line of lines) this.#take(line);
  }

  onResponseEnd(): void {
    const reason = `it answered with status ${this.#status}, and not all that was asked`;
    this.#failAll({ failed: 'SUBGRAPH_UNAVAILABLE', reason });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#failAll({ failed: 'SUBGRAPH_UNAVAILABLE', reason: errorText(error) });
  }

  #take(line: string): void {
    const read = readLine(line);
    if (read === null) return;
    this.#open.get(read.place)?.answer(read.answer);
    this.#open.delete(read.place);
    if (this.#open.size === 0) this.#stopWaiting();
  }

  readonly #onGone = () => this.#breakOff(callerHasGone);

  #breakOff(failure: SubgraphFailure): void {
    this.#failAll(failure);
    this.#controller?.abort(nobodyWaits);
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

const nobodyWaits = new Error('nobody waits for the answer any more');

type Read = { readonly place: number; readonly answer: SubgraphAnswer | SubgraphFailure };

/** Null where it is no line of an answer. */
function readLine(line: string): Read | null {
  try {
    const [place, result] = JSON.parse(line) as AnswerLine;
    return { place, answer: readResult(result) };
  } catch {
    return null;
  }
}

/** Without data the operation was not executed: then it matters whose fault that was. */
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
    extensions: { ...(typeof code === 'string' ? { code } : {}), ...retryHint(extensions) },
  };
}
