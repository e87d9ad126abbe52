import { randomUUID } from 'node:crypto';

/** A response of the REST API. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where there is no body. */
  readonly body: RestBody | undefined;
}

/** The members that tests read, of whichever object it is. */
interface RestBody {
  readonly id: string;
  readonly status: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly currency: string;
  readonly amount: { readonly amount: string };
  readonly balance: { readonly amount: string };
  readonly items: readonly RestBody[];
  readonly totalCount: number;
  readonly next: string | null;
  readonly errors: readonly object[];
}

export interface RestRequest {
  readonly method?: string;
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type RestClient = (path: string, request?: RestRequest) => Promise<RestAnswer>;

/**
 * A client of the REST API below `/api/v1`. A request with a body is a POST unless it says otherwise.
 *
 * @param token is not sent if it is null.
 */
export function restClient(origin: string, token: string | null): RestClient {
  return async (path, { body, method = body === undefined ? 'GET' : 'POST', key, headers = {} } = {}) => {
    const response = await fetch(path.startsWith('/') ? `${origin}/api/v1${path}` : path, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : (JSON.parse(text) as RestBody),
    };
  };
}

export const newKey = (): string => randomUUID();
