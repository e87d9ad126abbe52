import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { Answer } from '../client.ts';
import { password, type World } from '../world.ts';

const badInput: Expectation = { code: 'BAD_USER_INPUT' };
const hostile = `Robert'); DROP TABLE users;-- <script>alert(1)</script> \${7*7} {{7*7}} %00 \u202e`;

/** Fields of the viewer that are lists in pages, with what is passed to them beside the page. */
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

async function pageAfter({ ask, ada }: World, { around, field }: List, after: string | null): Promise<Answer> {
  const page = around(`${field}(first: 1, after: $after) { pageInfo { endCursor } }`);
  return await ask(`query ($after: String) { viewer { ${page} } }`, { variables: { after }, token: ada.token });
}

async function cursorOf(world: World, list: List): Promise<string> {
  const { text } = await pageAfter(world, list, null);
  const cursor = /"endCursor":"([^"]+)"/.exec(text)?.[1];
  if (cursor === undefined) throw new Error(`there is no page of ${list.field}`);
  return cursor;
}

/** The same list, at a place that is none. */
function changed(cursor: string): string {
  const [list] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string];
  return Buffer.from(JSON.stringify([list, "1' or 1=1 --"])).toString('base64url');
}

export const dataCases: readonly Case[] = [
  {
    what: 'NUL in a name',
    ask: async (world) => await renamed(world, 'A\u0000B'),
    expected: { also: ({ codes, userErrors }) => (codes.length + userErrors.length > 0 ? null : 'it was taken') },
  },
  {
    what: 'a lone surrogate in a name',
    ask: async ({ post, ada }) =>
      await post(
        `{"query":"mutation ($n: String) { updateProfile(input: { name: $n }) { userErrors { code field } } }","variables":{"n":"a\\ud800"}}`,
        { authorization: `Bearer ${ada.token}` },
      ),
    expected: { also: ({ codes, userErrors }) => (codes.length + userErrors.length > 0 ? null : 'it was taken') },
  },
  {
    what: 'a name of 1 MB',
    ask: async (world) => await renamed(world, 'x'.repeat(1_000_000)),
    expected: { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  },
  {
    what: 'a name of 50 kB',
    ask: async (world) => await renamed(world, 'x'.repeat(50_000)),
    expected: { userError: 'INVALID_NAME' },
  },
  {
    what: 'a name of SQL, script and templates',
    ask: async (world) => await renamed(world, hostile),
    expected: {
      also: ({ data, userErrors }) => {
        const name = (data as { updateProfile?: { user?: { name: string } } } | null)?.updateProfile?.user?.name;
        return name === hostile.trim() || userErrors.length > 0 ? null : 'it was changed';
      },
    },
  },
  ...[-1, 0, 100_000_000].map((first) => ({
    what: `first: ${first}`,
    ask: async ({ ask, ada }: World) =>
      await ask(`{ viewer { orders(first: ${first}) { nodes { id } } } }`, { token: ada.token }),
    expected: badInput,
  })),
  {
    what: 'first: an object that is no number',
    ask: async ({ ask, ada }) =>
      await ask('query ($first: Int) { viewer { orders(first: $first) { nodes { id } } } }', {
        variables: { first: { toString: 1, valueOf: 1 } },
        token: ada.token,
      }),
    expected: badInput,
  },
  ...lists.flatMap(([name, list]): Case[] => [
    {
      what: `a forged cursor of ${name}`,
      ask: async (world) => await pageAfter(world, list, 'WzEsMl0'),
      expected: badInput,
    },
    {
      what: `a cursor of ${name} with another position`,
      ask: async (world) => await pageAfter(world, list, changed(await cursorOf(world, list))),
      expected: badInput,
    },
    ...lists
      .filter(([other]) => other !== name)
      .map(([other, otherList]) => ({
        what: `a cursor of ${other} in ${name}`,
        ask: async (world: World) => await pageAfter(world, list, await cursorOf(world, otherList)),
        expected: badInput,
      })),
  ]),
  {
    what: 'a time that is none',
    ask: async ({ ask, ada }) =>
      await ask('{ viewer { orders(filter: { placedAfter: "yesterday" }) { nodes { id } } } }', { token: ada.token }),
    expected: badInput,
  },
  {
    what: 'a description of SQL, script and templates',
    ask: async ({ ask, ada: { accounts, token } }) =>
      await ask(
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
        return transfer.transaction.description === hostile ? null : 'it was changed';
      },
    },
  },
  {
    what: 'an id that is none',
    ask: async ({ ask, ada }) => await ask(`{ order(id: "' or 1=1 --") { id } }`, { token: ada.token }),
    expected: { code: null, also: ({ data }) => (data?.['order'] === null ? null : 'something was found') },
  },
  {
    what: 'an email with a line break, as for a mail header',
    ask: async ({ ask }) =>
      await ask('mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code field } } }', {
        variables: { input: { email: `${randomUUID()}@example.com\r\nBcc: all@example.com`, name: 'A', password } },
      }),
    expected: { userError: 'INVALID_EMAIL' },
  },
];

async function renamed({ ask, ada }: World, name: string) {
  return await ask(
    'mutation ($name: String) { updateProfile(input: { name: $name }) { user { name } userErrors { code field } } }',
    { variables: { name }, token: ada.token },
  );
}
