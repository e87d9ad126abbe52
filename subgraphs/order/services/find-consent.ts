import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { unauthenticated } from '#platform/errors/faults.ts';
import { callPeer } from '#platform/http/peer.ts';
import { clientOf, type Identity } from '#platform/identity/identity.ts';
import { currencies } from '#platform/money/currency.ts';

/** What never changes of a consent. Whether it still counts, and its limits, are for billing to decide. */
export interface Consent {
  readonly customerId: string;
  readonly currency: (typeof currencies)[number];
  readonly shopName: string;
}

const timeoutMs = 2_000;
const rememberedConsents = 10_000;

const consent = z.object({ customerId: z.string(), currency: z.enum(currencies), shopName: z.string() });
const answer = z.object({ orderingConsent: consent.nullable() });

/**
 * Finds a consent that names the calling shop; null for any other id. Known ones are remembered: billing need not
 * respond for them.
 *
 * @throws if billing does not respond in time.
 */
export type FindConsent = (identity: Identity, id: string) => Promise<Consent | null>;

/** @param billingUrl the GraphQL endpoint of billing. */
export function consentFinder(billingUrl: string): FindConsent {
  const known = new LRUCache<string, Consent>({ max: rememberedConsents });
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
