import { setTimeout as delay } from 'node:timers/promises';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/**
 * Decides which access tokens are valid: signed with one of its keys, for a user who is not deleted, and for an API client
 * that is not revoked.
 */
export interface TokenAuthority {
  readonly key: JWTVerifyGetKey;
  /**
   * Whether the user was deleted, or the API client revoked. It is known for as long as a token of theirs may be
   * unexpired.
   */
  readonly isRevoked: (id: string) => Promise<boolean>;
}

/**
 * The ids of users and API clients whose tokens are no longer valid. The user subgraph publishes them next to its keys: a JWK Set may have
 * members other than `keys` (RFC 7517, section 5).
 */
const revocations = z.object({ revoked_subjects: z.array(z.string()).default([]) });

export function revocationsMember(subjects: Iterable<string>): z.infer<typeof revocations> {
  return { revoked_subjects: [...subjects] };
}

/** After this time the keys are refreshed in the background. */
const refreshMs = 1_000;
/** If the keys are older, as in a process that was idle, a request waits for the refresh. */
const staleMs = 2_000;
/** The time between two reads until the first one succeeds. */
const firstReadsMs = 500;
/** The maximum wait. While the user subgraph does not respond, the last keys are used. */
const patienceMs = 250;

/**
 * Reads the public keys and revocations of the user subgraph over HTTP, at most once a second. An unknown key is looked up at
 * most every five seconds. The first read does not wait for a request: a user subgraph that is overloaded when the first
 * token comes would refuse it.
 */
export function remoteAuthority(jwksUrl: string): TokenAuthority {
  let revoked: ReadonlySet<string> = new Set();
  let askedAtMs = -Infinity;
  let knownAtMs = -Infinity;
  let asking: Promise<void> | undefined;

  const key = createRemoteJWKSet(new URL(jwksUrl), {
    cacheMaxAge: Infinity,
    cooldownDuration: 5_000,
    timeoutDuration: 3_000,
    [customFetch]: async (url, options) => {
      askedAtMs = performance.now();
      const response = await fetch(url, options);
      if (response.ok) {
        revoked = new Set(revocations.parse(await response.clone().json()).revoked_subjects);
        knownAtMs = performance.now();
      }
      return response;
    },
  });

  async function refresh(): Promise<void> {
    try {
      await key.reload();
    } catch {
      // The last keys stay valid.
    } finally {
      asking = undefined;
    }
  }

  async function readFirst(): Promise<void> {
    while (key.jwks() === undefined) {
      await refresh();
      await delay(firstReadsMs, undefined, { ref: false });
    }
  }
  void readFirst();

  return {
    key,
    isRevoked: async (id) => {
      const nowMs = performance.now();
      if (nowMs - askedAtMs > refreshMs) asking ??= refresh();
      const patienceLeftMs = askedAtMs + patienceMs - nowMs;
      if (asking !== undefined && nowMs - knownAtMs > staleMs && patienceLeftMs > 0) {
        await Promise.race([asking, delay(patienceLeftMs, undefined, { ref: false })]);
      }
      return revoked.has(id);
    },
  };
}
