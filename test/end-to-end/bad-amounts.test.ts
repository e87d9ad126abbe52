import { beforeAll, describe, expect, test } from '@jest/globals';
import { registerCustomer } from '#test/customer.ts';
import { newKey } from '#test/factories.ts';
import {
  amountField,
  documentOf,
  expectRefused,
  expectRejected,
  expectUnchanged,
  inlined,
  type InputSender,
  mutations,
  registerSender,
} from './input-sender.ts';

/** Bad amounts through the router: each gets its code and its field, and changes nothing. */

let sender: InputSender;

beforeAll(async () => {
  sender = await registerSender();
});

describe('an amount', () => {
  const invalidAmounts: readonly [what: string, amount: unknown][] = [
    ['"0"', '0'],
    ['"0.00"', '0.00'],
    ['0', 0],
    ['"-1"', '-1'],
    ['-1', -1],
    ['"1.505"', '1.505'],
    ['"1.000"', '1.000'],
    ['40 digits', '1'.repeat(40)],
    ['40 decimal places', `0.${'1'.repeat(40)}`],
    ['more than the largest amount', '1000000000.01'],
  ];
  test.each(invalidAmounts)('of %s gets INVALID_AMOUNT from every mutation', async (_what, amount) => {
    await expectUnchanged(sender, async () => {
      for (const mutation of mutations) {
        const field = amountField(mutation);
        await expectRefused(sender, mutation, { [field]: { amount, currency: 'USD' } }, 'INVALID_AMOUNT', [
          'input',
          field,
        ]);
      }
    });
  });

  const misspelt = '1e3 NaN Infinity ٣ +1 01 1,5 0x1'.split(' ');
  const unreadable: readonly unknown[] = [1.5, 1e21, true, [], {}, '', ' ', '1 ', '1'.repeat(101), ...misspelt];
  test.each(unreadable.map((amount) => ({ amount })))(
    'of $amount gets BAD_USER_INPUT from every mutation, in a variable and in the document',
    async ({ amount }) => {
      await expectUnchanged(sender, async () => {
        for (const mutation of mutations) {
          const input = { ...sender.goodInput(mutation), [amountField(mutation)]: { amount, currency: 'USD' } };
          await expectRejected(sender, documentOf(mutation), { input });
          if (mutation === 'placeOrder') await expectRejected(sender, inlined(mutation, input));
        }
      });
    },
  );

  const depositOf = (amount: string) => `mutation {
    deposit(input: {
      accountId: "${sender.accounts.USD.id}", amount: { amount: ${amount}, currency: USD }, idempotencyKey: "${newKey()}"
    }) { userErrors { code } }
  }`;

  // Some of these literals are numbers that the gateway would forward as a different number.
  test.each(['1.5', '1.0', '1e3', '1E400', '1'.repeat(40), '9007199254740993', 'true', 'CASH', '[1]', '{ a: 1 }'])(
    'of the literal %s gets BAD_USER_INPUT',
    async (amount) => {
      await expectUnchanged(sender, async () => await expectRejected(sender, depositOf(amount)));
    },
  );

  test('of the literal null makes the query invalid', async () => {
    await expectUnchanged(
      sender,
      async () => await expectRejected(sender, depositOf('null'), {}, 'GRAPHQL_VALIDATION_FAILED'),
    );
  });

  test.each(['1.0', '1e3', '9007199254740993'])('of the default value %s gets BAD_USER_INPUT', async (amount) => {
    await expectRejected(
      sender,
      `query ($least: Decimal = ${amount}) {
      viewer { transactions(filter: { minAmount: $least }) { totalCount } }
    }`,
    );
  });

  test('of an integer literal is accepted', async () => {
    const bob = await registerCustomer(sender.url, 'Bob');
    const { id } = await bob.account('USD');
    const query = depositOf('7').replace(sender.accounts.USD.id, id);
    expect(await bob.request(query)).toEqual({ deposit: { userErrors: [] } });
    expect(await bob.balance()).toBe('107.00');
  });

  const aboveBalance = { amount: { amount: '100.01', currency: 'USD' } };
  test.each(['withdraw', 'transfer'] as const)(
    'above the balance gets INSUFFICIENT_FUNDS from %s',
    async (mutation) => {
      await expectUnchanged(
        sender,
        async () => await expectRefused(sender, mutation, aboveBalance, 'INSUFFICIENT_FUNDS', ['input', 'amount']),
      );
    },
  );

  test.each(['deposit', 'withdraw', 'transfer', 'quoteTransfer'] as const)(
    'in another currency than the account gets CURRENCY_MISMATCH from %s',
    async (mutation) => {
      const changes = { amount: { amount: '1.00', currency: 'EUR' } };
      await expectUnchanged(
        sender,
        async () =>
          await expectRefused(sender, mutation, changes, 'CURRENCY_MISMATCH', ['input', 'amount', 'currency']),
      );
    },
  );

  test.each(mutations)('in an unknown currency gets BAD_USER_INPUT from %s', async (mutation) => {
    const input = { ...sender.goodInput(mutation), [amountField(mutation)]: { amount: '1.00', currency: 'XXX' } };
    await expectUnchanged(sender, async () => await expectRejected(sender, documentOf(mutation), { input }));
  });
});
