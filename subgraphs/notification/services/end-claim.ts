import { sql } from 'kysely';
import { z } from 'zod';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows } from '#platform/postgres/read-rows.ts';
import { addresseeOf } from '#notification/domain/addressee.ts';
import { endpointMessage } from '#notification/domain/messages.ts';
import { disabledAfterS, pauseAfterS } from '#notification/domain/webhook-schedule.ts';
import type { DisabledReason } from '#notification/domain/webhook-statuses.ts';
import type { DeliveringEndpoint } from './claim-webhooks.ts';
import { heldContacts } from './held-contacts.ts';
import type { EndedDelivery } from './record-webhooks.ts';
import { insertNotices, type WrittenNotice } from './write-notifications.ts';

/**
 * Ends a claim: records whether the endpoint fails, pauses one that does, and disables one that has accepted nothing for
 * days or is gone.
 *
 * @returns the message to the owner, if it was disabled.
 */
export async function endClaim(
  em: Manager,
  endpoint: DeliveringEndpoint,
  ended: readonly EndedDelivery[],
): Promise<WrittenNotice | null> {
  const isFailing = await noteHealth(em, endpoint, failuresAfter(endpoint, ended));
  if (ended.some(({ isGone }) => isGone)) return await disable(em, endpoint, 'GONE');
  return isFailing ? await disable(em, endpoint, 'FAILING') : null;
}

/** One success shows that the endpoint works: a delivery that always fails waits for its own next attempt. */
function failuresAfter({ failures }: DeliveringEndpoint, ended: readonly EndedDelivery[]): number {
  return ended.some(({ isDelivered }) => isDelivered) ? 0 : failures + ended.length;
}

/** @returns whether the endpoint has accepted nothing for days. */
async function noteHealth(em: Manager, { id, lease }: DeliveringEndpoint, failures: number): Promise<boolean> {
  const statement = sql`
    update webhook_endpoints set
      failures = ${failures},
      failing_since = case when ${failures} > 0 then coalesce(failing_since, now()) end,
      claimable_at = now() + make_interval(secs => ${pauseAfterS(failures)}::double precision)
    where id = ${id} and lease = ${lease} and disabled_at is null
    returning coalesce(failing_since <= now() - make_interval(secs => ${disabledAfterS}), false) as "isFailing"`;
  const [row] = await readRows(em, z.object({ isFailing: z.boolean() }), statement);
  return row?.isFailing === true;
}

/**
 * Disables an endpoint, gives up its deliveries and writes to its owner, in one commit. It does nothing if a later claim
 * exists, or if the owner changed the URL or enabled the endpoint meanwhile: the answers are not about its present URL.
 */
async function disable(
  em: Manager,
  { id, customerId, url, description, lease }: DeliveringEndpoint,
  reason: DisabledReason,
): Promise<WrittenNotice | null> {
  return await em.transactional(async (transaction) => {
    const contacts = await heldContacts(transaction, [customerId]);
    const { numAffectedRows } = await sql`
      update webhook_endpoints set disabled_at = now(), disabled_reason = ${reason}, failures = 0, failing_since = null
      where id = ${id} and lease = ${lease} and disabled_at is null
    `.execute(transaction.getKysely());
    if (numAffectedRows !== 1n) return null;
    await giveUpDeliveries(transaction, id);
    const addressee = addresseeOf(contacts.get(customerId) ?? {});
    if (addressee === null) return null;
    const notice = {
      customerId,
      kind: 'WEBHOOK_DISABLED',
      orderId: null,
      transactionId: null,
      refundNumber: null,
      recipient: addressee.email,
      senderId: null,
      receivedMinor: null,
      currency: null,
      ...endpointMessage({ url, description }, reason, addressee.name),
    } as const;
    const [written = null] = await insertNotices(transaction, [notice]);
    return written;
  });
}

/** Gives up all deliveries of an endpoint. The customer can send them again. */
export async function giveUpDeliveries(em: Manager, endpointId: string): Promise<void> {
  await sql`
    update webhook_deliveries set state = 'GIVEN_UP' where endpoint_id = ${endpointId} and state = 'PENDING'
  `.execute(em.getKysely());
}
