import { randomUUID } from 'node:crypto';
import type { Case } from '../case.ts';
import type { Answer } from '../client.ts';
import type { Customer, World } from '../world.ts';

export const idempotencyCases: readonly Case[] = [
  {
    what: 'an empty key',
    ask: async (world) => await deposit(world, world.ada, '1.00', ''),
    expected: { userError: 'INVALID_IDEMPOTENCY_KEY' },
  },
  {
    what: 'a key over 255 characters',
    ask: async (world) => await deposit(world, world.ada, '1.00', 'x'.repeat(256)),
    expected: { userError: 'INVALID_IDEMPOTENCY_KEY' },
  },
  {
    what: 'one key 64 times at once',
    ask: async (world) => {
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 64 }, async () => await deposit(world, world.ada, '1.00', key)),
      );
      const ids = new Set(answers.map(transactionIn));
      if (ids.size > 1) throw new Error('one key has made more than one deposit');
      return answers[0]!;
    },
    expected: { status: 200, code: null, userError: null },
  },
  {
    what: 'the same key and input of an order, again',
    ask: async (world) => {
      const key = randomUUID();
      const [first, second] = [await order(world, key), await order(world, key)];
      if (orderIn(first) !== orderIn(second)) throw new Error('one key has made more than one order');
      return second;
    },
    expected: { status: 200, code: null, userError: null },
  },
  {
    what: 'the same key with another input',
    ask: async (world) => {
      const key = randomUUID();
      await deposit(world, world.ada, '1.00', key);
      return await deposit(world, world.ada, '2.00', key);
    },
    expected: { userError: 'IDEMPOTENCY_KEY_REUSED' },
  },
  {
    what: 'another customer’s key',
    ask: async (world) => {
      const key = randomUUID();
      await deposit(world, world.ada, '1.00', key);
      return await deposit(world, world.eve, '2.00', key);
    },
    expected: { status: 200, code: null, userError: null },
  },
];

async function deposit({ ask }: World, { accounts, token }: Customer, amount: string, key: string): Promise<Answer> {
  return await ask(
    'mutation ($input: DepositInput!) { deposit(input: $input) { transaction { id } userErrors { code field } } }',
    {
      variables: { input: { accountId: accounts['USD'], amount: { amount, currency: 'USD' }, idempotencyKey: key } },
      token,
    },
  );
}

function transactionIn({ data }: Answer): string | undefined {
  return (data as { deposit?: { transaction?: { id: string } } } | null)?.deposit?.transaction?.id;
}

async function order({ ask, ada }: World, key: string): Promise<Answer> {
  return await ask(
    `mutation { placeOrder(input: { productId: "tea", unitPrice: { amount: "0.01", currency: USD }, quantity: 1, idempotencyKey: "${key}" }) { order { id } userErrors { code field } } }`,
    { token: ada.token },
  );
}

function orderIn({ data }: Answer): string | undefined {
  return (data as { placeOrder?: { order?: { id: string } } } | null)?.placeOrder?.order?.id;
}
