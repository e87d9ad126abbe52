import { describe, expect, test } from '@jest/globals';
import { currencies } from '#platform/money/currency.ts';
import { sql } from 'kysely';
import type { Viewer } from '#platform/identity/identity.ts';
import { claimDue, release } from '#platform/messaging/outbox-relay.ts';
import { refuse } from '#platform/errors/refusal.ts';
import { newKey, someone, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import type { BillingContext } from './context.ts';
import { closeAccounts } from './services/close-accounts.ts';
import { deposit } from './services/deposit.ts';
import { transfer } from './services/transfer.ts';
import { withdraw } from './services/withdraw.ts';

/** Billing's steps of a closing. The order subgraph's steps are in subgraphs/order/sealing.test.ts. */

const ledger = await useTestLedger();

type Seal = BillingContext['sealOrders'];

const underWay = refuse('PAYMENTS_UNDER_WAY', 'An order is being processed.');

async function close(customer: Viewer, sealOrders: Seal = async () => null) {
  const closings: string[] = [];
  const outcome = await closeAccounts({
    ...ledger.as(customer),
    sealOrders: async (identity, closingId) => {
      closings.push(closingId);
      return await sealOrders(identity, closingId);
    },
  }).catch((error: unknown) => error as { extensions: { code: string } });
  return { outcome, closings };
}

async function emptied(): Promise<Viewer> {
  const customer = someone();
  const { id: accountId } = await ledger.account(customer, 'USD');
  await withdraw(ledger.as(customer), { accountId, amount: usd('100.00'), idempotencyKey: newKey() });
  return customer;
}

const pay = async (customer: Viewer) => {
  const { id: accountId } = await ledger.account(customer, 'USD');
  return await deposit(ledger.as(customer), { accountId, amount: usd('1.00'), idempotencyKey: newKey() });
};

const status = async (customer: Viewer) => (await ledger.account(customer, 'USD')).status;

/** The closings of a customer in the outbox, and whether the relay lifts their seals at once. */
async function given(customer: Viewer) {
  const { rows } = await sql<{ key: string; isDue: boolean }>`
    select key, next_attempt_at <= now() as "isDue" from outbox
    where kind = 'closing-begun' and payload->>'customerId' = ${customer.id}
  `.execute(ledger.orm.em.fork().getKysely());
  return rows;
}

describe('a closing', () => {
  test('seals the orders, closes every account, and leaves no seal to lift', async () => {
    const ada = await emptied();
    const { outcome, closings } = await close(ada);
    expect(outcome).toEqual([expect.anything(), expect.anything(), expect.anything()]);
    expect(closings).toHaveLength(1);
    expect(await given(ada)).toEqual([]);
  });

  test('can be repeated, with a new seal', async () => {
    const ada = await emptied();
    const [first, second] = [await close(ada), await close(ada)];
    expect(second.outcome).toEqual(first.outcome);
    expect(second.closings).not.toEqual(first.closings);
    expect(await given(ada)).toEqual([]);
  });

  test('is refused while an account holds money, before it seals the orders', async () => {
    const { outcome, closings } = await close(someone());
    expect(outcome).toMatchObject({ refused: 'ACCOUNT_NOT_EMPTY' });
    expect(closings).toEqual([]);
  });

  test('is refused if the order subgraph refuses to seal, and leaves no seal to lift', async () => {
    const ada = await emptied();
    const { outcome } = await close(ada, async () => underWay);
    expect(outcome).toMatchObject({ refused: 'PAYMENTS_UNDER_WAY' });
    expect([await status(ada), await given(ada)]).toEqual(['OPEN', []]);
  });

  test('waits briefly for payments in progress', async () => {
    const ada = await emptied();
    const answers = [underWay, underWay, null];
    const { outcome } = await close(ada, async () => answers.shift() ?? null);
    expect(outcome).toHaveLength(currencies.length);
    expect([await status(ada), answers]).toEqual(['CLOSED', []]);
  });

  test('is a fault if the order subgraph does not confirm the seal, and the seal is lifted at once', async () => {
    const ada = await emptied();
    const { outcome, closings } = await close(ada, async () => {
      throw new Error('connect ECONNREFUSED');
    });
    expect(outcome).toMatchObject({ extensions: { code: 'SERVICE_UNAVAILABLE' } });
    expect([await status(ada), await given(ada)]).toEqual(['OPEN', [{ key: closings[0], isDue: true }]]);
  });

  test('is refused if money arrives meanwhile, and the seal is lifted at once', async () => {
    const ada = await emptied();
    const { outcome, closings } = await close(ada, async () => {
      await pay(ada);
      return null;
    });
    expect(outcome).toMatchObject({ refused: 'ACCOUNT_NOT_EMPTY' });
    expect([await status(ada), await given(ada)]).toEqual(['OPEN', [{ key: closings[0], isDue: true }]]);
  });

  test.each([
    ['is being lifted', async () => undefined],
    [
      'was to be lifted, and the queue could not be reached',
      async (claimed: readonly string[]) => await release(ledger.orm.em.fork(), claimed),
    ],
  ])('that took too long, so that its seal %s, closes nothing', async (_what, then) => {
    const ada = await emptied();
    const { outcome } = await close(ada, async (_identity, closingId) => {
      await sql`update outbox set created_at = now() - interval '30 s', next_attempt_at = now() where key = ${closingId}
      `.execute(ledger.orm.em.fork().getKysely());
      const policy = { batch: 100, inFlight: 1_000, firstRetryS: 15, longestRetryS: 30 };
      const claimed = await claimDue(ledger.orm.em.fork(), policy);
      await then(claimed.map(({ id }) => id));
      return null;
    });
    expect(outcome).toMatchObject({ extensions: { code: 'SERVICE_UNAVAILABLE' } });
    expect(await status(ada)).toBe('OPEN');
    expect((await pay(ada)) satisfies object).toMatchObject({ kind: 'DEPOSIT' });
  });

  test.each(['from', 'to'] as const)('is refused while a transfer %s the customer is being processed', async (side) => {
    const [ada, bob] = [await emptied(), someone('Bob')];
    await pay(ada);
    const parties = side === 'from' ? ([ada, bob] as const) : ([bob, ada] as const);
    const [source, target] = [await ledger.account(parties[0], 'USD'), await ledger.account(parties[1], 'USD')];
    await transfer(ledger.as(parties[0]), {
      fromAccountId: source.id,
      toAccountId: target.id,
      amount: usd('0.50'),
      idempotencyKey: newKey(),
    });
    const { id: accountId, balanceMinor } = await ledger.account(ada, 'USD');
    const rest = usd(`${balanceMinor / 100n}.${(balanceMinor % 100n).toString().padStart(2, '0')}`);
    await withdraw(ledger.as(ada), { accountId, amount: rest, idempotencyKey: newKey() });

    expect((await close(ada)).outcome).toMatchObject({ refused: 'PAYMENTS_UNDER_WAY' });
    await sql`delete from outbox where kind = 'transfer-sent'`.execute(ledger.orm.em.fork().getKysely());
    expect((await close(ada)).outcome).toHaveLength(currencies.length);
  });

  test('that many requests start at once takes effect once, and each request succeeds', async () => {
    const ada = await emptied();
    const all = await Promise.all(Array.from({ length: 8 }, () => close(ada)));
    for (const { outcome } of all) expect(outcome).toEqual(all[0]!.outcome);
    expect([await status(ada), await given(ada)]).toEqual(['CLOSED', []]);
  });
});
