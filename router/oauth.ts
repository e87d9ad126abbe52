import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { faultCodes, isFaultCode } from '#platform/errors/faults.ts';
import type { Http } from '#platform/http/http.ts';
import { graphCallerOf, graphData } from './graph-data.ts';
import type { Graph } from './graph.ts';

/**
 * The token endpoint of OAuth 2 for API clients (RFC 6749, sections 2.3.1, 4.4 and 5). It runs the mutation
 * `issueClientToken` in the graph, whose rate limits count it by IP address.
 */

export interface OauthOptions {
  readonly graph: Graph;
  /** Proxies that stand before this server. */
  readonly proxies: number;
}

/** An error response of RFC 6749, section 5.2. */
class OauthError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}

const url = '/oauth/token';
const formType = 'application/x-www-form-urlencoded';
/** In bytes: the longest valid request has less than 1,000. */
const longestForm = 4_000;

/** Serves `POST /oauth/token`. Its errors have the form of RFC 6749. */
export function serveOauth(http: Http, options: OauthOptions): void {
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(formType, { parseAs: 'string', bodyLimit: longestForm }, (_request, body, done) => {
      done(null, new URLSearchParams(String(body)));
    });
    scope.setErrorHandler(async (error, _request, reply) => await sendError(reply, oauthErrorOf(error)));
    scope.addHook('onRequest', (_request, reply, done) => {
      void reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
      done();
    });
    scope.post(url, async (request, reply) => await issueToken(options, request, reply));
    scope.route({
      method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url,
      // Before the body: nothing can be wrong with it.
      onRequest: async (_request, reply) => {
        void reply.header('allow', 'POST');
        throw new OauthError(405, 'invalid_request', 'Use POST for this URL.');
      },
      handler: async () => null,
    });
  });
}

const mutation = `mutation IssueClientToken($input: ClientTokenInput!) {
  payload: issueClientToken(input: $input) { accessToken expiresAt scope userErrors { code message } }
}`;

const answer = z.object({
  payload: z.object({
    accessToken: z.string().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    scope: z.string().nullable(),
    userErrors: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
});

async function issueToken({ graph, proxies }: OauthOptions, request: FastifyRequest, reply: FastifyReply) {
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  const grantType = parameter(form, 'grant_type');
  if (grantType === undefined) throw new OauthError(400, 'invalid_request', 'The parameter grant_type is missing.');
  if (grantType !== 'client_credentials') {
    throw new OauthError(400, 'unsupported_grant_type', 'The only grant type is client_credentials.');
  }
  const scope = parameter(form, 'scope');
  const input = { ...credentialsOf(request, form), ...(scope === undefined ? {} : { scope }) };
  const caller = { ...graphCallerOf(request, reply, proxies), authorization: undefined };
  const { payload } = answer.parse(await graphData(graph, caller, { query: mutation, variables: { input } }));
  const { accessToken, expiresAt, userErrors } = payload;
  const [refused] = userErrors;
  if (refused?.code === 'INVALID_SCOPE') throw new OauthError(400, 'invalid_scope', refused.message);
  if (refused !== undefined || accessToken === null || expiresAt === null) throw invalidClient();
  const leftS = Math.floor((Date.parse(expiresAt) - Date.now()) / 1_000);
  const token = { access_token: accessToken, token_type: 'Bearer', expires_in: Math.max(0, leftS) };
  return await reply.send({ ...token, scope: payload.scope });
}

/** The value of a parameter; undefined if it is missing or empty, which is the same (section 3.2). */
function parameter(form: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = form.getAll(name);
  if (others.length > 0) throw new OauthError(400, 'invalid_request', `The parameter ${name} is repeated.`);
  return value === '' ? undefined : value;
}

interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The credentials in the Authorization header, or in the body: not in both. */
function credentialsOf({ headers: { authorization } }: FastifyRequest, form: URLSearchParams): Credentials {
  const [clientId, clientSecret] = [parameter(form, 'client_id'), parameter(form, 'client_secret')];
  if (authorization === undefined) {
    if (clientId === undefined || clientSecret === undefined) throw invalidClient();
    return { clientId, clientSecret };
  }
  const basic = basicCredentials(authorization);
  if (basic === null) throw invalidClient();
  if (clientSecret !== undefined || (clientId !== undefined && clientId !== basic.clientId)) {
    throw new OauthError(
      400,
      'invalid_request',
      'Send the credentials either in the Authorization header or in the body, not in both.',
    );
  }
  return basic;
}

/** Reads HTTP Basic credentials, whose parts are form-encoded first (section 2.3.1). */
function basicCredentials(authorization: string): Credentials | null {
  const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  const [, clientId, clientSecret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  if (clientId === undefined || clientSecret === undefined) return null;
  try {
    return { clientId: decoded(clientId), clientSecret: decoded(clientSecret) };
  } catch {
    return null;
  }
}

/** @throws URIError */
function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function invalidClient(): OauthError {
  return new OauthError(401, 'invalid_client', 'The client id or the secret is wrong, or the API client has ended.');
}

/** Faults of the graph and of the transport, such as a body of another type. */
function oauthErrorOf(error: unknown): OauthError {
  if (error instanceof OauthError) return error;
  if (error instanceof GraphQLError) {
    const { code } = error.extensions;
    const given = isFaultCode(code) ? faultCodes[code] : 500;
    // Programs retry 503; to them a time-out is the same.
    const status = given === 504 ? 503 : given;
    return new OauthError(
      status,
      status < 500 && status !== 429 ? 'invalid_request' : 'temporarily_unavailable',
      error.message,
    );
  }
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode >= 500) throw error;
  const fault = statusCode === 413 ? `Send at most ${longestForm} bytes.` : `Send a form: Content-Type: ${formType}.`;
  return new OauthError(statusCode, 'invalid_request', fault);
}

async function sendError(reply: FastifyReply, { status, code, message }: OauthError): Promise<FastifyReply> {
  if (status === 401) void reply.header('www-authenticate', 'Basic realm="wallet-and-orders"');
  return await reply.code(status).send({ error: code, error_description: message });
}
