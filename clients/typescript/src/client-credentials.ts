import { type Auth, renewAfterMs } from './auth.ts';
import type { Scope } from './codes.generated.ts';
import { type ConnectionOptions, connectionOf, fetchJson } from './connection.ts';
import { ConnectionLost, TokenRefused } from './errors.ts';
import { untilAborted, withRetries } from './retry.ts';

export interface ClientCredentials extends ConnectionOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Default: all scopes of the client. */
  readonly scopes?: readonly Scope[];
}

interface Token {
  readonly text: string;
  /** On the clock of `performance.now()`. */
  readonly renewAtMs: number;
}

/**
 * Gets access tokens for an API client (OAuth 2, client credentials). Concurrent requests share one token request.
 *
 * Its functions throw TokenRefused if the id or the secret is wrong or the client has ended.
 */
export function clientCredentials({ clientId, clientSecret, scopes, ...options }: ClientCredentials): Auth {
  const connection = connectionOf(options);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    ...(scopes === undefined ? {} : { scope: scopes.join(' ') }),
  }).toString();
  let current: Token | null = null;
  let fetching: Promise<Token> | null = null;

  async function request(): Promise<Token> {
    const sentAtMs = performance.now();
    const { status, retryAfterS, body } = await fetchJson(connection, '/oauth/token', {
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
    });
    const answer = (body ?? {}) as TokenAnswer;
    if (answer.access_token !== undefined) {
      return { text: answer.access_token, renewAtMs: sentAtMs + renewAfterMs((answer.expires_in ?? 60) * 1_000) };
    }
    const { error = '', error_description: description = '' } = answer;
    if (error === '' || error === 'temporarily_unavailable')
      throw new ConnectionLost(`status ${status}`, { retryAfterS });
    throw new TokenRefused(error, description);
  }

  /** Not bound to the signal of one caller: other callers wait for the same token. */
  async function next(signal: AbortSignal | undefined): Promise<Token> {
    fetching ??= withRetries(request, true, connection.retry, undefined)
      .then((token) => (current = token))
      .finally(() => {
        fetching = null;
      });
    return await untilAborted(fetching, signal);
  }

  return {
    token: async (signal) =>
      (current !== null && performance.now() < current.renewAtMs ? current : await next(signal)).text,
    replacementFor: async (refused, signal) =>
      (current !== null && current.text !== refused ? current : await next(signal)).text,
  };
}

interface TokenAnswer {
  readonly access_token?: string;
  readonly expires_in?: number;
  readonly error?: string;
  readonly error_description?: string;
}
