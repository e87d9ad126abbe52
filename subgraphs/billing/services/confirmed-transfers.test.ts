import { describe, expect, test } from '@jest/globals';
import type { Currency } from '#platform/money/currency.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { money, newKey, someone } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import type { BillingContext } from '#billing/context.ts';
import { closeAccounts } from './close-accounts.ts';
import { deposit } from './deposit.ts';
import { forgetOld } from './forget-old.ts';
import { quoteTransfer } from './quote-transfer.ts';
import { transfer } from './transfer.ts';
import { withdraw } from './withdraw.ts';

/** Transfers with an access token alone: from 1,000.00 US dollars in a day on, a transfer needs a confirmation. */

const ledger = await useTestLedger();

const unconfirmed = { refused: 'CONFIRMATION_REQUIRED', field: ['input', 'confirmation'] };

async function rich(currency: Currency = 'USD'): Promise<Viewer> {
  const customer = someone();
  const { id: accountId } = await ledger.account(customer, currency);
  await deposit(ledger.as(customer), { accountId, amount: money('100000.00', currency), idempotencyKey: newKey() });
  return customer;
}

interface Sending {
  readonly currency?: Currency;
  readonly to?: Viewer;
  readonly key?: string;
  readonly confirmation?: string | null;
  readonly quoteId?: string;
  readonly terms?: Partial<BillingContext>;
}

const byTokenAlone = (customer: Viewer, terms: Partial<BillingContext> = {}): BillingContext => ({
  ...ledger.as(customer),
  isConfirmed: async (confirmation) => confirmation === 'valid',
  ...terms,
});

async function parties(from: Viewer, { currency = 'USD', to = someone('Bob') }: Sending) {
  const [fromAccountId, toAccountId] = [await ledger.account(from, currency), await ledger.account(to, 'EUR')];
  return { fromAccountId: fromAccountId.id, toAccountId: toAccountId.id };
}

async function send(from: Viewer, amount: string, sending: Sending = {}) {
  const { currency = 'USD', key = newKey(), confirmation, quoteId, terms } = sending;
  return await transfer(byTokenAlone(from, terms), {
    ...(await parties(from, sending)),
    amount: money(amount, currency),
    confirmation,
    quoteId,
    idempotencyKey: key,
  });
}

const made = { kind: 'TRANSFER' };

describe('a transfer to another customer with an access token alone', () => {
  test('is refused from the amount of the setting on, and moves nothing', async () => {
    const ada = await rich();
    const before = await ledger.balances(ada);
    expect(await send(ada, '1000.00')).toMatchObject(unconfirmed);
    expect(await send(ada, '1000.00', { confirmation: 'forged' })).toMatchObject(unconfirmed);
    expect(await ledger.balances(ada)).toEqual(before);
    expect(await send(ada, '999.99')).toMatchObject(made);
  });

  test.each<[Currency, string, string]>([
    ['EUR', '900.00', '899.97'],
    ['CNY', '6940.00', '6939.86'],
  ])('is converted from %s', async (currency, refused, allowed) => {
    const ada = await rich(currency);
    expect(await send(ada, refused, { currency })).toMatchObject(unconfirmed);
    expect(await send(ada, allowed, { currency })).toMatchObject(made);
  });

  test('cannot be split, also not over several accounts', async () => {
    const ada = await rich();
    const { id: accountId } = await ledger.account(ada, 'EUR');
    await deposit(ledger.as(ada), { accountId, amount: money('900.00', 'EUR'), idempotencyKey: newKey() });
    expect(await send(ada, '600.00')).toMatchObject(made);
    expect(await send(ada, '400.00')).toMatchObject(unconfirmed);
    expect(await send(ada, '360.00', { currency: 'EUR' })).toMatchObject(unconfirmed);
    expect(await send(ada, '300.00', { currency: 'EUR' })).toMatchObject(made);
  });

  test('is counted in turn where many run at once', async () => {
    const ada = await rich();
    const bob = someone('Bob');
    const sent = await Promise.all(Array.from({ length: 30 }, async () => await send(ada, '100.00', { to: bob })));
    expect(sent.filter((one) => !('refused' in one))).toHaveLength(9);
    expect((await ledger.balances(bob)).EUR).toBe(9n * 9_000n);
  });

  const makeOlder = async ({ id }: Viewer, days: number) =>
    await ledger.asOwner('update unconfirmed_transfers set day = day - $2::int where customer_id = $1', [id, days]);

  test('counts on its day and on the next', async () => {
    const ada = await rich();
    expect(await send(ada, '500.00')).toMatchObject(made);
    await makeOlder(ada, 1);
    expect(await send(ada, '500.00')).toMatchObject(unconfirmed);
    expect(await send(ada, '400.00')).toMatchObject(made);
    expect(await send(ada, '100.00')).toMatchObject(unconfirmed);
    await makeOlder(ada, 1);
    expect(await send(ada, '599.99')).toMatchObject(made);
    expect(await send(ada, '0.02')).toMatchObject(unconfirmed);
    await makeOlder(ada, 2);
    expect(await send(ada, '999.99')).toMatchObject(made);
  });

  test.each([
    ['a refused transfer', async (ada: Viewer) => await send(ada, '1000.00')],
    ['a transfer between own accounts', async (ada: Viewer) => await send(ada, '5.00', { to: ada })],
  ])('counts for a whole day, also where %s came first', async (_case, first) => {
    const ada = await rich();
    await first(ada);
    // As if the first were almost a day before the second, and the third a moment after the end of that day.
    await makeOlder(ada, 1);
    expect(await send(ada, '999.99')).toMatchObject(made);
    await makeOlder(ada, 1);
    expect(await send(ada, '0.02')).toMatchObject(unconfirmed);
  });

  test('counts on if the clock is set back', async () => {
    const ada = await rich();
    expect(await send(ada, '999.00')).toMatchObject(made);
    await makeOlder(ada, -1);
    expect(await send(ada, '0.50')).toMatchObject(made);
    expect(await send(ada, '0.50')).toMatchObject(unconfirmed);
  });

  test('leaves no row of a customer without an open account', async () => {
    const [ada, bob] = [await rich(), await rich()];
    const { fromAccountId, toAccountId } = await parties(bob, { to: ada });
    await ledger.asOwner(
      `update accounts set status = 'CLOSED', closed_at = now() where customer_id = $1 and currency = 'EUR'`,
      [ada.id],
    );
    const { id: closedId } = await ledger.account(ada, 'EUR');
    for (const from of [fromAccountId, closedId]) {
      const input = { fromAccountId: from, toAccountId, amount: money('1.00', 'USD'), idempotencyKey: newKey() };
      expect(await transfer(byTokenAlone(ada), input)).toHaveProperty('refused');
    }
    expect(await ledger.asOwner('select 1 from unconfirmed_transfers where customer_id = $1', [ada.id])).toEqual([]);
  });

  test('of tiny amounts in another currency counts more than nothing', async () => {
    const ada = await rich('CNY');
    const terms = { confirmTransfersFromMinor: 7n };
    const amounts = ['0.08', '0.08', '0.08', '0.08'];
    const sent = [];
    for (const amount of amounts) sent.push(await send(ada, amount, { currency: 'CNY', terms }));
    expect(sent.at(-1)).toMatchObject(unconfirmed);
  });
});

