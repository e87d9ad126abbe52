import { createHash } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { fault } from '#platform/errors/faults.ts';
import type { Http } from '#platform/http/http.ts';
import { type GraphCaller, graphCallerOf, graphData } from './graph-data.ts';
import { requireOwnPage } from './own-page.ts';
import type { Graph } from './graph.ts';

/**
 * Browser sessions. The refresh token is in a cookie that scripts cannot read and that is sent only to these paths. The
 * page gets only the access token. The mutations run through the graph, as for any client.
 */

export interface SessionOptions {
  readonly graph: Graph;
  /** How long a browser keeps the cookie. */
  readonly cookieMaxAgeS: number;
  /** Proxies that stand before this server. */
  readonly proxies: number;
}

/** The session as the page receives it. */
interface Session {
  readonly accessToken: string;
  /** Seconds instead of a time, since the browser's clock may be wrong. */
  readonly expiresInS: number;
  readonly user: { readonly id: string; readonly email: string; readonly name: string };
}

interface Granted {
  readonly accessToken: string;
  readonly expiresAtMs: number;
  readonly user: Session['user'];
}

interface Outcome {
  readonly granted: Granted | null;
  readonly refreshToken: string | null;
  /** Set where the sign-in needs a second factor. */
  readonly challenge: unknown;
  readonly userErrors: readonly unknown[];
}

/**
 * Serves browser sessions. `POST /session` runs login, completeLogin, register or changePassword, as its body says.
 * `POST /session/refresh` returns a new access token, or no session if there is none. `DELETE /session` ends it.
 */
export function serveSessions(http: Http, options: SessionOptions): void {
  void http.register(async (scope) => {
    await scope.register(fastifyCookie);
    scope.addHook('onRequest', ({ headers }, reply, done) => {
      void reply.header('cache-control', 'no-store');
      requireOwnPage(headers);
      done();
    });
    addRoutes(scope, options);
  });
}

function addRoutes(http: Http, { graph, cookieMaxAgeS, proxies }: SessionOptions): void {
  const refreshed = new LRUCache<string, Promise<Outcome>>({ max: 10_000, ttl: sameAnswerMs });
  const refresh = async (refreshToken: string, caller: GraphCaller): Promise<Outcome> => {
    const key = createHash('sha256').update(refreshToken).digest('base64');
    const outcome = refreshed.get(key) ?? ask(graph, caller, 'refreshToken', { refreshToken });
    refreshed.set(key, outcome, { noUpdateTTL: true });
    outcome.catch(() => refreshed.delete(key));
    return await outcome;
  };

  http.post(cookiePath, async (request, reply) => {
    const [mutation, input] = chosen(request.body);
    const outcome = await ask(graph, graphCallerOf(request, reply, proxies), mutation, input);
    if (outcome.refreshToken !== null) keep(outcome.refreshToken, cookieMaxAgeS, request, reply);
    const { challenge, userErrors } = outcome;
    return { session: sessionOf(outcome), ...(challenge === null ? {} : { challenge }), userErrors };
  });

  http.post(`${cookiePath}/refresh`, async (request, reply) => {
    const held = heldToken(request);
    if (held === null) return { session: null };
    const outcome = await refresh(held, graphCallerOf(request, reply, proxies));
    if (outcome.refreshToken === null) keep('', 0, request, reply);
    else keep(outcome.refreshToken, cookieMaxAgeS, request, reply);
    return { session: sessionOf(outcome) };
  });

  http.delete(cookiePath, async (request, reply) => {
    const held = heldToken(request);
    // The browser deletes the cookie even if the user subgraph is unavailable.
    keep('', 0, request, reply);
    if (held !== null) await endSession(graph, graphCallerOf(request, reply, proxies), held);
    return await reply.code(204).send();
  });
}

/**
 * Within this time a repeated refresh token gets the same response instead of ending the session. A page that was left or
 * lost its connection during a refresh does not know whether the token was rotated. The console waits 10 s for a
 * response and retries 5 s later.
 */
const sameAnswerMs = 30_000;

