/** The tokens of a customer's session. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When to replace them, on the clock of this device. */
  readonly renewAtMs: number;
}

/** Keeps the tokens of a session. Programs and tabs that share a store share the session. */
export interface TokenStore {
  readonly load: () => SessionTokens | null | Promise<SessionTokens | null>;
  /** Null ends the session. */
  readonly save: (tokens: SessionTokens | null) => void | Promise<void>;
  /**
   * Runs work while no other user of the store does. A store that several programs or tabs share needs it: a second use of
   * one refresh token ends the session.
   */
  readonly exclusively: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** Keeps the tokens in memory: the session ends with the page or the program. */
export function memoryStore(): TokenStore {
  let tokens: SessionTokens | null = null;
  return {
    load: () => tokens,
    save: (next) => {
      tokens = next;
    },
    exclusively: inTurn(),
  };
}

/**
 * Keeps the tokens in a storage of the browser, which its tabs share. Each script of the page can read it: use it only on
 * pages without scripts of others. The tabs take turns with a lock, which browsers have on https and on the local machine.
 *
 * @param key the name in the storage.
 */
export function storageStore(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  key = 'wallet-session',
): TokenStore {
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  return {
    load: () => {
      const text = storage.getItem(key);
      return text === null ? null : (JSON.parse(text) as SessionTokens);
    },
    save: (tokens) => {
      if (tokens === null) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(tokens));
    },
    exclusively: locks === undefined ? inTurn() : async (work) => await locks.request(key, work),
  };
}

function inTurn(): TokenStore['exclusively'] {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return await turn;
  };
}
