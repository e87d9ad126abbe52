import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { World } from '../world.ts';

const badInput: Expectation = { code: 'BAD_USER_INPUT' };
const invalidAmount = refusal('INVALID_AMOUNT', 'input.amount.amount');

export const moneyCases: readonly Case[] = [
  deposited('an amount of 0', '"0"', invalidAmount),
  deposited('an amount of -1', '"-1"', invalidAmount),
  deposited('an amount with a third decimal', '"1.505"', invalidAmount),
  deposited('an amount of 40 digits', `"${'9'.repeat(40)}"`, invalidAmount),
  deposited('a float', '1.5', badInput),
  deposited('an exponent', '"1e3"', badInput),
  deposited('NaN', '"NaN"', badInput),
  deposited('a digit of another script', '"٣"', badInput),
  deposited('an empty amount', '""', badInput),
  deposited('a currency that the account does not have', '"1.00"', { userError: 'CURRENCY_MISMATCH' }, 'EUR'),
  moved('a transfer to the same account', ({ ada }) => [ada.accounts['USD'], ada.accounts['USD'], '1.00', 'USD'], {
    userError: 'SAME_ACCOUNT',
  }),
  moved(
    'a conversion of which nothing would arrive',
    ({ ada }) => [ada.accounts['CNY'], ada.accounts['USD'], '0.01', 'CNY'],
    { userError: 'INVALID_AMOUNT' },
  ),
  moved('more than there is', ({ ada }) => [ada.accounts['USD'], ada.accounts['EUR'], '100000.00', 'USD'], {
    userError: 'INSUFFICIENT_FUNDS',
  }),
  moved(
    'a transfer from somebody else’s account',
    ({ ada, eve }) => [eve.accounts['USD'], ada.accounts['USD'], '1.00', 'USD'],
    {
      userError: 'NOT_FOUND',
    },
  ),
  ordered('a quantity of 0', 'quantity: 0', { userError: 'INVALID_QUANTITY' }),
  ordered('a quantity of -1', 'quantity: -1', { userError: 'INVALID_QUANTITY' }),
  ordered('a quantity of 10^9', 'quantity: 1000000000', { userError: 'INVALID_QUANTITY' }),
  ordered('an empty product id', 'quantity: 1', { userError: 'INVALID_PRODUCT' }, { product: '' }),
  ordered(
    'a total past the largest amount',
    'quantity: 1000',
    { userError: 'INVALID_AMOUNT' },
    { price: '999999999.99' },
  ),
];

function refusal(userError: string, place: string): Expectation {
  return {
    userError,
    also: ({ userErrors }) =>
      userErrors.some(({ field }) => place.startsWith((field ?? ['nothing']).join('.')))
        ? null
        : `it does not name ${place}`,
  };
}

function deposited(what: string, amount: string, expected: Expectation, currency = 'USD'): Case {
  return {
    what,
    ask: async ({ ask, ada }) =>
      await ask(
        `mutation { deposit(input: { accountId: "${ada.accounts['USD']}", amount: { amount: ${amount}, currency: ${currency} }, idempotencyKey: "${randomUUID()}" }) { userErrors { code field } } }`,
        { token: ada.token },
      ),
    expected,
  };
}

type Movement = (
  world: World,
) => readonly [from: string | undefined, to: string | undefined, amount: string, currency: string];

function moved(what: string, movement: Movement, expected: Expectation): Case {
  return {
    what,
    ask: async (world) => {
      const [from, to, amount, currency] = movement(world);
      return await world.ask(
        `mutation { transfer(input: { fromAccountId: "${from}", toAccountId: "${to}", amount: { amount: "${amount}", currency: ${currency} }, idempotencyKey: "${randomUUID()}" }) { userErrors { code field } } }`,
        { token: world.ada.token },
      );
    },
    expected,
  };
}

function ordered(
  what: string,
  quantity: string,
  expected: Expectation,
  { product = 'tea', price = '1.00' } = {},
): Case {
  return {
    what,
    ask: async ({ ask, ada }) =>
      await ask(
        `mutation { placeOrder(input: { productId: "${product}", unitPrice: { amount: "${price}", currency: USD }, ${quantity}, idempotencyKey: "${randomUUID()}" }) { userErrors { code field } } }`,
        { token: ada.token },
      ),
    expected,
  };
}
