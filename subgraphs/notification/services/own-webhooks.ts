import { sql } from 'kysely';
import { unauthenticated } from '#platform/errors/faults.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { refusedUnconfirmed } from '#platform/identity/confirmation.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import type { NotificationContext } from '#notification/context.ts';
import type { WebhookEndpointRow } from '#notification/entities/webhook-endpoint.ts';
import { isDeletedContact } from './held-contacts.ts';
import { findWebhookEndpoint } from './list-webhooks.ts';

/** The input of a change of a webhook. */
export interface Confirmed {
  readonly confirmation?: string | null | undefined;
}

/**
 * Requires a confirmation of a customer: an access token alone must not send the customer's events to a stranger. An API
 * client has no confirmation. Its scope `webhooks:write` came with one.
 */
export async function refusedUnconfirmedChange(
  { identity, isConfirmed }: NotificationContext,
  { confirmation }: Confirmed,
): Promise<Refusal<'CONFIRMATION_REQUIRED'> | null> {
  if (viewerOf(identity).client !== undefined || (await isConfirmed(confirmation))) return null;
  return refusedUnconfirmed();
}

/**
 * Lets one transaction at a time change a customer's webhooks.
 *
 * @throws UNAUTHENTICATED for a deleted customer.
 */
export async function lockWebhooks(em: Manager, customerId: string): Promise<void> {
  if (await isDeletedContact(em, customerId)) throw unauthenticated();
  await sql`select pg_advisory_xact_lock(hashtext('webhooks'), hashtext(${customerId}))`.execute(em.getKysely());
}

/** The viewer's endpoint. */
export async function findOwnEndpoint(
  em: Manager,
  customerId: string,
  id: string,
): Promise<WebhookEndpointRow | Refusal<'NOT_FOUND'>> {
  const found = await findWebhookEndpoint(em, customerId, id);
  return found ?? refuse('NOT_FOUND', 'This webhook does not exist or is not yours.', ['input', 'endpointId']);
}
