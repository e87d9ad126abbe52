import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { World } from '../world.ts';

/** An operation that takes an id; Eve calls it with an id of Ada's. */
interface ByIdOperation {
  readonly title: string;
  readonly query: string;
  readonly idOf: (world: World) => string;
  readonly expected: Expectation;
}

const money = 'amount: { amount: "1.00", currency: USD }';
const accountOfAda = ({ ada }: World) => ada.accounts['USD']!;
const queried: readonly [field: string, idOf: (world: World) => string][] = [
  ['account', accountOfAda],
  ['transaction', ({ transaction }) => transaction],
  ['order', ({ order }) => order],
  ['notification', ({ notification }) => notification],
];
const mutated: readonly [field: string, input: string, idOf: (world: World) => string][] = [
  ['deposit', `accountId: $id, ${money}, idempotencyKey: $key`, accountOfAda],
  ['withdraw', `accountId: $id, ${money}, idempotencyKey: $key`, accountOfAda],
  ['transfer', `fromAccountId: $id, toAccountId: $own, ${money}, idempotencyKey: $key`, accountOfAda],
  ['quoteTransfer', `fromAccountId: $id, toAccountId: $own, ${money}`, accountOfAda],
  ['cancelOrder', 'orderId: $id, idempotencyKey: $key', ({ order }) => order],
  ['refundOrder', 'orderId: $id, idempotencyKey: $key', ({ order }) => order],
  ['markNotificationRead', 'notificationId: $id', ({ notification }) => notification],
];

const operations: readonly ByIdOperation[] = [
  ...queried.map(([field, idOf]) => ({
    title: field,
    query: `query ($id: ID!) { ${field}(id: $id) { id } }`,
    idOf,
    expected: {
      status: 200,
      code: null,
      also: ({ data }: { data?: Readonly<Record<string, unknown>> | null | undefined }) =>
        data?.[field] === null ? null : 'the data were shown',
    },
  })),
  ...mutated.map(([field, input, idOf]) => ({
    title: field,
    query: mutationOf(field, input),
    idOf,
    expected: { status: 200, code: null, userError: 'NOT_FOUND' },
  })),
];

/** The answer for another customer's id is identical to the answer for an unknown id. */
export const othersCases: readonly Case[] = operations.map(({ title, query, idOf, expected }) => {
  const requestById = async ({ request, eve }: World, id: string) =>
    await request(query, { variables: { id, key: randomUUID(), own: eve.accounts['USD'] }, token: eve.token });
  return {
    title: `${title} with an id of another customer`,
    request: async (world) => await requestById(world, idOf(world)),
    expected: {
      ...expected,
      also: async (answer, world) => {
        const unknownId = await requestById(world, randomUUID());
        if (unknownId.text !== answer.text) return `the answer for an unknown id differs: ${unknownId.text.trim()}`;
        return (await expected.also?.(answer, world)) ?? null;
      },
    },
  };
});

function mutationOf(field: string, input: string): string {
  const declared = { $id: 'ID!', $key: 'ID!', $own: 'ID!' };
  const used = Object.entries(declared).filter(([name]) => input.includes(name));
  const head = used.map(([name, type]) => `${name}: ${type}`).join(', ');
  return `mutation (${head}) { ${field}(input: { ${input} }) { userErrors { code field message } } }`;
}
