import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { newAccountNumber } from '#billing/services/new-account-number.ts';
import type { Case, Expectation } from '../case.ts';
import type { Answer } from '../client.ts';
import { register, type World } from '../world.ts';

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
    'a conversion of which nothing would arrive',
    ({ ada }) => [ada.accounts['CNY'], ada.accounts['USD'], '0.01', 'CNY'],
    invalidAmount,
  ),
  moved(
    'more than there is',
    ({ ada }) => [ada.accounts['USD'], ada.accounts['EUR'], '100000.00', 'USD'],
    refusal('INSUFFICIENT_FUNDS', 'input.amount'),
  ),
  quotedTwice('a refused transfer on a quote, repeated', '100000.00', refusal('INSUFFICIENT_FUNDS', 'input.amount')),
  quotedTwice('two transfers on one quote', '1.00', refusal('QUOTE_EXPIRED', 'input.quoteId')),
  {
    what: 'account numbers that are guessed',
    ask: async (world) => await guessedNumbers(world),
    expected: { code: null, userError: 'TOO_MANY_UNKNOWN_RECEIVERS' },
  },
  moved(
    'a transfer from somebody else’s account',
    ({ ada, eve }) => [eve.accounts['USD'], ada.accounts['USD'], '1.00', 'USD'],
    refusal('NOT_FOUND', 'input.fromAccountId'),
  ),
  ...['0', '-1', '1000000000'].map((quantity) =>
    ordered(`a quantity of ${quantity}`, `quantity: ${quantity}`, refusal('INVALID_QUANTITY', 'input.quantity')),
  ),
  ordered('an empty product id', 'quantity: 1', refusal('INVALID_PRODUCT', 'input.productId'), { product: '' }),
  ordered(
    'a total past the largest amount',
    'quantity: 1000',
    { userError: 'INVALID_AMOUNT' },
    { price: '999999999.99' },
  ),
  {
    what: 'an order of more than there is',
    ask: async (world) => await rejectedOrder(world),
    expected: {
      status: 200,
      code: null,
      also: ({ text }) =>
        text.includes('"status":"REJECTED"') &&
        text.includes('"rejectionReason":"INSUFFICIENT_FUNDS"') &&
        text.includes('"kind":"ORDER_REJECTED"')
          ? null
          : 'it was not rejected with its reason, and the customer told',
    },
  },
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

const patienceMs = 30_000;

/** The answer once the customer is told what became of the order, or patience is over. */
async function rejectedOrder({ ask, ada: { token } }: World): Promise<Answer> {
  const placed = await ask(
    `mutation { placeOrder(input: { productId: "palace", unitPrice: { amount: "999999.00", currency: EUR }, quantity: 1, idempotencyKey: "${randomUUID()}" }) { order { id } } }`,
    { token },
  );
  const { order } = (placed.data as { placeOrder: { order: { id: string } } }).placeOrder;
  const look = async () =>
    await ask(`{ order(id: "${order.id}") { status rejectionReason notifications { kind } } }`, { token });
  const until = Date.now() + patienceMs;
  while (!(await look()).text.includes('"kind"') && Date.now() < until) await delay(100);
  // One answer can have an order as it was just before its message: they come from two subgraphs.
  return await look();
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

/** More quotes than `UNKNOWN_RECEIVERS_PER_HOUR` for numbers that could exist, asked by a customer of their own. */
async function guessedNumbers(world: World): Promise<Answer> {
  const { accounts, token } = await register(world, 'Guesser');
  const quote = (alias: number) =>
    `q${alias}: quoteTransfer(input: { fromAccountId: "${accounts['USD']}", toAccountId: "${newAccountNumber()}", amount: { amount: "1.00", currency: USD } }) { userErrors { code field } }`;
  return await world.ask(`mutation { ${Array.from({ length: 25 }, (_, place) => quote(place)).join(' ')} }`, { token });
}

/** Two transfers on one quote, one after the other; the answer is the second one's. */
function quotedTwice(what: string, amount: string, expected: Expectation): Case {
  return {
    what,
    ask: async ({ ask, ada: { accounts, token } }) => {
      const input = `fromAccountId: "${accounts['USD']}", toAccountId: "${accounts['EUR']}", amount: { amount: "${amount}", currency: USD }`;
      const quoted = await ask(`mutation { quoteTransfer(input: { ${input} }) { quote { id } } }`, { token });
      const { quoteTransfer } = quoted.data as { quoteTransfer: { quote: { id: string } } };
      const transfer = async () =>
        await ask(
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
