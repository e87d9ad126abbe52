import { z } from 'zod';
import { fault } from '#platform/errors/faults.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { callPeer, type Peer } from '#platform/http/peer.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';

/** Longer than billing takes at the most, which itself waits for the order subgraph. */
const timeoutMs = 5_000;

export type ClosingRefusal = Refusal<'ACCOUNT_NOT_EMPTY' | 'PAYMENTS_UNDER_WAY'>;

/** A refusal with another code is nothing that the person could act on here. */
const answer = z.object({
  closeAccounts: z.object({
    userErrors: z.array(z.object({ code: z.enum(['ACCOUNT_NOT_EMPTY', 'PAYMENTS_UNDER_WAY']), message: z.string() })),
  }),
});

/**
 * Asks billing to close the customer's accounts; null where they are closed. It may be asked again.
 *
 * @throws SERVICE_UNAVAILABLE where billing does not answer, or not so that it can be understood.
 */
export async function closeAccounts(billing: Peer, log: Log): Promise<ClosingRefusal | null> {
  try {
    const query = 'mutation { closeAccounts { userErrors { code message } } }';
    const [refused] = (await callPeer(billing, { query, data: answer, timeoutMs })).closeAccounts.userErrors;
    return refused === undefined ? null : refuse(refused.code, refused.message);
  } catch (error) {
    log.error({ reason: errorText(error) }, 'billing did not say whether it closed the accounts');
    throw fault('SERVICE_UNAVAILABLE', "Your accounts can't be closed right now. Try again shortly.");
  }
}
