import { createHmac, randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { World } from '../world.ts';

const unauthenticated: Expectation = { code: 'UNAUTHENTICATED' };
/** Nobody asks for what needs somebody. */
const ownOrder = (id: string) => `{ order(id: "${id}") { id } }`;

export const identityCases: readonly Case[] = [
  {
    what: 'no token',
    ask: async ({ ask, order }) => await ask(ownOrder(order)),
    expected: unauthenticated,
  },
  ...forgeries(),
  {
    what: 'identity headers of a client',
    ask: async ({ post, ada }) =>
      await post(JSON.stringify({ query: '{ viewer { id } }' }), { 'x-user-id': ada.id, 'x-forwarded-user': ada.id }),
    expected: { code: null, also: ({ data }) => (data?.['viewer'] === null ? null : 'they were believed') },
  },
  {
    what: 'a refresh token used twice ends its family',
    ask: async ({ ask, ada: { email } }) => {
      const refresh = async (token: string) =>
        await ask(
          'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { refreshToken userErrors { code } } }',
          {
            variables: { input: { refreshToken: token } },
          },
        );
      const login = await ask('mutation ($input: LoginInput!) { login(input: $input) { refreshToken } }', {
        variables: { input: { email, password: 'correct horse battery staple' } },
      });
      const { refreshToken: first } = login.data!['login'] as { refreshToken: string };
      const second = (await refresh(first)).data!['refreshToken'] as { refreshToken: string };
      await refresh(first);
      return await refresh(second.refreshToken);
    },
    expected: { userError: 'INVALID_TOKEN' },
  },
  ...['order', 'account', 'transaction'].map((what) => ({
    what: `somebody else’s ${what}`,
    ask: async (world: World) =>
      await world.ask(`query ($id: ID!) { ${what}(id: $id) { id } }`, {
        variables: {
          id: { order: world.order, account: world.ada.accounts['USD'], transaction: world.transaction }[what],
        },
        token: world.eve.token,
      }),
    expected: nothing(what),
  })),
  ...['order', 'account', 'transaction'].map((what) => ({
    what: `${what} that does not exist`,
    ask: async ({ ask, eve }: World) =>
      await ask(`query ($id: ID!) { ${what}(id: $id) { id } }`, { variables: { id: randomUUID() }, token: eve.token }),
    expected: nothing(what),
  })),
];

function nothing(field: string): Expectation {
  return { code: null, also: ({ data }) => (data?.[field] === null ? null : 'it was shown') };
}

/** What is wrong with a token, in each way in which one can be. */
function forgeries(): Case[] {
  const claims = ({ ada }: World) => parsed(ada.token, 1);
  const header = ({ ada }: World) => parsed(ada.token, 0);
  const forged = (what: string, token: (world: World) => string): Case => ({
    what: `a token ${what}`,
    ask: async (world) => await world.ask(ownOrder(world.order), { token: token(world) }),
    expected: unauthenticated,
  });
  const resigned = (world: World, head: object, body: object = {}) =>
    `${encoded({ ...header(world), ...head })}.${encoded({ ...claims(world), ...body })}.${world.ada.token.split('.')[2]}`;
  return [
    forged('that is none', () => 'nonsense'),
    forged('of another scheme', ({ ada }) => `Basic ${ada.token}`),
    forged('with a changed signature', ({ ada }) => `${ada.token.slice(0, -8)}AAAAAAAA`),
    forged('of another subject', (world) => resigned(world, {}, { sub: world.eve.id })),
    forged('that lasts longer', (world) => resigned(world, {}, { exp: 4_000_000_000 })),
    forged('for another audience', (world) => resigned(world, {}, { aud: 'others' })),
    forged('from another issuer', (world) => resigned(world, {}, { iss: 'others' })),
    forged('with alg none', (world) => `${encoded({ alg: 'none', typ: 'at+jwt' })}.${encoded(claims(world))}.`),
    forged('with alg none and a signature', (world) => resigned(world, { alg: 'none' })),
    forged('signed as HS256', (world) => {
      const text = `${encoded({ ...header(world), alg: 'HS256' })}.${encoded(claims(world))}`;
      return `${text}.${createHmac('sha256', String(header(world)['kid']))
        .update(text)
        .digest('base64url')}`;
    }),
    forged('with an unknown kid', (world) => resigned(world, { kid: 'unknown' })),
    forged('with a kid that is a path', (world) => resigned(world, { kid: '../../x' })),
    forged('with its own key', (world) => resigned(world, { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' } })),
    forged('with the address of its own keys', (world) => resigned(world, { jku: 'http://192.0.2.1/keys.json' })),
    forged('of another type', (world) => resigned(world, { typ: 'JWT' })),
    forged('that is a refresh token', ({ ada }) => ada.refreshToken),
    forged('of 8,000 characters', () => 'a'.repeat(8_000)),
  ];
}

function parsed(token: string, part: number): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[part]!, 'base64url').toString());
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
