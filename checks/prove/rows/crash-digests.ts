import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { commits, crashRow } from '../crashes.ts';
import { type Mailbox, openMailbox } from '../mailbox.ts';
import { accept, change, type Person, signIn, usdAccount } from '../people.ts';
import type { Stage } from '../stage.ts';
import { retry, waitFor } from '../wait.ts';

const arrivesWithinMs = 60_000;
const summary = 'Your new messages';
const ownMessage = 'Your order is paid';

const targets = [
  ...commits('workers', 'update notifications set held_at'),
  ...commits('workers', 'update "notifications" set sent_at'),
];

/** A worker sums up held messages when it starts, and every minute. So each kill also makes the next attempt. */
export const crashDigests = crashRow({
  name: 'crash-digests',
  flow: 'two messages to a customer who gets one an hour: the second is held for an hour and summed up',
  targets,
  begin: async (stage) => {
    const mailbox = await openMailbox();
    const settings = { SMTP_URL: mailbox.smtpUrl, NOTIFICATION_MAILS_PER_RECIPIENT: '1' };
    await Promise.all(stage.workers.map(async (worker) => await worker.restart(settings)));
    const people: Person[] = [];
    // A worker that starts must find held messages.
    while (people.length <= targets.length * (stage.kills + 1)) people.push(await holdMessage(stage));
    return {
      settings,
      act: async () => {
        const ids = people.map(({ id }) => id);
        if (await isAnyDue(stage, ids)) return await delay(100);
        if (!(await passHour(stage, ids, 1))) people.push(await holdMessage(stage));
      },
      outcome: async () => {
        await sendHeld(
          stage,
          people.map(({ id }) => id),
          settings,
        );
        return {
          done: `${people.length} customers, ${mailbox.repeated()} messages repeated with the same Message-ID`,
          faults: countFaults(mailbox, people),
        };
      },
      end: async () => {
        await Promise.all(stage.workers.map(async (worker) => await worker.restart()));
        await mailbox.stop();
      },
    };
  },
});

/** A new customer with two orders: the message about one of them is sent, that about the other held. */
async function holdMessage(stage: Stage): Promise<Person> {
  const person = await signIn(stage);
  await usdAccount(stage, person.token);
  for (const productId of ['book', 'lamp']) {
    const order = {
      productId,
      unitPrice: { amount: '1.00', currency: 'USD' },
      quantity: 1,
      idempotencyKey: randomUUID(),
    };
    accept(await change(stage, person.token, ['placeOrder', 'PlaceOrderInput', ''], order));
  }
  const settled = `select from notifications where customer_id = $1 and (held_at is not null or sent_at is not null)`;
  const isSettled = async () => (await stage.query('notification', settled, [person.id])).length === 2;
  await waitFor('one message to be sent, and one to be held', isSettled, arrivesWithinMs);
  return person;
}

const held = `held_at is not null and sent_at is null and customer_id = any($1)`;

async function isAnyDue(stage: Stage, ids: readonly string[]): Promise<boolean> {
  const due = `select from notifications where ${held} and held_at < now() - interval '1 hour' limit 1`;
  return (await retry(async () => await stage.query('notification', due, [ids]))).length > 0;
}

/** Makes the held messages of some customers an hour older. @returns false if no message is held. */
async function passHour(stage: Stage, ids: readonly string[], customers: number): Promise<boolean> {
  const changed = await stage.query(
    'notification',
    `update notifications set held_at = now() - interval '61 minutes' where ${held} and customer_id in
       (select customer_id from notifications where ${held} order by customer_id limit $2) returning id`,
    [ids, customers],
  );
  return changed.length > 0;
}

async function sendHeld(stage: Stage, ids: readonly string[], settings: NodeJS.ProcessEnv): Promise<void> {
  const isAnyHeld = async () =>
    (await stage.query('notification', `select from notifications where ${held}`, [ids])).length > 0;
  // One attempt sums up the messages of a bounded number of customers.
  while (await isAnyHeld()) {
    await passHour(stage, ids, ids.length);
    await stage.workers[0].restart(settings);
    await waitFor('the due messages to be sent', async () => !(await isAnyDue(stage, ids)), arrivesWithinMs);
    await delay(1_000);
  }
}

function countFaults(mailbox: Mailbox, people: readonly Person[]): Record<string, number> {
  const wrong = (subject: string) => people.filter(({ email }) => mailbox.count(email, subject) !== 1).length;
  return { 'own messages missing or duplicated': wrong(ownMessage), 'summaries missing or duplicated': wrong(summary) };
}
