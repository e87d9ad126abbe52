import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { newAccountNumber } from '#billing/services/new-account-number.ts';
import type { Case, Expectation } from '../case.ts';
import type { Answer } from '../client.ts';
import { register } from '../customers.ts';
import { type World } from '../world.ts';

const badInput: Expectation = { code: 'BAD_USER_INPUT' };
const invalidAmount = refusal('INVALID_AMOUNT', 'input.amount.amount');

const currencyMismatch = refusal('CURRENCY_MISMATCH', 'input.amount.currency');

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
  deposited('a currency that the account does not have', '"1.00"', currencyMismatch, 'EUR'),
  moved(
    'a transfer to the same account',
    ({ ada }) => [ada.accounts['USD'], ada.accounts['USD'], '1.00', 'USD'],
    refusal('SAME_ACCOUNT', 'input.toAccountId'),
  ),
  moved(
    'a conversion whose result rounds to zero',
    ({ ada }) => [ada.accounts['CNY'], ada.accounts['USD'], '0.01', 'CNY'],
    invalidAmount,
  ),
  moved(
    'a transfer of more than the balance',
    ({ ada }) => [ada.accounts['USD'], ada.accounts['EUR'], '100000.00', 'USD'],
    refusal('INSUFFICIENT_FUNDS', 'input.amount'),
  ),
  quotedTwice('a refused transfer on a quote, repeated', '100000.00', refusal('INSUFFICIENT_FUNDS', 'input.amount')),
  quotedTwice('two transfers on one quote', '1.00', refusal('QUOTE_EXPIRED', 'input.quoteId')),
  {
    title: 'guessed account numbers',
    request: async (world) => await guessedNumbers(world),
    expected: { code: null, userError: 'TOO_MANY_UNKNOWN_RECEIVERS' },
  },
  moved(
    'a transfer from another customer’s account',
    ({ ada, eve }) => [eve.accounts['USD'], ada.accounts['USD'], '1.00', 'USD'],
    refusal('NOT_FOUND', 'input.fromAccountId'),
  ),
  ...['0', '-1', '1000000000'].map((quantity) =>
    ordered(`a quantity of ${quantity}`, `quantity: ${quantity}`, refusal('INVALID_QUANTITY', 'input.quantity')),
  ),
  ordered('an empty product id', 'quantity: 1', refusal('INVALID_PRODUCT', 'input.productId'), { product: '' }),
  ordered(
    'a total above the largest amount',
    'quantity: 1000',
    { userError: 'INVALID_AMOUNT' },
    { price: '999999999.99' },
  ),
  {
    title: 'an order that costs more than the balance',
    request: async (world) => await rejectedOrder(world),
    expected: {
      status: 200,
      code: null,
      also: ({ text }) =>
        text.includes('"status":"REJECTED"') &&
        text.includes('"rejectionReason":"INSUFFICIENT_FUNDS"') &&
        text.includes('"kind":"ORDER_REJECTED"')
          ? null
          : 'the order was not rejected with its reason, or the customer was not notified',
    },
  },
];

function refusal(userError: string, path: string): Expectation {
  return {
    userError,
    also: ({ userErrors }) =>
      userErrors.some(({ field }) => path.startsWith((field ?? ['nothing']).join('.')))
        ? null
        : `the error does not name ${path}`,
  };
}

function deposited(title: string, amount: string, expected: Expectation, currency = 'USD'): Case {
  return {
    title,
    request: async ({ request, ada }) =>
      await request(
        `mutation { deposit(input: { accountId: "${ada.accounts['USD']}", amount: { amount: ${amount}, currency: ${currency} }, idempotencyKey: "${randomUUID()}" }) { userErrors { code field } } }`,
        { token: ada.token },
      ),
    expected,
  };
}

const notificationTimeoutMs = 30_000;

/** Reads the order after its notification exists, or after the time-out. */
async function rejectedOrder({ request, ada: { token } }: World): Promise<Answer> {
  const placed = await request(
    `mutation { placeOrder(input: { productId: "palace", unitPrice: { amount: "999999.00", currency: EUR }, quantity: 1, idempotencyKey: "${randomUUID()}" }) { order { id } } }`,
    { token },
  );
  const { order } = (placed.data as { placeOrder: { order: { id: string } } }).placeOrder;
  const readOrder = async () =>
    await request(`{ order(id: "${order.id}") { status rejectionReason notifications { kind } } }`, { token });
  const until = Date.now() + notificationTimeoutMs;
  while (!(await readOrder()).text.includes('"kind"') && Date.now() < until) await delay(100);
  // Order and notification come from two subgraphs, so the answer with the notification may show an older order.
  return await readOrder();
}

type Movement = (
  world: World,
) => readonly [from: string | undefined, to: string | undefined, amount: string, currency: string];

function moved(title: string, movement: Movement, expected: Expectation): Case {
  return {
    title,
    request: async (world) => {
      const [from, to, amount, currency] = movement(world);
      return await world.request(
        `mutation { transfer(input: { fromAccountId: "${from}", toAccountId: "${to}", amount: { amount: "${amount}", currency: ${currency} }, idempotencyKey: "${randomUUID()}" }) { userErrors { code field } } }`,
        { token: world.ada.token },
      );
    },
    expected,
  };
}

/** A new customer requests more quotes for unknown account numbers than `UNKNOWN_RECEIVERS_PER_HOUR` allows. */
async function guessedNumbers(world: World): Promise<Answer> {
  const { accounts, token } = await register(world, 'Guesser');
  const quote = (alias: number) =>
    `q${alias}: quoteTransfer(input: { fromAccountId: "${accounts['USD']}", toAccountId: "${newAccountNumber()}", amount: { amount: "1.00", currency: USD } }) { userErrors { code field } }`;
  return await world.request(`mutation { ${Array.from({ length: 25 }, (_, index) => quote(index)).join(' ')} }`, {
    token,
  });
}

/** Makes two transfers in sequence on one quote. @returns the second answer. */
function quotedTwice(title: string, amount: string, expected: Expectation): Case {
  return {
    title,
    request: async ({ request, ada: { accounts, token } }) => {
      const input = `fromAccountId: "${accounts['USD']}", toAccountId: "${accounts['EUR']}", amount: { amount: "${amount}", currency: USD }`;
      const quoted = await request(`mutation { quoteTransfer(input: { ${input} }) { quote { id } } }`, { token });
      const { quoteTransfer } = quoted.data as { quoteTransfer: { quote: { id: string } } };
      const transfer = async () =>
        await request(
          `mutation { transfer(input: { ${input}, quoteId: "${quoteTransfer.quote.id}", idempotencyKey: "${randomUUID()}" }) { userErrors { code field } } }`,
          { token },
        );
      await transfer();
      return await transfer();
    },
    expected,
  };
}

function ordered(
  title: string,
  quantity: string,
  expected: Expectation,
  { product = 'tea', price = '1.00' } = {},
): Case {
  return {
    title,
    request: async ({ request, ada }) =>
      await request(
        `mutation { placeOrder(input: { productId: "${product}", unitPrice: { amount: "${price}", currency: USD }, ${quantity}, idempotencyKey: "${randomUUID()}" }) { userErrors { code field } } }`,
        { token: ada.token },
      ),
    expected,
  };
}
