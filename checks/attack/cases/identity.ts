import { createHmac, createPublicKey, generateKeyPairSync, sign, type webcrypto } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { World } from '../world.ts';

/** Nobody asks for what needs somebody. */
const ownOrder = (id: string) => `{ order(id: "${id}") { id } }`;

/** Whatever is wrong with a token is answered to the letter as nonsense is, and in the words in which none is. */
const unauthenticated: Expectation = {
  code: 'UNAUTHENTICATED',
  also: async ({ status, text }, { ask, order }) => {
    const nonsense = await ask(ownOrder(order), { token: 'nonsense' });
    const none = await ask(ownOrder(order));
    if (status !== nonsense.status || text !== nonsense.text) return 'it is not the answer to any other bad token';
    return messagesIn(none.text).join() === messagesIn(text).join() ? null : 'they are not the words without a token';
  },
};

function messagesIn(text: string): string[] {
  return [...text.matchAll(/"message":("[^"]*")/g)].map(([, message]) => message!);
}

type JsonWebKey = webcrypto.JsonWebKey;

const own = generateKeyPairSync('ed25519');
const ownJwk = own.publicKey.export({ format: 'jwk' });

const publicKeySecrets: readonly [what: string, secretOf: (key: JsonWebKey) => string | Buffer][] = [
  ['as it is', ({ x }) => Buffer.from(x!, 'base64url')],
  ['as text', ({ x }) => x!],
  ['as JSON', (key) => JSON.stringify(key)],
  ['as PEM', (key) => createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' })],
];

export const identityCases: readonly Case[] = [
  {
    what: 'no token',
    ask: async ({ ask, order }) => await ask(ownOrder(order)),
    expected: { code: 'UNAUTHENTICATED' },
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
];

/** What is wrong with a token, in each way in which one can be. */
function forgeries(): Case[] {
  const claims = ({ ada }: World) => parsed(ada.token, 1);
  const header = ({ ada }: World) => parsed(ada.token, 0);
  const forged = (what: string, token: (world: World) => string | Promise<string>): Case => ({
    what: `a token ${what}`,
    ask: async (world) => await world.ask(ownOrder(world.order), { token: await token(world) }),
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
    forged('with an unknown kid', (world) => resigned(world, { kid: 'unknown' })),
    forged('with a kid that is a path', (world) => resigned(world, { kid: '../../../x' })),
    forged('signed with another key', (world) => signed(header(world), claims(world))),
    forged('with a kid that is a path, signed', (world) =>
      signed({ ...header(world), kid: '../../../x' }, claims(world)),
    ),
    forged('without a kid, signed', (world) => signed({ alg: 'EdDSA', typ: 'at+jwt' }, claims(world))),
    forged('with its own key, signed', (world) => signed({ ...header(world), jwk: ownJwk }, claims(world))),
    forged('with the address of its own keys, signed', (world) =>
      signed({ ...header(world), jku: 'http://192.0.2.1/keys.json' }, claims(world)),
    ),
    forged('with a chain of certificates, signed', (world) =>
      signed({ ...header(world), x5c: ['AAAA'], x5u: 'http://192.0.2.1/' }, claims(world)),
    ),
    forged('with claims that are critical, signed', (world) =>
      signed({ ...header(world), crit: ['b64'], b64: false }, claims(world)),
    ),
    ...publicKeySecrets.map(([what, secretOf]) =>
      forged(`signed as HS256 with the public key, ${what}`, async (world) => {
        const text = `${encoded({ ...header(world), alg: 'HS256' })}.${encoded(claims(world))}`;
        const secret = secretOf(await publicKeyOf(world));
        return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
      }),
    ),
    forged('of another type', (world) => resigned(world, { typ: 'JWT' })),
    forged('that is a refresh token', ({ ada }) => ada.refreshToken),
    forged('of 8,000 characters', () => 'a'.repeat(8_000)),
  ];
}

function signed(head: object, body: object): string {
  const text = `${encoded(head)}.${encoded(body)}`;
  return `${text}.${sign(null, Buffer.from(text), own.privateKey).toString('base64url')}`;
}

/** The key that Ada's token was signed with; where it is out of reach, another of the kind. */
async function publicKeyOf({ subgraphs, ada }: World): Promise<JsonWebKey> {
  if (subgraphs === null) return ownJwk;
  const { text } = await subgraphs.user.send('/.well-known/jwks.json', {});
  const { keys }: { keys: (JsonWebKey & { kid: string })[] } = JSON.parse(text);
  return keys.find(({ kid }) => kid === parsed(ada.token, 0)['kid'])!;
}

function parsed(token: string, part: number): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[part]!, 'base64url').toString());
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
