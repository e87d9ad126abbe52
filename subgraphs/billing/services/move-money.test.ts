import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { actingIn } from '#platform/audit/acting.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import { rememberKeys } from '#platform/postgres/idempotency.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { parseTraceparent, withinTrace } from '#platform/telemetry/trace.ts';
import { newKey, someone, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { statementsOf } from '#test/statements.ts';
import { until } from '#test/until.ts';
import { deposit } from './deposit.ts';
import { depositForCustomer } from './fund-customer.ts';
import { lockAccounts } from './lock-accounts.ts';
import { quoteTransfer } from './quote-transfer.ts';
import { transfer } from './transfer.ts';

/** Requests of one turn of the event loop form one batch, as the router's do. */

const ledger = await useTestLedger();

async function send(from: Viewer, to: Viewer, amount: string, description: string | null = null) {
  const [source, target] = [await ledger.account(from, 'USD'), await ledger.account(to, 'USD')];
  const input = { fromAccountId: source.id, toAccountId: target.id, amount: usd(amount), description };
  return { as: ledger.as(from), input: { ...input, idempotencyKey: newKey() } };
}

/** A transfer with a quote, as the console sends it. */
async function sendQuoted(from: Viewer, to: Viewer, amount: string) {
  const { as, input } = await send(from, to, amount);
  const quote = await quoteTransfer(as, input);
  if ('refused' in quote) throw new Error(`no quote: ${quote.message}`);
  return { as, input: { ...input, quoteId: quote.id } };
}

test('each of several concurrent movements sees the balance after the previous one', async () => {
  const [ada, bob] = [someone(), someone('Bob')];
  const [all, back] = [await send(ada, bob, '99.00'), await send(bob, ada, '150.00')];
  const [sent, returned, twin] = await Promise.all([all, back, back].map(({ as, input }) => transfer(as, input)));

  expect(sent).toMatchObject({ amountMinor: 9_900n, feeMinor: 99n });
  expect(returned).toMatchObject({ amountMinor: 15_000n, feeMinor: 150n });
  expect(twin).toEqual({ ...returned, repeated: true });
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

test('customers do not wait for a movement by staff, which waits for the audit log', async () => {
  const [ada, bob] = [someone(), someone('Bob')];
  const inputOf = async (customer: Viewer) => {
    const { id: accountId } = await ledger.account(customer, 'USD');
    return { accountId, amount: usd('1.00'), idempotencyKey: newKey() };
  };
  const [forAda, ofBob] = [await inputOf(ada), await inputOf(bob)];
  const staff = actingIn(ledger.as(someone('Olga')));
  const reason = 'paid at the desk';
  const earlier = ledger.orm.em.fork();
  await earlier.begin();
  const { actor, caller } = staff;
  await recordAct(earlier, { actor, act: 'LOOKED_AT_CUSTOMER', customerId: ada.id, reason, caller });
  let isDeposited = false;
  const byStaff = depositForCustomer(staff, { ...forAda, reason }).finally(() => {
    isDeposited = true;
  });

  expect(await deposit(ledger.as(bob), ofBob)).toMatchObject({ amountMinor: 100n });
  expect(isDeposited).toBe(false);
  await earlier.commit();
  expect(await byStaff).toMatchObject({ amountMinor: 100n });
});

test('of two concurrent inputs with one key, one succeeds and the other is refused', async () => {
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

test('a key that another process concurrently uses for another input is refused, and moves no money', async () => {
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

test('the message about each transfer has the trace of its request', async () => {
  const [ada, bob] = [someone(), someone('Bob')];
  const traces = ['0af7651916cd43dd8448eb211c80319c', '1bf7651916cd43dd8448eb211c80319c'].map(
    (id) => `00-${id}-b7ad6b7169203331-01`,
  );
  const sends = [await send(ada, bob, '1.00'), await send(ada, bob, '2.00')];
  const made = await Promise.all(
    sends.map(({ as, input }, index) => withinTrace(parseTraceparent(traces[index]), () => transfer(as, input))),
  );
  const { rows } = await sql<{ key: string; traceparent: string }>`
    select key, traceparent from outbox where key = any(${made.map((one) => (one as { id: string }).id)}::text[]) order by id
  `.execute(ledger.orm.em.fork().getKysely());

  expect(rows).toEqual(made.map((one, index) => ({ key: (one as { id: string }).id, traceparent: traces[index] })));
});

describe('quotes', () => {
  test('of a whole batch cost one statement, as do repeated requests', async () => {
    const people = Array.from({ length: 40 }, () => someone());
    const to = (index: number) => people[(index + 1) % people.length]!;
    const plain = await Promise.all(people.map((person, index) => send(person, to(index), '1.00')));
    const quoted = await Promise.all(people.map((person, index) => sendQuoted(person, to(index), '1.00')));
    const costOf = async (sends: typeof plain) => {
      let made: Awaited<ReturnType<typeof transfer>>[] = [];
      const statements = await statementsOf(async () => {
        made = await Promise.all(sends.map(({ as, input }) => transfer(as, input)));
      });
      expect(made.filter((one) => 'refused' in one)).toEqual([]);
      // The relay is woken up after the commit, for several batches at once.
      return { made, statements: statements.filter(({ text }) => !text.includes('pg_notify')).length };
    };

    const unquoted = await costOf(plain);
    const firstTime = await costOf(quoted);
    expect(firstTime.statements).toBe(unquoted.statements + 1);
    const again = await costOf(quoted);
    expect(again.made).toEqual(firstTime.made.map((made) => ({ ...made, repeated: true })));
    expect(again.statements).toBeLessThanOrEqual(firstTime.statements);
  });

  test('stay open after a refusal: the same transfer succeeds after a deposit', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const { as, input } = await sendQuoted(ada, bob, '150.00');
    expect(await transfer(as, input)).toMatchObject({ refused: 'INSUFFICIENT_FUNDS' });
    await deposit(as, { accountId: input.fromAccountId, amount: usd('100.00'), idempotencyKey: newKey() });
    expect(await transfer(as, input)).toMatchObject({ amountMinor: 15_000n, feeMinor: 150n });
    const other = { ...input, idempotencyKey: newKey() };
    expect(await transfer(as, other)).toMatchObject({ refused: 'QUOTE_EXPIRED' });
  });

  test('are valid for one of several concurrent transfers', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const { as, input } = await sendQuoted(ada, bob, '1.00');
    const twice = await Promise.all(
      [newKey(), newKey()].map((idempotencyKey) => transfer(as, { ...input, idempotencyKey })),
    );
    expect(twice).toEqual([
      expect.objectContaining({ amountMinor: 100n }),
      expect.objectContaining({ refused: 'QUOTE_EXPIRED' }),
    ]);
    expect(await ledger.balances(ada)).toMatchObject({ USD: 9_899n });
  });

  test('do not wait for the locks of the accounts', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const { as, input } = await send(ada, bob, '1.00');
    const em = ledger.orm.em.fork();
    await em.begin();
    await lockAccounts(em, [input.fromAccountId, input.toAccountId]);
    let isQuoted = false;
    const quoted = quoteTransfer(as, input).finally(() => (isQuoted = true));
    await until('the quote, or that it waits', async () => isQuoted || (await someoneWaits()));
    const wasQuotedInTime = isQuoted;
    await em.rollback();
    expect(await quoted).toMatchObject({ amountMinor: 100n });
    expect(wasQuotedInTime).toBe(true);
  });

  test('stay open if the batch that uses them fails', async () => {
    const [ada, bob, cleo] = [someone(), someone('Bob'), someone('Cleo')];
    const [quoted, bad] = [await sendQuoted(ada, bob, '1.00'), await send(cleo, bob, '2.00', 'no text has this: \0')];
    const [first, second] = await Promise.allSettled([quoted, bad].map(({ as, input }) => transfer(as, input)));
    expect(second!.status).toBe('rejected');
    expect(first).toMatchObject({ status: 'fulfilled', value: { amountMinor: 100n } });
  });
});
