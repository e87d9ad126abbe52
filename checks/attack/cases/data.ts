import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { Answer } from '../client.ts';
import { password } from '../customers.ts';
import { type World } from '../world.ts';

const badInput: Expectation = { code: 'BAD_USER_INPUT' };
const hostile = `Robert'); DROP TABLE users;-- <script>alert(1)</script> \${7*7} {{7*7}} %00 \u202e`;

/** Paginated lists of the viewer, with the selection around each. */
const lists: readonly [name: string, list: List][] = [
  ['transactions', { around: (page) => page, field: 'transactions' }],
  ['orders', { around: (page) => page, field: 'orders' }],
  ['notifications', { around: (page) => page, field: 'notifications' }],
  ['entries', { around: (page) => `account(currency: USD) { ${page} }`, field: 'entries' }],
];

interface List {
  readonly around: (page: string) => string;
  readonly field: string;
}

async function pageAfter({ request, ada }: World, { around, field }: List, after: string | null): Promise<Answer> {
  const page = around(`${field}(first: 1, after: $after) { pageInfo { endCursor } }`);
  return await request(`query ($after: String) { viewer { ${page} } }`, { variables: { after }, token: ada.token });
}

async function cursorOf(world: World, list: List): Promise<string> {
  const { text } = await pageAfter(world, list, null);
  const cursor = /"endCursor":"([^"]+)"/.exec(text)?.[1];
  if (cursor === undefined) throw new Error(`there is no page of ${list.field}`);
  return cursor;
}

/** @returns a cursor of the same list with an invalid position. */
function withInvalidPosition(cursor: string): string {
  const [list] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string];
  return Buffer.from(JSON.stringify([list, "1' or 1=1 --"])).toString('base64url');
}

export const dataCases: readonly Case[] = [
  {
    title: 'NUL in a name',
    request: async (world) => await renamed(world, 'A\u0000B'),
    expected: {
      also: ({ codes, userErrors }) => (codes.length + userErrors.length > 0 ? null : 'the input was accepted'),
    },
  },
  {
    title: 'a lone surrogate in a name',
    request: async ({ post, ada }) =>
      await post(
        `{"query":"mutation ($n: String) { updateProfile(input: { name: $n }) { userErrors { code field } } }","variables":{"n":"a\\ud800"}}`,
        { authorization: `Bearer ${ada.token}` },
      ),
    expected: {
      also: ({ codes, userErrors }) => (codes.length + userErrors.length > 0 ? null : 'the input was accepted'),
    },
  },
  {
    title: 'a name of 1 MB',
    request: async (world) => await renamed(world, 'x'.repeat(1_000_000)),
    expected: { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  },
  {
    title: 'a name of 50 kB',
    request: async (world) => await renamed(world, 'x'.repeat(50_000)),
    expected: { userError: 'INVALID_NAME' },
  },
  {
    title: 'a name of SQL, script and templates',
    request: async (world) => await renamed(world, hostile),
    expected: {
      also: ({ data, userErrors }) => {
        const name = (data as { updateProfile?: { user?: { name: string } } } | null)?.updateProfile?.user?.name;
        return name === hostile.trim() || userErrors.length > 0 ? null : 'the text was changed';
      },
    },
  },
  ...[-1, 0, 100_000_000].map((first) => ({
    title: `first: ${first}`,
    request: async ({ request, ada }: World) =>
      await request(`{ viewer { orders(first: ${first}) { nodes { id } } } }`, { token: ada.token }),
    expected: badInput,
  })),
  {
    title: 'first: an object in place of a number',
    request: async ({ request, ada }) =>
      await request('query ($first: Int) { viewer { orders(first: $first) { nodes { id } } } }', {
        variables: { first: { toString: 1, valueOf: 1 } },
        token: ada.token,
      }),
    expected: badInput,
  },
  ...lists.flatMap(([name, list]): Case[] => [
    {
      title: `a forged cursor of ${name}`,
      request: async (world) => await pageAfter(world, list, 'WzEsMl0'),
      expected: badInput,
    },
    {
      title: `a cursor of ${name} with another position`,
      request: async (world) => await pageAfter(world, list, withInvalidPosition(await cursorOf(world, list))),
      expected: badInput,
    },
    ...lists
      .filter(([other]) => other !== name)
      .map(([other, otherList]) => ({
        title: `a cursor of ${other} in ${name}`,
        request: async (world: World) => await pageAfter(world, list, await cursorOf(world, otherList)),
        expected: badInput,
      })),
  ]),
  {
    title: 'an invalid time',
    request: async ({ request, ada }) =>
      await request('{ viewer { orders(filter: { placedAfter: "yesterday" }) { nodes { id } } } }', {
        token: ada.token,
      }),
    expected: badInput,
  },
  {
    title: 'a description of SQL, script and templates',
    request: async ({ request, ada: { accounts, token } }) =>
      await request(
        'mutation ($input: TransferInput!) { transfer(input: $input) { transaction { description } userErrors { code } } }',
        {
          variables: {
            input: {
              fromAccountId: accounts['USD'],
              toAccountId: accounts['EUR'],
              amount: { amount: '1.00', currency: 'USD' },
              description: hostile,
              idempotencyKey: randomUUID(),
            },
          },
          token,
        },
      ),
    expected: {
      code: null,
      userError: null,
      also: ({ data }) => {
        const { transfer } = data as { transfer: { transaction: { description: string } } };
        return transfer.transaction.description === hostile ? null : 'the text was changed';
      },
    },
  },
  {
    title: 'an invalid id',
    request: async ({ request, ada }) => await request(`{ order(id: "' or 1=1 --") { id } }`, { token: ada.token }),
    expected: { code: null, also: ({ data }) => (data?.['order'] === null ? null : 'something was found') },
  },
  {
    title: 'an email with a line break that would inject a mail header',
    request: async ({ request }) =>
      await request('mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code field } } }', {
        variables: { input: { email: `${randomUUID()}@example.com\r\nBcc: all@example.com`, name: 'A', password } },
      }),
    expected: { userError: 'INVALID_EMAIL' },
  },
];

async function renamed({ request, ada }: World, name: string) {
  return await request(
    'mutation ($name: String) { updateProfile(input: { name: $name }) { user { name } userErrors { code field } } }',
    { variables: { name }, token: ada.token },
  );
}
