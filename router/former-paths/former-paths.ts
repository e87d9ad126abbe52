import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { fault } from '#platform/errors/faults.ts';
import type { Http } from '#platform/http/http.ts';
import { type ProblemCause, sendProblem } from '#platform/http/problem.ts';
import { parseSearch } from '#platform/http/search-parameters.ts';
import { graphCallerOf } from '../graph-data.ts';
import { pointerOf } from '../rest/pointer.ts';
import type { RestOptions } from '../rest/rest.ts';
import { runRoute } from '../rest/run-route.ts';
import { decidedOrder } from '../rest/send.ts';
import { type Alias, type AliasAnswer, type Call, type Names, Refused, refused } from './alias.ts';
import { storeAliases } from './store.ts';
import { userAliases } from './users.ts';

/** Each path that ends with a slash is served without it, too. */
const aliases: readonly Alias[] = [...storeAliases, ...userAliases].flatMap((alias) =>
  alias.path.endsWith('/') ? [alias, { ...alias, path: alias.path.slice(0, -1) }] : [alias],
);

/** Paths outside the API whose errors are problems. */
export const formerPaths: ReadonlySet<string> = new Set(aliases.map(({ path }) => path));

const formType = 'application/x-www-form-urlencoded';
/** In bytes: the longest valid form has less. */
const longestForm = 20_000;

/**
 * Serves the paths of earlier systems as aliases of the REST API, so that their callers go on. Each reads the members of
 * its system from JSON or a form, and runs the operations of `/api/v1`: identity, limits, idempotency and errors are those.
 */
export function serveFormerPaths(http: Http, options: RestOptions): void {
  http.addConstraintStrategy(withToken);
  void http.register(async (scope) => {
    scope.addContentTypeParser(formType, { parseAs: 'string', bodyLimit: longestForm }, (_request, body, done) => {
      const form = parseSearch(String(body));
      if (form === null) done(fault('BAD_REQUEST', 'The form has a malformed escape or a repeated field.'));
      else done(null, form);
    });
    for (const alias of aliases) serveAlias(scope, options, alias);
    for (const [path, ofPath] of Map.groupBy(aliases, ({ path: one }) => one)) refuseOthers(scope, path, ofPath);
  });
}

type Strategy = Parameters<Http['addConstraintStrategy']>[0];
type Handler = NonNullable<ReturnType<ReturnType<Strategy['storage']>['get']>>;

/** A page of the console and an alias may have one path: a browser that opens the page sends no token. */
const withToken: Strategy = {
  name: 'hasToken',
  storage: () => {
    const handlers = new Map<unknown, Handler>();
    return {
      get: (value) => handlers.get(value) ?? null,
      set: (value, handler) => void handlers.set(value, handler),
    };
  },
  deriveConstraint: ({ headers }) => (headers.authorization === undefined ? undefined : 'yes'),
  validate: () => undefined,
};

function serveAlias(scope: Http, options: RestOptions, alias: Alias): void {
  scope.route({
    method: alias.method === 'GET' ? ['GET', 'HEAD'] : alias.method,
    url: alias.path,
    ...(alias.isPageToo === true ? { constraints: { hasToken: 'yes' } } : {}),
    onRequest: async ({ headers }) => {
      if (alias.isPublic !== true && headers.authorization === undefined) {
        throw fault('UNAUTHENTICATED', 'Sign in: this needs a valid access token.');
      }
    },
    handler: async (request, reply) => {
      try {
        return send(reply, await alias.answer(callOf(options, request, reply)));
      } catch (error) {
        if (error instanceof Refused) return sendProblem(reply, error.problem);
        throw error;
      }
    },
  });
}

function callOf(options: RestOptions, request: FastifyRequest, reply: FastifyReply): Call {
  const caller = graphCallerOf(request, reply, options.proxies);
  const { 'idempotency-key': key = randomUUID() } = request.headers;
  return {
    path: request.params as Readonly<Record<string, string>>,
    read: (members) => readMembers(members, request),
    run: async (route, variables = {}, names = {}) => {
      const parameters = parametersOf(variables, names);
      const { problem, result, repeated } = await runRoute(options.graph, caller, { route, parameters, variables });
      if (problem !== null) throw new Refused(problem);
      if (result === null) throw refused(404, { code: 'NOT_FOUND', detail: 'This does not exist or is not yours.' });
      if (repeated) void reply.header('idempotent-replayed', 'true');
      return { result, repeated };
    },
    key: String(key),
    decided: async (result) => await decidedOrder(options, { request, reply, result, gone: caller.gone }, 'placing'),
  };
}

/** Reads the members once. Each wrong one is named. */
function readMembers<Members>(members: z.ZodType<Members>, { method, query, body }: FastifyRequest): Members {
  const isRead = method === 'GET' || method === 'HEAD';
  const read = members.safeParse(isRead ? { ...(query as object) } : (body ?? {}));
  if (read.success) return read.data;
  const causes = read.error.issues.slice(0, maxCauses).flatMap((issue) => causesOf(issue, isRead));
  throw new Refused({ status: 400, causes: causes as [ProblemCause, ...ProblemCause[]] });
}

const maxCauses = 20;

function causesOf(issue: z.core.$ZodIssue, isRead: boolean): ProblemCause[] {
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, maxCauses).map((key) => [key]) : [issue.path];
  const detail = issue.code === 'unrecognized_keys' ? 'This member is unknown.' : issue.message;
  return paths.map((path) => ({ code: 'BAD_USER_INPUT', detail, ...partAt(path.map(String), isRead) }));
}

function partAt(path: readonly string[], isRead: boolean) {
  return isRead ? { parameter: path.join('.') } : { pointer: pointerOf(path) };
}

/** What the problems of an operation call its variables: members of this path. */
function parametersOf(variables: Readonly<Record<string, unknown>>, names: Names) {
  return Object.keys(variables).map((variable) => ({
    name: names[variable] ?? variable,
    in: variable === 'idempotencyKey' ? ('header' as const) : ('query' as const),
    variable: [variable] as const,
  }));
}

function send(reply: FastifyReply, { status, body, location }: AliasAnswer): FastifyReply {
  void reply.code(status).header('cache-control', 'no-store');
  if (location !== undefined) void reply.header('location', location);
  if (body === undefined) return reply.send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(`${JSON.stringify(body)}\n`);
}

const otherMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** OPTIONS names the methods of a path; any other method is refused with them. */
function refuseOthers(scope: Http, url: string, ofPath: readonly Alias[]): void {
  if (ofPath.some(({ isPageToo }) => isPageToo === true)) return;
  const allowed = [...ofPath.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : method)), 'OPTIONS'];
  const allow = allowed.join(', ');
  scope.route({
    method: ['OPTIONS', ...otherMethods.filter((method) => !allowed.includes(method))],
    url,
    // Before the body: nothing can be wrong with it.
    onRequest: async (request, reply) => {
      void reply.header('allow', allow);
      if (request.method === 'OPTIONS') return await reply.code(204).send();
      throw fault('METHOD_NOT_ALLOWED', `Use ${allow} for this URL.`);
    },
    handler: async () => null,
  });
}
