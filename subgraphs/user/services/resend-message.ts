import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Acting } from '#platform/audit/acting.ts';
import { unauthenticated } from '#platform/errors/faults.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { once, rememberKeys } from '#platform/postgres/idempotency.ts';
import { readRow } from '#platform/postgres/read-rows.ts';
import { isId } from '#platform/validation/ids.ts';
import type { UserContext } from '#user/context.ts';
import { actForCustomer, type ActInProgress, type ActRequest } from './act-for-customer.ts';
import { findCustomerId, searchSubject } from './find-customer-ids.ts';
import { tooManyMails, waitOf } from './mail-limits.ts';
import { signPermit } from './permits.ts';
import { sendPendingProof } from './request-email-proof.ts';

export interface ResendRequest extends ActRequest {
  /** A notification of the customer; none for the proof of the address. */
  readonly notificationId?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Sends a notification again by mail, or a new proof of the address. Notification sends the first: the outbox row has
 * the ids, and the version of the customer that was checked, so that notification waits for the same address. Refused
 * for an address that is not proved, except the proof, and beyond the limits of mails.
 *
 * @throws SERVICE_UNAVAILABLE if notification does not say whose notification it is.
 */
export async function resendMessage(context: UserContext & Acting, input: ResendRequest) {
  const { em, identity } = context;
  const { idempotencyKey: key, customerId, reason, notificationId = null } = input;
  const operatorId = viewerOf(identity).id;
  const request = {
    customerId: operatorId,
    mutation: 'resendMessage',
    key,
    input: { customerId: customerId.toLowerCase(), reason, notificationId: notificationId?.toLowerCase() },
  };
  return await once(
    em,
    request,
    async (id) => ({ customerId: id }),
    async () => {
      const isTheirs = notificationId === null || (await isNotificationOf(context, customerId, notificationId));
      return await actForCustomer(context, input, async (act) => {
        if (!isTheirs) return noNotification;
        const refused =
          notificationId === null
            ? await sendPendingProof(act.em, context, act.user)
            : await resendNotification(act, context, notificationId);
        if (refused !== null) return refused;
        await rememberKeys(act.em, [{ request, resultId: act.user.id }]);
        await act.record({ act: 'RESENT_MESSAGE', after: { notificationId, proof: notificationId === null } });
        return null;
      });
    },
  );
}

async function resendNotification(
  { em, user }: ActInProgress,
  { outbox, rules }: UserContext,
  notificationId: string,
): Promise<Refusal<'EMAIL_NOT_PROVED' | 'TOO_MANY_ATTEMPTS'> | null> {
  if (user.emailProvedAt == null) {
    return refuse('EMAIL_NOT_PROVED', 'The email address is not proved: only the proof goes there.', [
      'input',
      'notificationId',
    ]);
  }
  // The lock of the customer makes concurrent requests count each other.
  const resent = sql`staff_acts where customer_id = ${user.id} and act = 'RESENT_MESSAGE'`;
  const { waitS, at } = await readRow(
    em,
    z.object({ waitS: z.number().nullable(), at: z.date() }),
    sql`select ${waitOf(resent, rules.MAILS_PER_RECIPIENT)} as "waitS", clock_timestamp() as at`,
  );
  if (waitS !== null) return tooManyMails(waitS, ['input', 'customerId']);
  const payload = {
    resendId: randomUUIDv7(),
    userId: user.id,
    notificationId: notificationId.toLowerCase(),
    requestedAt: at.toISOString(),
    contactVersion: user.version,
  };
  await outbox.note(em, [{ kind: 'message-resend-requested', payload }]);
  return null;
}

async function isNotificationOf(context: UserContext, customerId: string, notificationId: string): Promise<boolean> {
  const { identity, keyring, rules, notificationUrl: url } = context;
  if (identity.token !== 'valid') throw unauthenticated();
  if (!isId(notificationId)) return false;
  const kind = 'notificationId';
  const subject = searchSubject(kind, notificationId);
  const permit = await signPermit(subject, identity.viewer, await keyring.signingKey(), rules);
  const { authorization } = identity;
  const owner = await findCustomerId(context, kind, notificationId, { url, authorization, permit });
  return owner !== null && owner === customerId.toLowerCase();
}

const noNotification = refuse('NOT_FOUND', 'The customer has no notification with this id.', [
  'input',
  'notificationId',
]);
