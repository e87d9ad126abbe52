import { z } from 'zod';
import { fault } from '#platform/errors/faults.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { callPeer, type Peer } from '#platform/http/peer.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';

/** Longer than billing's longest response, which includes its wait for the order subgraph. */
const timeoutMs = 5_000;

export type ClosingRefusal = Refusal<'ACCOUNT_NOT_EMPTY' | 'ACCOUNT_FROZEN' | 'PAYMENTS_UNDER_WAY'>;

/** The refusals that the customer can act on. Any other code is a fault. */
const answer = z.object({
  closeAccounts: z.object({
    userErrors: z.array(
      z.object({ code: z.enum(['ACCOUNT_NOT_EMPTY', 'ACCOUNT_FROZEN', 'PAYMENTS_UNDER_WAY']), message: z.string() }),
    ),
  }),
});

/**
 * Requests billing to close the customer's accounts, with a confirmation of the customer. Returns null if they are closed. The caller can repeat it.
 *
 * @throws SERVICE_UNAVAILABLE if billing does not respond, or if its response is malformed.
 */
export async function closeAccounts(billing: Peer, confirmation: string, log: Log): Promise<ClosingRefusal | null> {
  try {
    const query = 'mutation ($input: ConfirmedInput) { closeAccounts(input: $input) { userErrors { code message } } }';
    const [refused] = (
      await callPeer(billing, { query, variables: { input: { confirmation } }, data: answer, timeoutMs })
    ).closeAccounts.userErrors;
    return refused === undefined ? null : refuse(refused.code, refused.message);
  } catch (error) {
    log.error({ reason: errorText(error) }, 'billing did not confirm the closing of the accounts');
    throw fault('SERVICE_UNAVAILABLE', "Your accounts can't be closed right now. Try again shortly.");
  }
}
