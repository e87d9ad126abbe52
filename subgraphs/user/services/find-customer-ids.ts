import { z } from 'zod';
import { fault } from '#platform/errors/faults.ts';
import { callPeer } from '#platform/http/peer.ts';
import type { PermitSubject } from '#platform/identity/permit.ts';
import { errorText } from '#platform/telemetry/log.ts';
import type { UserContext } from '#user/context.ts';

/** Longer than the statement of a look-up. */
const timeoutMs = 3_000;

const answer = z.object({ customerId: z.uuid().nullable() });

interface Search {
  readonly url: string;
  readonly authorization: string;
  /** The other subgraphs answer only with a permit for this search, which no client ever gets. */
  readonly permit: string;
}

const fields = {
  accountNumber: { name: 'billing', call: 'customerIdOfAccount(accountNumber: $value, permit: $permit)' },
  orderId: { name: 'order', call: 'customerIdOfOrder(orderId: $value, permit: $permit)' },
  notificationId: {
    name: 'notification',
    call: 'customerIdOfNotification(notificationId: $value, permit: $permit)',
  },
} as const;

export type SearchedKey = keyof typeof fields;

const subjects = { accountNumber: 'account-number', orderId: 'order', notificationId: 'notification' } as const;

export const searchSubject = (kind: SearchedKey, value: string): PermitSubject => `${subjects[kind]}:${value}`;

/**
 * Requests another subgraph to find the customer who holds an account number, placed an order or got a notification.
 *
 * @throws SERVICE_UNAVAILABLE if it does not respond, or if its response is malformed.
 */
export async function findCustomerId(
  { log }: Pick<UserContext, 'log'>,
  kind: SearchedKey,
  value: string,
  { permit, ...peer }: Search,
): Promise<string | null> {
  const { name, call } = fields[kind];
  const type = kind === 'accountNumber' ? 'String' : 'ID';
  const query = `query ($value: ${type}!, $permit: String!) { customerId: ${call} }`;
  try {
    return (await callPeer(peer, { query, variables: { value, permit }, data: answer, timeoutMs })).customerId;
  } catch (error) {
    log.error({ reason: errorText(error) }, `${name} did not find the customer of a search`);
    throw fault('SERVICE_UNAVAILABLE', 'The customer cannot be looked up right now. Try again shortly.');
  }
}