const cookiePath = '/session';
const cookieName = 'refresh_token';
/** Longer than any refresh token, in characters. */
const longestToken = 100;

const payloadFields = `{
  accessToken
  refreshToken
  expiresAt
  user { id email name }
  challenge { token expiresAt means passkeyOptions }
  userErrors { code message field retryAfterS }
}`;

const documents = {
  login: `mutation Login($input: LoginInput!) { payload: login(input: $input) ${payloadFields} }`,
  register: `mutation Register($input: RegisterInput!) { payload: register(input: $input) ${payloadFields} }`,
  refreshToken: `mutation Refresh($input: RefreshTokenInput!) { payload: refreshToken(input: $input) ${payloadFields} }`,
  completeLogin: `mutation CompleteLogin($input: CompleteLoginInput!) {
    payload: completeLogin(input: $input) ${payloadFields}
  }`,
  changePassword: `mutation ChangePassword($input: ChangePasswordInput!) {
    payload: changePassword(input: $input) ${payloadFields}
  }`,
};

const input = z.record(z.string(), z.unknown());
/** The body of `POST /session`. */
export const chosenMutation = z.union([
  z.strictObject({ login: input }),
  z.strictObject({ register: input }),
  z.strictObject({ completeLogin: input }),
  z.strictObject({ changePassword: input }),
]);

function chosen(body: unknown): [Exclude<keyof typeof documents, 'refreshToken'>, Record<string, unknown>] {
  const parsed = chosenMutation.safeParse(body);
  if (!parsed.success)
    throw fault('BAD_REQUEST', 'The body must have exactly one of login, completeLogin, register and changePassword.');
  const { data } = parsed;
  if ('login' in data) return ['login', data.login];
  if ('completeLogin' in data) return ['completeLogin', data.completeLogin];
  if ('register' in data) return ['register', data.register];
  return ['changePassword', data.changePassword];
}

const answer = z.object({
  payload: z.object({
    accessToken: z.string().nullable(),
    refreshToken: z.string().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    user: z.object({ id: z.string(), email: z.string(), name: z.string() }).nullable(),
    challenge: z.unknown().optional(),
    userErrors: z.array(z.unknown()),
  }),
});

async function ask(
  graph: Graph,
  caller: GraphCaller,
  mutation: keyof typeof documents,
  input: Record<string, unknown>,
): Promise<Outcome> {
  const { payload } = answer.parse(
    await graphData(graph, caller, { query: documents[mutation], variables: { input } }),
  );
  const { accessToken, refreshToken, expiresAt, user, userErrors, challenge = null } = payload;
  if (accessToken === null || expiresAt === null || user === null) {
    return { granted: null, refreshToken: null, challenge, userErrors };
  }
  return {
    granted: { accessToken, expiresAtMs: Date.parse(expiresAt), user },
    refreshToken,
    challenge: null,
    userErrors,
  };
}

function sessionOf({ granted }: Outcome): Session | null {
  if (granted === null) return null;
  const { accessToken, expiresAtMs, user } = granted;
  return { accessToken, expiresInS: Math.max(0, Math.floor((expiresAtMs - Date.now()) / 1_000)), user };
}

async function endSession(graph: Graph, caller: GraphCaller, refreshToken: string): Promise<void> {
  const query = 'mutation Logout($input: RefreshTokenInput!) { logout(input: $input) { userErrors { code } } }';
  await graphData(graph, caller, { query, variables: { input: { refreshToken } } });
}

function heldToken({ cookies: { [cookieName]: token = '' } }: FastifyRequest): string | null {
  return token === '' || token.length > longestToken ? null : token;
}

function keep(refreshToken: string, maxAgeS: number, { headers }: FastifyRequest, reply: FastifyReply): void {
  const isSecure = headers.origin?.startsWith('https:') === true || headers['x-forwarded-proto'] === 'https';
  const attributes = {
    httpOnly: true,
    sameSite: 'strict',
    path: cookiePath,
    maxAge: maxAgeS,
    secure: isSecure,
  } as const;
  void reply.setCookie(cookieName, refreshToken, attributes);
}
