import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { registerCustomer } from '#test/customer.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';

/** A system in which no worker of billing runs. */

let system: TestSystem;
let user: pg.Client;
let notification: pg.Client;

beforeAll(async () => {
  system = await startSystem({ JOBS_ROLES: 'relay,user,order,notification' });
  user = new pg.Client({ connectionString: system.databases.user });
  notification = new pg.Client({ connectionString: system.databases.notification });
  await Promise.all([user.connect(), notification.connect()]);
});

afterAll(async () => {
  await Promise.all([user.end(), notification.end()]);
  await system.stop();
});

test('notification gets the contact data of a customer while no worker of billing runs', async () => {
  const { id, email } = await registerCustomer(system.url);

  const contact = await until('the contact', async () => {
    const { rows } = await notification.query('select email from contacts where user_id = $1', [id]);
    return (rows as { email: string }[])[0];
  });
  expect(contact.email).toBe(email);
  await until('the entry for notification to be closed', async () => (await entriesOf(id)).length === 1);
  expect(await entriesOf(id)).toEqual(['user-changed']);
});

async function entriesOf(userId: string): Promise<string[]> {
  const { rows } = await user.query(`select kind from outbox where payload->>'userId' = $1`, [userId]);
  return (rows as { kind: string }[]).map(({ kind }) => kind);
}
