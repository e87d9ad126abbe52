import type { OperationsRequest } from '#platform/graphql/operations.ts';

/** An HTTP answer as a client sees it. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  /** Codes of the top-level errors. */
  readonly codes: readonly string[];
  /** All `userErrors` in the answer. */
  readonly userErrors: readonly UserError[];
}

export interface UserError {
  readonly code: string;
  readonly field: readonly string[] | null;
}

export interface Client {
  readonly send: (path: string, init: RequestInit) => Promise<Answer>;
  readonly post: (body: BodyInit | null, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly request: (query: string, options?: RequestOptions) => Promise<Answer>;
  /** Sends an operation to `/operations`, as the router does. */
  readonly requestAsRouter: (query: string, options?: RequestOptions) => Promise<Answer>;
}

export interface RequestOptions {
  readonly variables?: object;
  /** An access token, or a whole `Authorization` header. */
  readonly token?: string | undefined;
}

/** A request without an answer after this time fails. */
const timeoutMs = 30_000;

/** @param origin of the router or of a subgraph, such as `http://127.0.0.1:4000`. */
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
    request: async (query, { variables = {}, token } = {}) =>
      await post(
        JSON.stringify({ query, variables }),
        token === undefined ? {} : { authorization: authorizationOf(token) },
      ),
    requestAsRouter: async (query, { variables = {}, token } = {}) => {
      const authorization = token === undefined ? null : authorizationOf(token);
      const operations: OperationsRequest = {
        documents: [{ query }],
        operations: [[0, { ...variables }, authorization, null, null]],
      };
      return await send('/operations', {
        method: 'POST',
        body: JSON.stringify(operations),
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
    codes: (body.errors ?? []).map(({ extensions, code }) => extensions?.code ?? code ?? 'none'),
    userErrors: userErrorsIn(body.data),
  };
}

/** Reads one result, or several as ndjson; the data of several are keyed by operation index. */
function readBody(type: string, text: string): Body {
  if (!type.includes('json')) return {};
  if (!type.includes('ndjson')) return JSON.parse(text) as Body;
  const lines = text.split('\n').filter((line) => line !== '');
  const answers = lines.map((line) => JSON.parse(line) as [index: number, answer: Body]);
  if (answers.length === 1) return answers[0]![1];
  return {
    data: Object.fromEntries(answers.map(([index, { data }]) => [index, data])),
    errors: answers.flatMap(([, { errors = [] }]) => errors),
  };
}

interface Body {
  readonly data?: Answer['data'];
  /** Errors of GraphQL, or the causes of a problem. */
  readonly errors?: readonly { readonly extensions?: { readonly code?: string }; readonly code?: string }[];
}

function userErrorsIn(value: unknown): UserError[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]: [string, unknown]) =>
    key === 'userErrors' && Array.isArray(below) ? (below as UserError[]) : userErrorsIn(below),
  );
}
