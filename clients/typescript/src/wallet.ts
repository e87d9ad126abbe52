import type { Auth } from './auth.ts';
import { type Connection, type ConnectionOptions, connectionOf, post, type RequestOptions } from './connection.ts';
import { isUnauthenticated, WalletError, withKey } from './errors.ts';
import type { Arguments, Given, Operation } from './operation.ts';
import { withRetries } from './retry.ts';
import { type Event, type FollowOptions, follow } from './subscriptions.ts';

export interface WalletOptions extends ConnectionOptions {
  /** Default: requests without a token. */
  readonly auth?: Auth;
}

/** A list of the API, as connections have it. */
interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

export interface Wallet {
  /**
   * Executes a query or a mutation, and returns its data. Repeats it after transport faults and temporary errors: queries,
   * and mutations with an idempotency key. A mutation's `userErrors` are in its payload: see `accepted`.
   *
   * @throws ConnectionLost, RequestFailed, and the reason of the signal. If the signal ends a mutation with a key after it
   *   was sent: a WalletError with the key, and with the reason as its cause.
   */
  readonly execute: <Data, Variables>(
    operation: Operation<Data, Variables>,
    ...given: Arguments<Variables, RequestOptions>
  ) => Promise<Data>;
  /**
   * Iterates over a list, page by page.
   *
   * @param pageOf finds the list in the data of the query.
   */
  readonly list: <Data, Variables, Node>(
    operation: Operation<Data, Variables>,
    pageOf: (data: Data) => Page<Node> | null | undefined,
    ...given: Arguments<Variables, RequestOptions>
  ) => AsyncGenerator<Node, void, undefined>;
  /**
   * Subscribes. After a cut, or when the token expires, the stream goes on after the last event. It ends when the
   * subscription is complete, and when the caller leaves the loop.
   */
  readonly subscribe: <Data, Variables>(
    operation: Operation<Data, Variables>,
    ...given: Arguments<Variables, FollowOptions>
  ) => AsyncGenerator<Event<Data>, void, undefined>;
}

/** Connects to the API. No request is sent yet. */
export function createWallet({ auth = noAuth, ...options }: WalletOptions): Wallet {
  const connection = connectionOf(options);
  const wallet: Wallet = {
    execute: async (operation, ...[variables, given]) =>
      await execute(connection, auth, operation, variables ?? {}, given),
    async *list(operation, pageOf, ...[variables, given]) {
      let after: string | null | undefined;
      do {
        const merged = { ...variables, ...(after === undefined ? {} : { after }) };
        const data = await execute(connection, auth, operation, merged, given);
        const page = pageOf(data);
        if (page == null)
          throw new WalletError(
            `The result of ${operation.name} has no list: the object does not exist, or you are not signed in.`,
          );
        yield* page.nodes;
        const { hasNextPage, endCursor } = page.pageInfo;
        if (hasNextPage && (endCursor == null || endCursor === after))
          throw new WalletError('The server repeats a page.');
        after = hasNextPage ? endCursor : null;
      } while (after !== null);
    },
    subscribe: (operation, ...[variables, given]) => follow(connection, auth, operation, variables ?? {}, given),
  };
  return wallet;
}

const noAuth: Auth = { token: async () => null, replacementFor: async () => null };

async function execute<Data>(
  connection: Connection,
  auth: Auth,
  operation: Operation<Data, never>,
  given: object,
  { signal, timeoutMs }: RequestOptions = {},
): Promise<Data> {
  const { variables, idempotencyKey } = keyed(operation, given);
  const isRepeatable = operation.kind === 'query' || idempotencyKey !== null;
  let isSent = false;
  const send = async (token: string | null) => {
    const once = async () => {
      signal?.throwIfAborted();
      isSent = true;
      return await post(connection, { operation, variables, token, signal, timeoutMs });
    };
    return await withRetries(once, isRepeatable, connection.retry, signal);
  };
  try {
    // Outside of the retries: it has its own.
    const token = await auth.token(signal);
    try {
      return await send(token);
    } catch (error) {
      if (token === null || !isUnauthenticated(error)) throw error;
      const replacement = await auth.replacementFor(token, signal);
      if (replacement === null) throw error;
      return await send(replacement);
    }
  } catch (error) {
    if (error instanceof WalletError) throw withKey(error, idempotencyKey);
    if (isSent && idempotencyKey !== null && signal?.aborted === true && error === signal.reason)
      throw new WalletError('The request was aborted after it was sent.', { cause: error, idempotencyKey });
    throw error;
  }
}

/** The variables with the key that all attempts have in common. */
function keyed({ kind, isKeyed }: Operation<unknown, never>, variables: Given<object>) {
  const { input } = variables as { readonly input?: { readonly idempotencyKey?: unknown } };
  const given = input?.idempotencyKey;
  if (kind !== 'mutation' || (given === undefined && !isKeyed)) return { variables, idempotencyKey: null };
  const idempotencyKey = typeof given === 'string' ? given : newIdempotencyKey();
  return { variables: { ...variables, input: { ...input, idempotencyKey } }, idempotencyKey };
}

/** 128 random bits, in hexadecimal digits. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
