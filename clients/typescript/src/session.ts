import { type Auth, lifeOf, renewAfterMs } from './auth.ts';
import { type ConnectionOptions, connectionOf, post, type RequestOptions } from './connection.ts';
import { accepted, Refused } from './errors.ts';
import type { Operation } from './operation.ts';
import {
  CompleteLogin,
  type CompleteLoginInput,
  Login,
  type LoginInput,
  Logout,
  RefreshToken,
  Register,
  type RegisterInput,
  type SessionPartsFragment,
} from './operations.generated.ts';
import { untilAborted, withRetries } from './retry.ts';
import { memoryStore, type SessionTokens, type TokenStore } from './token-store.ts';

export interface SessionOptions extends ConnectionOptions {
  /** Default: the memory of this program. */
  readonly store?: TokenStore;
}

export type Customer = NonNullable<SessionPartsFragment['user']>;
export type Challenge = NonNullable<SessionPartsFragment['challenge']>;

/** Either the customer whose session began, or the challenge of the second factor. */
export type SignIn =
  | { readonly customer: Customer; readonly challenge: null }
  | { readonly customer: null; readonly challenge: Challenge };

/** The session of a customer. All functions throw what requests throw, and Refused. */
export interface Session extends Auth {
  readonly register: (input: RegisterInput, options?: RequestOptions) => Promise<Customer>;
  /** Where a second factor is set, the session begins only with `completeLogin`. */
  readonly login: (input: LoginInput, options?: RequestOptions) => Promise<SignIn>;
  readonly completeLogin: (input: CompleteLoginInput, options?: RequestOptions) => Promise<Customer>;
  /** Ends the session at the server and in the store. */
  readonly logout: (options?: RequestOptions) => Promise<void>;
}

/** Signs a customer in, and keeps the tokens fresh: one refresh at a time, however many requests need it. */
export function createSession({ store = memoryStore(), ...options }: SessionOptions): Session {
  const connection = connectionOf(options);
  let renewing: Promise<string | null> | null = null;

  async function send<Data, Variables extends object>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    { signal, timeoutMs }: RequestOptions = {},
    isRepeatable = false,
  ): Promise<Data> {
    const once = async () => await post(connection, { operation, variables, token: null, signal, timeoutMs });
    return await withRetries(once, isRepeatable, connection.retry, signal);
  }

  async function begin(payload: SessionPartsFragment | null | undefined): Promise<SignIn> {
    const { user, challenge, ...tokens } = accepted(payload);
    if (challenge != null) return { customer: null, challenge };
    const next = tokensOf(tokens);
    await store.exclusively(async () => await store.save(next));
    return { customer: user!, challenge: null };
  }

  /** Replaces tokens that are stale inside the lock: another tab may have replaced them meanwhile. */
  async function renew(isStale: (tokens: SessionTokens) => boolean, signal?: AbortSignal): Promise<string | null> {
    renewing ??= store
      .exclusively(async () => {
        const tokens = await store.load();
        if (tokens === null || !isStale(tokens)) return tokens?.accessToken ?? null;
        const next = await refresh(tokens.refreshToken);
        await store.save(next);
        return next?.accessToken ?? null;
      })
      .finally(() => {
        renewing = null;
      });
    return await untilAborted(renewing, signal);
  }

  /** Null if the session is over. A lost answer may have used the token up; then another request ends nothing more. */
  async function refresh(refreshToken: string): Promise<SessionTokens | null> {
    const { refreshToken: payload } = await send(RefreshToken, { input: { refreshToken } }, {}, true);
    try {
      return tokensOf(accepted(payload));
    } catch (error) {
      if (error instanceof Refused) return null;
      throw error;
    }
  }

  return {
    token: async (signal) => {
      const tokens = await store.load();
      if (tokens === null || Date.now() < tokens.renewAtMs) return tokens?.accessToken ?? null;
      return await renew(({ renewAtMs }) => Date.now() >= renewAtMs, signal);
    },
    replacementFor: async (refused, signal) => await renew(({ accessToken }) => accessToken === refused, signal),
    register: async (input, given) => (await begin((await send(Register, { input }, given)).register)).customer!,
    login: async (input, given) => await begin((await send(Login, { input }, given)).login),
    completeLogin: async (input, given) =>
      (await begin((await send(CompleteLogin, { input }, given)).completeLogin)).customer!,
    logout: async (given) =>
      await store.exclusively(async () => {
        const tokens = await store.load();
        if (tokens === null) return;
        // Ending a session again is no error.
        await send(Logout, { input: { refreshToken: tokens.refreshToken } }, given, true);
        await store.save(null);
      }),
  };
}

function tokensOf({
  accessToken,
  refreshToken,
  expiresAt,
}: Omit<SessionPartsFragment, 'user' | 'challenge' | 'userErrors'>): SessionTokens {
  const lifeMs = lifeOf(accessToken!) ?? Date.parse(expiresAt!) - Date.now();
  return { accessToken: accessToken!, refreshToken: refreshToken!, renewAtMs: Date.now() + renewAfterMs(lifeMs) };
}
