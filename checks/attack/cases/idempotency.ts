import { randomUUID } from 'node:crypto';
import type { Case } from '../case.ts';
import type { Answer } from '../client.ts';
import type { Customer } from '../customers.ts';
import type { World } from '../world.ts';

export const idempotencyCases: readonly Case[] = [
  {
    title: 'an empty key',
    request: async (world) => await deposit(world, world.ada, '1.00', ''),
    expected: { userError: 'INVALID_IDEMPOTENCY_KEY' },
  },
  {
    title: 'a key over 255 characters',
    request: async (world) => await deposit(world, world.ada, '1.00', 'x'.repeat(256)),
    expected: { userError: 'INVALID_IDEMPOTENCY_KEY' },
  },
  {
    title: '64 concurrent deposits with one key',
    request: async (world) => {
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 64 }, async () => await deposit(world, world.ada, '1.00', key)),
      );
      const ids = new Set(answers.map(transactionIn));
      if (ids.size > 1) throw new Error('one key made more than one deposit');
      return answers[0]!;
    },
    expected: { status: 200, code: null, userError: null },
  },
  {
    title: 'a repeated order with the same key and input',
    request: async (world) => {
      const key = randomUUID();
      const [first, second] = [await order(world, key), await order(world, key)];
      if (orderIn(first) !== orderIn(second)) throw new Error('one key made more than one order');
      return second;
    },
    expected: { status: 200, code: null, userError: null },
  },
  {
    title: 'the same key with another input',
    request: async (world) => {
      const key = randomUUID();
      await deposit(world, world.ada, '1.00', key);
      return await deposit(world, world.ada, '2.00', key);
    },
    expected: { userError: 'IDEMPOTENCY_KEY_REUSED' },
  },
  {
    title: 'another customer’s key',
    request: async (world) => {
      const key = randomUUID();
      await deposit(world, world.ada, '1.00', key);
      return await deposit(world, world.eve, '2.00', key);
    },
    expected: { status: 200, code: null, userError: null },
  },
];

async function deposit(
  { request }: World,
  { accounts, token }: Customer,
  amount: string,
  key: string,
): Promise<Answer> {
  return await request(
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

async function order({ request, ada }: World, key: string): Promise<Answer> {
  return await request(
    `mutation { placeOrder(input: { productId: "tea", unitPrice: { amount: "0.01", currency: USD }, quantity: 1, idempotencyKey: "${key}" }) { order { id } userErrors { code field } } }`,
    { token: ada.token },
  );
}

function orderIn({ data }: Answer): string | undefined {
  return (data as { placeOrder?: { order?: { id: string } } } | null)?.placeOrder?.order?.id;
}
