import type { PartName } from '#local/parts.ts';
import type { TestClient } from '#test/api-client.ts';
import type { Customer } from '#test/customer.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';

/** The customer that sends a request. */
interface Sender extends Pick<Customer, 'id' | 'email' | 'password' | 'token'> {
  readonly accountId: string;
  /** The path of a link to an archive of the customer's data. */
  readonly archive: string;
  readonly receiptNumber: string;
  readonly client: TestClient;
  /** An access token of the API client. */
  readonly clientToken: string;
  /** The origin of the router. */
  readonly origin: string;
}

/** A request, and the operation of the OpenAPI document that describes its answer. */
export interface DescribedRequest {
  readonly part?: PartName;
  /** The method and path in the OpenAPI document. */
  readonly operation: string;
  /** The actual path, if it differs. */
  readonly path?: (sender: Sender) => string;
  readonly init?: (sender: Sender) => RequestInit;
  readonly status: number;
}

type Headers = (sender: Sender) => Record<string, string>;

export const json = { 'content-type': 'application/json' };
const bearer = ({ token }: Sender) => ({ authorization: `Bearer ${token}` });
const own = ({ origin }: Sender) => ({ 'x-console': '1', origin });
const post =
  (body: unknown, headers: Headers = () => ({})) =>
  (sender: Sender) => ({
    method: 'POST',
    headers: { ...json, ...headers(sender) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (headers: Headers) => (sender: Sender) => ({ headers: headers(sender) });

/** A message of an agent, with the token of its API client. */
const message = (body: unknown, headers: Record<string, string> = {}) =>
  post(body, ({ clientToken }) => ({
    authorization: `Bearer ${clientToken}`,
    accept: 'application/json, text/event-stream',
    ...headers,
  }));
const tools = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

const tokenRequest = (id: string, secret: string, scope = '') => ({
  method: 'POST',
  body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret, scope }),
});

const viewer = '{ viewer { id } }';
const stream = '/graphql/stream?query=subscription{notificationAdded{id}}';
const unknownUser = { email: 'unknown@example.com', password: 'wrong' };
export const partNames = [...subgraphNames, 'jobs', 'router'] as const;
export const managementPaths = ['/health/live', '/health/ready', '/metrics'];

export const requests: readonly DescribedRequest[] = [
  { operation: 'POST /graphql', init: post({ query: viewer }), status: 200 },
  { operation: 'POST /graphql', init: post({ query: viewer }, bearer), status: 200 },
  {
    operation: 'POST /graphql',
    init: post({ query: viewer }, () => ({ accept: 'application/graphql-response+json' })),
    status: 200,
  },
  { operation: 'POST /graphql', init: post('{"query":'), status: 400 },
  { operation: 'POST /graphql', init: post({ query: '{ nothing }' }), status: 400 },
  { operation: 'POST /graphql', init: post({ query: viewer }, () => ({ authorization: 'Bearer x' })), status: 401 },
  { operation: 'POST /graphql', init: post({ query: 'x'.repeat(100_000) }), status: 413 },
  { operation: 'POST /graphql', init: post({ query: viewer }, () => ({ accept: 'image/png' })), status: 406 },
  { operation: 'POST /graphql', init: post({ query: viewer }, () => ({ 'content-encoding': 'gzip' })), status: 415 },
  {
    operation: 'POST /graphql',
    init: post({ query: 'subscription { orderUpdated(id: "none") { id } }' }, (sender) => ({
      ...bearer(sender),
      accept: 'text/event-stream',
    })),
    status: 200,
  },
  {
    operation: 'GET /graphql',
    path: () => `/graphql?query=${encodeURIComponent(viewer)}`,
    init: get(() => ({ 'apollo-require-preflight': '1' })),
    status: 200,
  },
  { operation: 'GET /graphql', init: get(() => ({ accept: 'text/html' })), status: 200 },
  { operation: 'GET /graphql', path: () => `/graphql?query=${encodeURIComponent(viewer)}`, status: 400 },
  ...subgraphNames.map((part) => ({
    part,
    operation: 'POST /graphql',
    init: post({ query: '{ _service { sdl } }' }),
    status: 200,
  })),
  { operation: 'GET /graphql/stream', path: () => stream, init: get(bearer), status: 200 },
  { operation: 'GET /graphql/stream', path: () => stream, status: 401 },
  {
    operation: 'POST /graphql/stream',
    init: post({ query: 'subscription { orderUpdated(id: "none") { id } }' }, bearer),
    status: 200,
  },
  { operation: 'POST /graphql/stream', init: post({}, bearer), status: 400 },
  {
    operation: 'POST /session',
    init: (sender) => post({ login: { email: sender.email, password: sender.password } }, own)(sender),
    status: 200,
  },
  { operation: 'POST /session', init: post({ login: unknownUser }, own), status: 200 },
  { operation: 'POST /session', init: post({ login: unknownUser }), status: 403 },
  { operation: 'POST /session', init: post({ logout: {} }, own), status: 400 },
  {
    operation: 'POST /session',
    init: post({ login: unknownUser }, (sender) => ({ ...own(sender), 'content-type': 'text/plain' })),
    status: 415,
  },
  { operation: 'POST /oauth/token', init: ({ client }) => tokenRequest(client.id, client.secret), status: 200 },
  { operation: 'POST /oauth/token', init: ({ client }) => tokenRequest(client.id, 'wrong'), status: 401 },
  { operation: 'POST /oauth/token', init: ({ client }) => tokenRequest(client.id, client.secret, 'x'), status: 400 },
  { operation: 'POST /oauth/token', init: post({}), status: 415 },
  { operation: 'GET /.well-known/oauth-authorization-server', status: 200 },
  ...(
    [
      [200, message(tools)],
      [200, message({ ...tools, method: 'unknown' })],
      [202, message({ jsonrpc: '2.0', method: 'notifications/initialized' })],
      [400, message([tools])],
      [400, message({ ...tools, jsonrpc: '1.0' })],
      [400, message(tools, { 'mcp-protocol-version': '1' })],
      [401, message(tools, { authorization: 'Bearer x' })],
      [403, message(tools, { origin: 'https://evil.example' })],
      [406, message(tools, { accept: 'application/json' })],
      [413, message({ ...tools, params: { text: 'x'.repeat(200_000) } })],
      [415, message(tools, { 'content-type': 'text/plain' })],
    ] as const
  ).map(([status, init]) => ({ operation: 'POST /mcp', init, status })),
  { operation: 'POST /session/refresh', init: (sender) => ({ method: 'POST', headers: own(sender) }), status: 200 },
  { operation: 'POST /session/refresh', init: () => ({ method: 'POST' }), status: 403 },
  { operation: 'DELETE /session', init: (sender) => ({ method: 'DELETE', headers: own(sender) }), status: 204 },
  { operation: 'DELETE /session', init: () => ({ method: 'DELETE' }), status: 403 },
  ...(
    [
      [200, bearer, ({ accountId }) => `/statements/${accountId}.csv?from=2026-01-31T00:00:00Z`],
      [400, bearer, ({ accountId }) => `/statements/${accountId}.csv?from=yesterday`],
      [401, () => ({}), ({ accountId }) => `/statements/${accountId}.csv`],
      [404, bearer, ({ id }) => `/statements/${id}.csv`],
    ] satisfies readonly [number, Headers, (sender: Sender) => string][]
  ).map(([status, headers, path]) => ({
    operation: 'GET /statements/{account}.csv',
    path,
    init: get(headers),
    status,
  })),
  ...['camt053.xml', 'ofx', 'pdf'].map((format) => ({
    operation: `GET /statements/{account}.${format}`,
    path: ({ accountId }: Sender) => `/statements/${accountId}.${format}?from=2026-01-31T00:00:00Z`,
    init: get(bearer),
    status: 200,
  })),
  { operation: 'GET /statements/receipts/{number}.pdf', path: () => '/statements/receipts/1.pdf', status: 401 },
  {
    operation: 'GET /statements/receipts/{number}.pdf',
    path: ({ receiptNumber }: Sender) => `/statements/receipts/${receiptNumber}.pdf`,
    init: get(bearer),
    status: 200,
  },
  {
    operation: 'GET /statements/receipts/{number}.pdf',
    path: () => '/statements/receipts/1.pdf',
    init: get(bearer),
    status: 404,
  },
  ...(
    [
      [401, () => ({}), ({ archive }) => archive],
      [404, bearer, () => '/my-data/unknown'],
      [200, bearer, ({ archive }) => archive],
    ] satisfies readonly [number, Headers, (sender: Sender) => string][]
  ).map(([status, headers, path]) => ({ operation: 'GET /my-data/{token}', path, init: get(headers), status })),
  { part: 'user', operation: 'GET /.well-known/jwks.json', status: 200 },
  ...partNames.flatMap((part) => managementPaths.map((path) => ({ part, operation: `GET ${path}`, status: 200 }))),
];
