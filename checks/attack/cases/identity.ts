import { createHmac, createPublicKey, generateKeyPairSync, sign, type webcrypto } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { World } from '../world.ts';

/** A query that requires a signed-in customer. */
const orderQuery = (id: string) => `{ order(id: "${id}") { id } }`;

/** For a bad token, the router returns the answer for a random text, with the message for a missing token. */
const unauthenticated: Expectation = {
  code: 'UNAUTHENTICATED',
  also: async ({ status, text }, { request, order }) => {
    const nonsense = await request(orderQuery(order), { token: 'nonsense' });
    const none = await request(orderQuery(order));
    if (status !== nonsense.status || text !== nonsense.text)
      return 'the answer differs from the answer to a nonsense token';
    return messagesIn(none.text).join() === messagesIn(text).join()
      ? null
      : 'the message differs from the message without a token';
  },
};

function messagesIn(text: string): string[] {
  return [...text.matchAll(/"message":("[^"]*")/g)].map(([, message]) => message!);
}

type JsonWebKey = webcrypto.JsonWebKey;

const own = generateKeyPairSync('ed25519');
const ownJwk = own.publicKey.export({ format: 'jwk' });

const publicKeySecrets: readonly [title: string, secretOf: (key: JsonWebKey) => string | Buffer][] = [
  ['as raw bytes', ({ x }) => Buffer.from(x!, 'base64url')],
  ['as text', ({ x }) => x!],
  ['as JSON', (key) => JSON.stringify(key)],
  ['as PEM', (key) => createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' })],
];

export const identityCases: readonly Case[] = [
  {
    title: 'no token',
    request: async ({ request, order }) => await request(orderQuery(order)),
    expected: { code: 'UNAUTHENTICATED' },
  },
  ...forgeries(),
  {
    title: 'identity headers of a client',
    request: async ({ post, ada }) =>
      await post(JSON.stringify({ query: '{ viewer { id } }' }), { 'x-user-id': ada.id, 'x-forwarded-user': ada.id }),
    expected: { code: null, also: ({ data }) => (data?.['viewer'] === null ? null : 'the headers were trusted') },
  },
  {
    title: 'a refresh token used twice, which revokes its family',
    request: async ({ request, ada: { email } }) => {
      const refresh = async (token: string) =>
        await request(
          'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { refreshToken userErrors { code } } }',
          {
            variables: { input: { refreshToken: token } },
          },
        );
      const login = await request('mutation ($input: LoginInput!) { login(input: $input) { refreshToken } }', {
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

/** One case for each defect that a token can have. */
function forgeries(): Case[] {
  const claims = ({ ada }: World) => parsed(ada.token, 1);
  const header = ({ ada }: World) => parsed(ada.token, 0);
  const forged = (title: string, token: (world: World) => string | Promise<string>): Case => ({
    title: `a token ${title}`,
    request: async (world) => await world.request(orderQuery(world.order), { token: await token(world) }),
    expected: unauthenticated,
  });
  const resigned = (world: World, head: object, body: object = {}) =>
    `${encoded({ ...header(world), ...head })}.${encoded({ ...claims(world), ...body })}.${world.ada.token.split('.')[2]}`;
  return [
    forged('that is nonsense', () => 'nonsense'),
    forged('of another scheme', ({ ada }) => `Basic ${ada.token}`),
    forged('with a changed signature', ({ ada }) => `${ada.token.slice(0, -8)}AAAAAAAA`),
    forged('of another subject', (world) => resigned(world, {}, { sub: world.eve.id })),
    forged('with a later expiry', (world) => resigned(world, {}, { exp: 4_000_000_000 })),
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
    forged('with the URL of its own keys, signed', (world) =>
      signed({ ...header(world), jku: 'http://192.0.2.1/keys.json' }, claims(world)),
    ),
    forged('with a chain of certificates, signed', (world) =>
      signed({ ...header(world), x5c: ['AAAA'], x5u: 'http://192.0.2.1/' }, claims(world)),
    ),
    forged('with critical claims, signed', (world) =>
      signed({ ...header(world), crit: ['b64'], b64: false }, claims(world)),
    ),
    ...publicKeySecrets.map(([title, secretOf]) =>
      forged(`signed as HS256 with the public key, ${title}`, async (world) => {
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

/** The public key of Ada's token, or another Ed25519 key where the user subgraph cannot be reached. */
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
