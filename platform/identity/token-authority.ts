import { setTimeout as delay } from 'node:timers/promises';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** Says which access tokens are good: signed with one of these keys, and for somebody who was not deleted. */
export interface TokenAuthority {
  readonly key: JWTVerifyGetKey;
  /** Whether the user was deleted, as long as tokens for them may not have expired. */
  readonly isDeleted: (userId: string) => Promise<boolean>;
}

/**
 * What the user subgraph publishes beside its keys: the subjects whose tokens are no longer good. A JWK Set may have more
 * members than `keys` (RFC 7517, section 5).
 */
const revocations = z.object({ revoked_subjects: z.array(z.string()).default([]) });

export function revocationsMember(subjects: Iterable<string>): z.infer<typeof revocations> {
  return { revoked_subjects: [...subjects] };
}

/** After this what is known is asked for anew, meanwhile by nobody who has to wait. */
const refreshMs = 1_000;
/** A request waits for the answer where what is known is older, as in a process that rested. */
const staleMs = 2_000;
/** But no longer than this: while the user subgraph does not answer, what is known is used. */
const patienceMs = 250;

/**
 * The user subgraph's public keys and deletions over HTTP, asked for once a second at the most, and for an unknown key
 * every five seconds.
 */
export function remoteAuthority(jwksUrl: string): TokenAuthority {
  let deleted: ReadonlySet<string> = new Set();
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
        deleted = new Set(revocations.parse(await response.clone().json()).revoked_subjects);
        knownAtMs = performance.now();
      }
      return response;
    },
  });

  async function refresh(): Promise<void> {
    try {
      await key.reload();
    } catch {
      // What is known is as good as it was.
    } finally {
      asking = undefined;
    }
  }

  return {
    key,
    isDeleted: async (userId) => {
      const nowMs = performance.now();
      if (nowMs - askedAtMs > refreshMs) asking ??= refresh();
      const patienceLeftMs = askedAtMs + patienceMs - nowMs;
      if (asking !== undefined && nowMs - knownAtMs > staleMs && patienceLeftMs > 0) {
        await Promise.race([asking, delay(patienceLeftMs, undefined, { ref: false })]);
      }
      return deleted.has(userId);
    },
  };
}
