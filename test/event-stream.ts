import { until } from './until.ts';

/** One Server-Sent Event. */
export interface StreamEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: StreamData | null;
}

export interface StreamData {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string };
  }[];
  readonly extensions?: { readonly lastEventId?: string };
}

export interface StreamRequest {
  readonly query: string;
  readonly variables?: object;
  readonly operationName?: string;
  readonly extensions?: object;
}

/** An open stream, and what it has received so far. */
export interface OpenStream {
  readonly status: number;
  readonly headers: Headers;
  /** The raw text received. */
  readonly text: () => string;
  readonly events: () => readonly StreamEvent[];
  /** The data of the `next` events. */
  readonly results: () => readonly StreamData[];
  /** Waits until there are this many results, and returns them. */
  readonly first: (count: number) => Promise<readonly StreamData[]>;
  /** Waits for the end. @returns whether the protocol's `complete` event came before it. */
  readonly ended: (timeoutMs?: number) => Promise<'complete' | 'broken off'>;
  /** Closes the connection. */
  readonly close: () => void;
}

/** Subscribes at the `/graphql/stream` of a router. */
export async function openStream(
  origin: string,
  request: StreamRequest,
  headers: Record<string, string> = {},
): Promise<OpenStream> {
  const leaving = new AbortController();
  const response = await fetch(`${origin}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(request),
    signal: leaving.signal,
  });
  let text = '';
  let isOver = false;
  void (async () => {
    try {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) text += chunk;
    } catch {
      // A broken connection also ends the stream.
    }
    isOver = true;
  })();
  const events = () => eventsIn(text);
  const results = () => events().flatMap(({ event, data }) => (event === 'next' && data !== null ? [data] : []));
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    events,
    results,
    first: async (count) => {
      await until(`${count} results`, () => results().length >= count || isOver);
      if (results().length < count) throw new Error(`The stream ended too early: ${text}`);
      return results();
    },
    ended: async (timeoutMs) => {
      await until('the end of the stream', () => isOver, timeoutMs);
      return events().some(({ event }) => event === 'complete') ? 'complete' : 'broken off';
    },
    close: () => leaving.abort(),
  };
}

function eventsIn(text: string): StreamEvent[] {
  const blocks = text.split('\n\n').slice(0, -1);
  return blocks
    .map((block) => new Map(block.split('\n').map((line) => fieldOf(line))))
    .filter((fields) => fields.has('event'))
    .map((fields) => ({
      event: fields.get('event')!,
      id: fields.get('id') ?? null,
      data: fields.get('data') ? JSON.parse(fields.get('data')!) : null,
    }));
}

function fieldOf(line: string): [name: string, value: string] {
  const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
  return [name, value];
}
