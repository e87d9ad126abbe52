import { until } from './until.ts';

/** One Server-Sent Event, as the client sees it. */
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

/** An open stream, and all that came of it so far. */
export interface OpenStream {
  readonly status: number;
  readonly headers: Headers;
  /** All that was sent, as it was sent. */
  readonly text: () => string;
  readonly events: () => readonly StreamEvent[];
  /** What the `next` events carry. */
  readonly results: () => readonly StreamData[];
  /** Waits until there are so many results, and gives them. */
  readonly first: (count: number) => Promise<readonly StreamData[]>;
  /** Waits for the end: whether the protocol's `complete` came before it. */
  readonly ended: (timeoutMs?: number) => Promise<'complete' | 'broken off'>;
  /** Leaves. */
  readonly close: () => void;
}

/** Subscribes as any HTTP client would, at the `/graphql/stream` of a router. */
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
      // The end is an end, however it comes.
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
