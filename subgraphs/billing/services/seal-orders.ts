import { z } from 'zod';
import type { Identity } from '#platform/identity/identity.ts';
import { unauthenticated } from '#platform/errors/faults.ts';
import { callPeer } from '#platform/http/peer.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';

/** Much shorter than the time after which a seal is lifted, and than the time-out of the client. */
const timeoutMs = 2_000;

const answer = z.object({
  sealOrders: z.object({
    userErrors: z.array(z.object({ code: z.literal('PAYMENTS_UNDER_WAY'), message: z.string() })),
  }),
});

/**
 * Requests the order subgraph to seal the viewer's orders for a closing. Returns null if they are sealed.
 *
 * @throws if the order subgraph does not confirm or refuse.
 */
export type SealOrders = (identity: Identity, closingId: string) => Promise<Refusal<'PAYMENTS_UNDER_WAY'> | null>;

/** @param orderUrl the GraphQL endpoint of the order subgraph. */
export function orderSealer(orderUrl: string): SealOrders {
  return async (identity, closingId) => {
    if (identity.token !== 'valid') throw unauthenticated();
    const query = `mutation ($input: SealOrdersInput!) { sealOrders(input: $input) { userErrors { code message } } }`;
    const request = { query, variables: { input: { closingId } }, data: answer, timeoutMs };
    const [refused] = (await callPeer({ url: orderUrl, authorization: identity.authorization }, request)).sealOrders
      .userErrors;
    return refused === undefined ? null : refuse(refused.code, refused.message);
  };
}
