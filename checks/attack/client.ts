import type { OperationsRequest } from '#platform/graphql/operations.ts';

/** What was answered, as far as anybody outside can see it. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  /** Of the top-level errors; empty where there are none. */
  readonly codes: readonly string[];
  /** Of all `userErrors` in the answer. */
  readonly userErrors: readonly UserError[];
}

export interface UserError {
  readonly code: string;
  readonly field: readonly string[] | null;
}

export interface Client {
  readonly send: (path: string, init: RequestInit) => Promise<Answer>;
  readonly post: (body: BodyInit | null, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly ask: (query: string, options?: AskOptions) => Promise<Answer>;
  /** As the router asks a subgraph. */
  readonly requestAsRouter: (query: string, options?: AskOptions) => Promise<Answer>;
}

export interface AskOptions {
  readonly variables?: object;
  /** An access token, or all of an `Authorization` header. */
  readonly token?: string | undefined;
}

/** After this a request counts as one that the system hangs on. */
const timeoutMs = 30_000;

/** @param origin of the router, such as `http://127.0.0.1:4000`. */
export function createClient(origin: string): Client {
  const send: Client['send'] = async (path, init) => {
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(init.signal == null ? [] : [init.signal])]);
    const response = await fetch(new URL(path, origin), { ...init, signal });
    return readAnswer(response, await response.text());
  };
  const post: Client['post'] = async (body, headers) =>
    await send('/graphql', { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  return {
    send,
    post,
    ask: async (query, { variables = {}, token } = {}) =>
      await post(
        JSON.stringify({ query, variables }),
        token === undefined ? {} : { authorization: authorizationOf(token) },
      ),
    requestAsRouter: async (query, { variables = {}, token } = {}) => {
      const authorization = token === undefined ? null : authorizationOf(token);
      const request: OperationsRequest = {
        documents: [{ query }],
        operations: [[0, { ...variables }, authorization, null]],
      };
      return await send('/operations', {
        method: 'POST',
        body: JSON.stringify(request),
        headers: { 'content-type': 'application/json' },
      });
    },
  };
}

function authorizationOf(token: string): string {
  return token.includes(' ') ? token : `Bearer ${token}`;
}

function readAnswer(response: Response, text: string): Answer {
  const type = response.headers.get('content-type') ?? '';
  const body = readBody(type, text);
  return {
    status: response.status,
    type,
    text,
    data: body.data,
    codes: (body.errors ?? []).map(({ extensions }) => extensions?.code ?? 'none'),
    userErrors: userErrorsIn(body.data),
  };
}

/** Of several operations the data go by their places. */
function readBody(type: string, text: string): Body {
  if (!type.includes('json')) return {};
  if (!type.includes('ndjson')) return JSON.parse(text) as Body;
  const lines = text.split('\n').filter((line) => line !== '');
  const answers = lines.map((line) => JSON.parse(line) as [place: number, answer: Body]);
  if (answers.length === 1) return answers[0]![1];
  return {
    data: Object.fromEntries(answers.map(([place, { data }]) => [place, data])),
    errors: answers.flatMap(([, { errors = [] }]) => errors),
  };
}

interface Body {
  readonly data?: Answer['data'];
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

function userErrorsIn(value: unknown): UserError[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]: [string, unknown]) =>
    key === 'userErrors' && Array.isArray(below) ? (below as UserError[]) : userErrorsIn(below),
  );
}
