import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SearchParameters } from '#platform/http/search-parameters.ts';
import { apiPath, type Route } from './route.ts';

type Data = Readonly<Record<string, unknown>>;

/** Returns the value at these steps of an operation's data; null if one is missing. */
export function resultAt(data: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>((value, step) => (value as Data | null | undefined)?.[step] ?? null, data) ?? null;
}

/** Adds the links of an object. */
export function linked({ links }: Route, object: unknown): unknown {
  if (links === undefined) return object;
  const { id } = object as { id: string };
  const paths = Object.entries(links).map(([name, path]) => [name, path.replace('{id}', id)]);
  return { ...(object as Data), links: Object.fromEntries(paths) };
}

export interface Page extends Data {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

/** A page as the response: its items, the other members of the connection, and the URL of the next page. */
export function pageOf(route: Route, result: unknown, request: FastifyRequest): Page {
  if (Array.isArray(result)) return { items: result.map((item) => linked(route, item)), next: null };
  const { nodes, pageInfo, ...others } = result as Data & { nodes: unknown[]; pageInfo: Data };
  const next = pageInfo['hasNextPage'] === true ? nextUrl(route, request, String(pageInfo['endCursor'])) : null;
  return { items: nodes.map((item) => linked(route, item)), ...others, next };
}

/** Writes the URL from its decoded parts: clients can write one request in many ways. */
function nextUrl(route: Route, { params, query }: FastifyRequest, cursor: string): string {
  const ofPath = params as SearchParameters;
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ofPath[name] ?? ''));
  const parameters = Object.entries({ ...(query as SearchParameters), after: cursor });
  const search = parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return `${apiPath}${path}?${search.join('&')}`;
}

/** Sends an object that was read. A client that has it already gets 304. */
export function sendRead({ headers }: FastifyRequest, reply: FastifyReply, body: unknown): FastifyReply {
  const text = `${JSON.stringify(body)}\n`;
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  void reply.headers({ etag, 'cache-control': 'private, no-cache', vary: varyWith(reply, 'authorization, accept') });
  if (matches(headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.code(200).header('content-type', jsonType).send(text);
}

const jsonType = 'application/json; charset=utf-8';

/** The names with those of the headers that the response varies by already. */
export function varyWith(reply: FastifyReply, names: string): string {
  const vary = reply.getHeader('vary');
  return vary === undefined ? names : `${String(vary)}, ${names}`;
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags[0] === '*';
}

/** Sends the result of a mutation. */
export function sendMade(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('content-type', jsonType)
    .send(`${JSON.stringify(body)}\n`);
}

/** @param path with the steps to a value of the result, such as `{id}` or `{webhookEndpoint.id}`. */
export function locationOf(path: string, result: unknown): string {
  const filled = path.replace(
    /\{([\w.]+)\}/,
    (_, steps: string) => (resultAt(result, steps.split('.')) as string | null) ?? '',
  );
  return `${apiPath}${filled}`;
}
