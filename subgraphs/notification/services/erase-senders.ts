import { sql } from 'kysely';
import { unnestRows } from '#platform/postgres/batch-rows.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { addresseeOf } from '#notification/domain/addressee.ts';
import { transferMessage } from '#notification/domain/messages.ts';
import { tables } from '#notification/database.ts';
import { Notification, type NotificationRow } from '#notification/entities/notification.ts';
import { heldContacts } from './held-contacts.ts';

const batch = 500;

/**
 * Erases the names and words of deleted users from the messages to others: writes each message again without them.
 * Call it in the transaction that deletes their contacts, after `lockContactsForDeletion`.
 */
export async function eraseSenders(em: Manager, senderIds: readonly string[]): Promise<void> {
  for (let found = batch; found === batch;) {
    const messages = await tables(em)
      .selectFrom('notifications')
      .select(columnsOf(Notification))
      .where('senderId', '=', anyOf(senderIds, 'uuid'))
      .orderBy('id')
      .limit(batch)
      .execute();
    found = messages.length;
    if (found > 0) await writeAgain(em, messages);
  }
}

async function writeAgain(em: Manager, messages: readonly NotificationRow[]): Promise<void> {
  const receivers = await heldContacts(
    em,
    messages.map(({ customerId }) => customerId),
  );
  const rows = messages.map(({ id, customerId, transactionId, receivedMinor, currency }) => {
    const event = { transactionId: transactionId!, receivedMinor: receivedMinor!, currency: currency! };
    const name = addresseeOf(receivers.get(customerId) ?? {})?.name ?? 'customer';
    return { id, ...transferMessage({ ...event, senderName: null, description: null }, name) };
  });
  await sql`
    update notifications set subject = again.subject, body = again.body, sender_id = null
    from ${unnestRows('again', rows, { id: 'uuid', subject: 'text', body: 'text' })}
    where notifications.id = again.id
  `.execute(em.getKysely());
}
