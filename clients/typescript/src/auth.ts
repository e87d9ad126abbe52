/** Gives requests their access token. `createSession` and `clientCredentials` make one. */
export interface Auth {
  /** The access token for the next request; null to send none. */
  readonly token: (signal?: AbortSignal) => Promise<string | null>;
  /** The token after one that the server refused; null if there is none. */
  readonly replacementFor: (refused: string, signal?: AbortSignal) => Promise<string | null>;
}

/** How long before its end a token of this life is replaced: a minute, or a quarter of a short life. */
export function renewAfterMs(lifeMs: number): number {
  return lifeMs - Math.min(60_000, lifeMs / 4);
}

/** The life of a token, in milliseconds, by its own claims: the clocks of client and server may differ. */
export function lifeOf(token: string): number | null {
  try {
    const [, claims = ''] = token.split('.');
    const { exp, iat } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>;
    return typeof exp === 'number' && typeof iat === 'number' && exp > iat ? (exp - iat) * 1_000 : null;
  } catch {
    return null;
  }
}