describe('a confirmation', () => {
  test('allows the transfer, which then does not count', async () => {
    const ada = await rich();
    expect(await send(ada, '5000.00', { confirmation: 'valid' })).toMatchObject(made);
    expect(await send(ada, '999.99')).toMatchObject(made);
    expect(await send(ada, '999.99')).toMatchObject(unconfirmed);
    expect(await send(ada, '999.99', { confirmation: 'valid' })).toMatchObject(made);
  });

  test('is not needed for a repeated request, which returns the first result', async () => {
    const [ada, bob, key] = [await rich(), someone('Bob'), newKey()];
    const first = await send(ada, '5000.00', { to: bob, key, confirmation: 'valid' });
    expect(first).toMatchObject(made);
    expect(await send(ada, '5000.00', { to: bob, key })).toMatchObject({ id: (first as { id: string }).id });
    expect(await send(ada, '5000.01', { to: bob, key })).toMatchObject({ refused: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('is needed for a quote too, which a refusal does not use up', async () => {
    const [ada, bob] = [await rich(), someone('Bob')];
    const amount = money('2000.00', 'USD');
    const quote = await quoteTransfer(byTokenAlone(ada), { ...(await parties(ada, { to: bob })), amount });
    const { id: quoteId } = quote as { id: string };
    expect(await send(ada, '2000.00', { to: bob, quoteId })).toMatchObject(unconfirmed);
    expect(await send(ada, '2000.00', { to: bob, quoteId, confirmation: 'valid' })).toMatchObject(made);
  });

  test('is not asked for where the transfer is refused anyway', async () => {
    const ada = await rich();
    expect(await send(ada, '200000.00')).toMatchObject({ refused: 'INSUFFICIENT_FUNDS' });
  });

  test.each([
    ['between own accounts', async (ada: Viewer) => await send(ada, '5000.00', { to: ada })],
    [
      'with the setting 0',
      async (ada: Viewer) => await send(ada, '5000.00', { terms: { confirmTransfersFromMinor: 0n } }),
    ],
  ])('is not needed %s', async (_case, run) => {
    const ada = await rich();
    expect(await run(ada)).toMatchObject(made);
    expect(await send(ada, '999.99')).toMatchObject(made);
  });
});

test('accounts are not closed without a confirmation', async () => {
  const ada = someone();
  expect(await closeAccounts(byTokenAlone(ada))).toMatchObject(unconfirmed);
  expect(await closeAccounts(byTokenAlone(ada), { confirmation: 'forged' })).toMatchObject(unconfirmed);
  expect((await ledger.account(ada, 'USD')).status).toBe('OPEN');
});

test('a job deletes what counts no more', async () => {
  const [ada, bob] = [await rich(), await rich()];
  for (const customer of [ada, bob]) expect(await send(customer, '10.00')).toMatchObject(made);
  for (const [{ id }, days] of [
    [ada, 2],
    [bob, 1],
  ] as const) {
    await ledger.asOwner('update unconfirmed_transfers set day = day - $2::int where customer_id = $1', [id, days]);
  }
  await forgetOld(ledger.as(ada).em.fork());
  const left = await ledger.asOwner('select customer_id as id from unconfirmed_transfers where customer_id = any($1)', [
    [ada.id, bob.id],
  ]);
  expect(left).toEqual([{ id: bob.id }]);
});

test('closing the accounts forgets what the customer has sent', async () => {
  const ada = await rich();
  await send(ada, '10.00');
  const { id: accountId, balanceMinor } = await ledger.account(ada, 'USD');
  await withdraw(ledger.as(ada), {
    accountId,
    amount: { amount: { unscaled: balanceMinor, scale: 2 }, currency: 'USD' },
    idempotencyKey: newKey(),
  });
  await ledger.asOwner(`delete from outbox where kind = 'transfer-sent'`);
  expect(await closeAccounts(ledger.as(ada))).not.toHaveProperty('refused');
  expect(await ledger.asOwner('select 1 from unconfirmed_transfers where customer_id = $1', [ada.id])).toEqual([]);
});
