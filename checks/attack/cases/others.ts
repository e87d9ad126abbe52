import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { World } from '../world.ts';

/** A way to name something by its id, and whose of Ada's Eve names. */
interface Naming {
  readonly what: string;
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
  ['refundOrder', 'orderId: $id, idempotencyKey: $key', ({ order }) => order],
  ['markNotificationRead', 'notificationId: $id', ({ notification }) => notification],
];

const namings: readonly Naming[] = [
  ...queried.map(([field, idOf]) => ({
    what: field,
    query: `query ($id: ID!) { ${field}(id: $id) { id } }`,
    idOf,
    expected: {
      status: 200,
      code: null,
      also: ({ data }: { data?: Readonly<Record<string, unknown>> | null | undefined }) =>
        data?.[field] === null ? null : 'it was shown',
    },
  })),
  ...mutated.map(([field, input, idOf]) => ({
    what: field,
    query: mutationOf(field, input),
    idOf,
    expected: { status: 200, code: null, userError: 'NOT_FOUND' },
  })),
];

/** What is somebody else's is answered as what does not exist, to the letter. */
export const othersCases: readonly Case[] = namings.map(({ what, query, idOf, expected }) => {
  const askFor = async ({ ask, eve }: World, id: string) =>
    await ask(query, { variables: { id, key: randomUUID(), own: eve.accounts['USD'] }, token: eve.token });
  return {
    what: `${what} of somebody else’s`,
    ask: async (world) => await askFor(world, idOf(world)),
    expected: {
      ...expected,
      also: async (answer, world) => {
        const ofNobody = await askFor(world, randomUUID());
        if (ofNobody.text !== answer.text) return `${ofNobody.text.trim()} is the answer for what does not exist`;
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
