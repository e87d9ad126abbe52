import { z } from 'zod';
import { unauthenticated } from '#platform/errors/faults.ts';
import { callPeer } from '#platform/http/peer.ts';
import type { Identity } from '#platform/identity/identity.ts';

export interface Shop {
  readonly id: string;
  readonly name: string;
}

const timeoutMs = 2_000;

const answer = z.object({ shop: z.object({ id: z.string(), name: z.string() }).nullable() });

/**
 * Finds the shop with this id, which the user subgraph knows; null if no live API client with the scope has it.
 *
 * @throws if the user subgraph does not respond in time.
 */
export type FindShop = (identity: Identity, id: string) => Promise<Shop | null>;

/** @param userUrl the GraphQL endpoint of the user subgraph. */
export function shopFinder(userUrl: string): FindShop {
  return async (identity, id) => {
    if (identity.token !== 'valid') throw unauthenticated();
    const query = 'query ($id: ID!) { shop(id: $id) { id name } }';
    const request = { query, variables: { id }, data: answer, timeoutMs };
    return (await callPeer({ url: userUrl, authorization: identity.authorization }, request)).shop;
  };
}
