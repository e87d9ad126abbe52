import { request } from 'undici';
import { z } from 'zod';
import { fault } from '#platform/faults.ts';
import { errorText, type Log } from '#platform/log.ts';
import { refuse, type Refusal } from '#platform/refusal.ts';

const timeoutMs = 5_000;

/** A refusal with another code is nothing that the person could act on here. */
const answer = z.object({
  data: z.object({
    closeAccounts: z.object({
      userErrors: z.array(z.object({ code: z.literal('ACCOUNT_NOT_EMPTY'), message: z.string() })),
    }),
  }),
});

export interface Billing {
  /** Where it answers GraphQL. */
  readonly url: string;
  /** The customer's own `Authorization`. */
  readonly authorization: string;
}

/**
 * Asks billing to close the customer's accounts; null where they are closed. It may be asked again.
 *
 * @throws SERVICE_UNAVAILABLE where billing does not answer, or not so that it can be understood.
 */
export async function closeAccounts(billing: Billing, log: Log): Promise<Refusal<'ACCOUNT_NOT_EMPTY'> | null> {
  try {
    const [refused] = (await ask(billing)).data.closeAccounts.userErrors;
    return refused === undefined ? null : refuse(refused.code, refused.message);
  } catch (error) {
    log.error({ reason: errorText(error) }, 'billing has not said whether it has closed the accounts');
    throw fault('SERVICE_UNAVAILABLE', 'Your accounts cannot be closed at the moment; try again later.');
  }
}

async function ask({ url, authorization }: Billing) {
  const { body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query: 'mutation { closeAccounts { userErrors { code message } } }' }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  return answer.parse(await body.json());
}
