import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import { password, type World } from '../world.ts';

const badInput: Expectation = { code: 'BAD_USER_INPUT' };
const hostile = `Robert'); DROP TABLE users;-- <script>alert(1)</script> \${7*7} {{7*7}} %00 \u202e`;

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
    what: 'a forged cursor',
    ask: async ({ ask, ada }) =>
      await ask('{ viewer { orders(after: "WzEsMl0") { nodes { id } } } }', { token: ada.token }),
    expected: badInput,
  },
  {
    what: 'another list’s cursor',
    ask: async ({ ask, ada }) => {
      const listed = await ask('{ viewer { transactions(first: 1) { pageInfo { endCursor } } } }', {
        token: ada.token,
      });
      const { viewer } = listed.data as { viewer: { transactions: { pageInfo: { endCursor: string } } } };
      return await ask('query ($after: String) { viewer { orders(after: $after) { nodes { id } } } }', {
        variables: { after: viewer.transactions.pageInfo.endCursor },
        token: ada.token,
      });
    },
    expected: badInput,
  },
  {
    what: 'a time that is none',
    ask: async ({ ask, ada }) =>
      await ask('{ viewer { orders(filter: { placedAfter: "yesterday" }) { nodes { id } } } }', { token: ada.token }),
    expected: badInput,
  },
  {
    what: 'an email that differs in case only',
    ask: async ({ ask, ada }) =>
      await ask('mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code field } } }', {
        variables: { input: { email: ada.email.toUpperCase(), name: 'Ada', password } },
      }),
    expected: { userError: 'EMAIL_TAKEN' },
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
