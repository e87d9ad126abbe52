import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { rememberKeys } from '#platform/idempotency.ts';
import type { Viewer } from '#platform/identity.ts';
import { parseTraceparent, withinTrace } from '#platform/trace.ts';
import { newKey, someone, usd } from '#test/factories.ts';
import { openTestLedger, type TestLedger } from '#test/ledger.ts';
import { until } from '#test/until.ts';
import { deposit } from './deposit.ts';
import { transfer } from './transfer.ts';

/** What is asked for in one turn of the loop, as the router's requests are, is one batch. */

let ledger: TestLedger;

beforeAll(async () => {
  ledger = await openTestLedger();
});

afterAll(async () => {
  expect(await ledger.faults()).toEqual([]);
  await ledger.close();
});

async function send(from: Viewer, to: Viewer, amount: string, description: string | null = null) {
  const [source, target] = [await ledger.account(from, 'USD'), await ledger.account(to, 'USD')];
  const input = { fromAccountId: source.id, toAccountId: target.id, amount: usd(amount), description };
  return { as: ledger.as(from), input: { ...input, idempotencyKey: newKey() } };
}

test('of movements at once each sees what those before it have left', async () => {
  const [ada, bob] = [someone(), someone('Bob')];
  const [all, back] = [await send(ada, bob, '99.00'), await send(bob, ada, '150.00')];
  const [sent, returned, twin] = await Promise.all([all, back, back].map(({ as, input }) => transfer(as, input)));

  expect(sent).toMatchObject({ amountMinor: 9_900n, feeMinor: 99n });
  expect(returned).toMatchObject({ amountMinor: 15_000n, feeMinor: 150n });
  expect(twin).toEqual(returned);
  expect([(await ledger.balances(ada)).USD, (await ledger.balances(bob)).USD]).toEqual([15_001n, 4_750n]);
});

test('a movement that the database cannot store fails alone', async () => {
  const [ada, bob] = [someone(), someone('Bob')];
  const [good, bad] = [await send(ada, bob, '1.00'), await send(ada, bob, '2.00', 'no text has this: \0')];
  const [first, second, third] = await Promise.allSettled(
    [good, bad, { ...good, input: { ...good.input, idempotencyKey: newKey() } }].map(({ as, input }) =>
      transfer(as, input),
    ),
  );

  expect([first, third].map((one) => one!.status)).toEqual(['fulfilled', 'fulfilled']);
  expect(second!.status).toBe('rejected');
  expect(await ledger.balances(ada)).toMatchObject({ USD: 9_798n });
});

test('two inputs under one key at once: one is made, the other refused', async () => {
  const ada = someone();
  const { id: accountId } = await ledger.account(ada, 'USD');
  const idempotencyKey = newKey();
  const answers = await Promise.all(
    ['1.00', '2.00'].map((amount) => deposit(ledger.as(ada), { accountId, amount: usd(amount), idempotencyKey })),
  );

  expect(answers).toEqual([
    expect.objectContaining({ amountMinor: 100n }),
    expect.objectContaining({ refused: 'IDEMPOTENCY_KEY_REUSED' }),
  ]);
});

test('a key that another process uses meanwhile for another input is refused, and nothing moves', async () => {
  const ada = someone();
  const { id: accountId } = await ledger.account(ada, 'USD');
  const idempotencyKey = newKey();
  const elsewhere = { customerId: ada.id, mutation: 'deposit', key: idempotencyKey, input: { accountId: 'another' } };
  const em = ledger.orm.em.fork();
  await em.begin();
  await rememberKeys(em, [{ request: elsewhere, resultId: accountId }]);
  const refused = deposit(ledger.as(ada), { accountId, amount: usd('1.00'), idempotencyKey });
  await until('the other to wait for the key', async () => await someoneWaits());
  await em.commit();

  expect(await refused).toMatchObject({ refused: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await ledger.balances(ada)).toMatchObject({ USD: 10_000n });
});

async function someoneWaits(): Promise<boolean> {
  const { rows } = await sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
  `.execute(ledger.orm.em.fork().getKysely());
  return rows.length > 0;
}

test('each transfer is told of as part of the request that asked for it', async () => {
  const [ada, bob] = [someone(), someone('Bob')];
  const traces = ['0af7651916cd43dd8448eb211c80319c', '1bf7651916cd43dd8448eb211c80319c'].map(
    (id) => `00-${id}-b7ad6b7169203331-01`,
  );
  const sends = [await send(ada, bob, '1.00'), await send(ada, bob, '2.00')];
  const made = await Promise.all(
    sends.map(({ as, input }, place) => withinTrace(parseTraceparent(traces[place]), () => transfer(as, input))),
  );
  const { rows } = await sql<{ key: string; traceparent: string }>`
    select key, traceparent from outbox where key = any(${made.map((one) => (one as { id: string }).id)}::text[]) order by id
  `.execute(ledger.orm.em.fork().getKysely());

  expect(rows).toEqual(made.map((one, place) => ({ key: (one as { id: string }).id, traceparent: traces[place] })));
});
