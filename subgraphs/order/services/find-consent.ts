import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { unauthenticated } from '#platform/errors/faults.ts';
import { callPeer } from '#platform/http/peer.ts';
import { clientOf, type Identity } from '#platform/identity/identity.ts';
import { currencies } from '#platform/money/currency.ts';

/** What the order subgraph reads of a consent that is in force. Billing decides within its limits. */
export interface Consent {
  readonly customerId: string;
  readonly currency: (typeof currencies)[number];
  readonly shopName: string;
}

const timeoutMs = 2_000;
/** For this long, a shop can still place orders after a withdrawal. Billing rejects them. */
const cachedMs = 3_000;
const cachedConsents = 10_000;

const consent = z.object({ customerId: z.string(), currency: z.enum(currencies), shopName: z.string() });
const answer = z.object({ orderingConsent: consent.nullable() });

/**
 * Finds a consent in force that names the calling shop; null for any other id. It is cached for three seconds.
 *
 * @throws if billing does not respond in time.
 */
export type FindConsent = (identity: Identity, id: string) => Promise<Consent | null>;

/** @param billingUrl the GraphQL endpoint of billing. */
export function consentFinder(billingUrl: string): FindConsent {
  const known = new LRUCache<string, Consent>({ max: cachedConsents, ttl: cachedMs });
  return async (identity, id) => {
    if (identity.token !== 'valid') throw unauthenticated();
    const name = `${clientOf(identity).clientId} ${id}`;
    const remembered = known.get(name);
    if (remembered !== undefined) return remembered;
    const query = 'query ($id: ID!) { orderingConsent(id: $id) { customerId currency shopName } }';
    const request = { query, variables: { id }, data: answer, timeoutMs };
    const { orderingConsent: found } = await callPeer(
      { url: billingUrl, authorization: identity.authorization },
      request,
    );
    if (found !== null) known.set(name, found);
    return found;
  };
}
