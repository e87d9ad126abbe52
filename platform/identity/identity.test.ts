import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createLocalJWKSet, exportJWK } from 'jose';
import { portOf } from '#test/free-ports.ts';
import { until } from '#test/until.ts';
import { type IdentityReader, identityReader } from './identity.ts';
import { remoteAuthority } from './token-authority.ts';

const rules = { TOKEN_ISSUER: 'the-issuer', TOKEN_AUDIENCE: 'the-audience' };
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const kid = 'the-key';
const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' };
const deleted = new Set<string>();
const authority = {
  key: createLocalJWKSet({ keys: [publicJwk] }),
  isDeleted: async (id: string) => deleted.has(id),
};
const read = identityReader(authority, rules);

const nowS = Math.floor(Date.now() / 1000);
const header = { alg: 'EdDSA', kid, typ: 'at+jwt' };
const claims = {
  sub: 'user-1',
  email: 'ada@example.com',
  name: 'Ada',
  sid: 'session-1',
  iss: 'the-issuer',
  aud: 'the-audience',
  iat: nowS,
  exp: nowS + 600,
};

/** Written by hand, since a library for honest tokens would not make most of these. */
function token(withHeader: object, withClaims: object, signature: (input: string) => Buffer): string {
  const input = [withHeader, withClaims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${input}.${signature(input).toString('base64url')}`;
}

const by = (key: KeyObject) => (input: string) => sign(null, Buffer.from(input), key);
const honest = (changes: object, headerChanges: object = {}) =>
  token({ ...header, ...headerChanges }, { ...claims, ...changes }, by(privateKey));

const stranger = generateKeyPairSync('ed25519');
const strangersJwk = await exportJWK(stranger.publicKey);
const pem = publicKey.export({ type: 'spki', format: 'pem' });

describe('a token is refused that', () => {
  test.each<[string, string]>([
    ['has no signature and says so (alg none)', token({ ...header, alg: 'none' }, claims, () => Buffer.alloc(0))],
    ['says none in capitals', token({ ...header, alg: 'NONE' }, claims, () => Buffer.from('x'))],
    [
      'is signed by HS256 with the public key as its secret',
      token({ ...header, alg: 'HS256' }, claims, (input) => createHmac('sha256', pem).update(input).digest()),
    ],
    [
      'is signed by HS256 with the bytes of the public key as its secret',
      token({ ...header, alg: 'HS256' }, claims, (input) =>
        createHmac('sha256', Buffer.from(publicJwk.x!, 'base64url')).update(input).digest(),
      ),
    ],
    ['names a key that is not ours', token({ ...header, kid: 'another' }, claims, by(stranger.privateKey))],
    ['names a file as its key', token({ ...header, kid: '../../x' }, claims, by(stranger.privateKey))],
    ['names a file as its key and is honestly signed', honest({}, { kid: '../../x' })],
    ['names our key and is signed with another', token(header, claims, by(stranger.privateKey))],
    ['brings its own key (jwk)', token({ ...header, jwk: strangersJwk }, claims, by(stranger.privateKey))],
    [
      'says where its own key is (jku)',
      token({ ...header, jku: 'http://127.0.0.1:1/keys', kid: 'another' }, claims, by(stranger.privateKey)),
    ],
    ['has a critical header that nobody knows', honest({}, { crit: ['b64'], b64: false })],
    ['is expired', honest({ exp: nowS - 1 })],
    ['is not valid yet', honest({ nbf: nowS + 60 })],
    ['has no expiry', honest({ exp: undefined })],
    ['has no subject', honest({ sub: undefined })],
    ['has no email', honest({ email: undefined })],
    ['has a name that is no text', honest({ name: 7 })],
    ['has a session that is no text', honest({ sid: 7 })],
    ['is for another audience', honest({ aud: 'somebody-else' })],
    ['is for no audience', honest({ aud: undefined })],
    ['is of another issuer', honest({ iss: 'somebody-else' })],
    ['is of another type', honest({}, { typ: 'JWT' })],
    ['is of no type', honest({}, { typ: undefined })],
  ])('%s', async (_what, text) => {
    expect(await read(`Bearer ${text}`)).toEqual({ token: 'bad' });
  });

  test('had a claim changed after it was signed', async () => {
    const [head, , signature] = honest({}).split('.');
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'user-2' })).toString('base64url');
    expect(await read(`Bearer ${head}.${forged}.${signature}`)).toEqual({ token: 'bad' });
  });
});

test.each([
  '',
  'Bearer',
  'Bearer ',
  'Bearer x',
  'Bearer a.b',
  'Bearer a.b.c',
  'Basic YTpi',
  `Bearer ${'a'.repeat(100)}`,
])('refuses the header %j, which is no token', async (authorization) => {
  expect(await read(authorization)).toEqual({ token: 'bad' });
});

test('knows a request without a token from one with a bad one', async () => {
  expect(await read(undefined)).toEqual({ token: 'none' });
});

test('reads who an honest token speaks for, also when asked again', async () => {
  const authorization = `Bearer ${honest({})}`;
  const identity = {
    token: 'valid',
    viewer: { id: 'user-1', email: 'ada@example.com', name: 'Ada', sessionId: 'session-1', roles: [] },
    authorization,
    expiresAt: new Date(claims.exp * 1000),
  };
  expect(await read(authorization)).toEqual(identity);
  expect(await read(authorization)).toEqual(identity);
});

test.each([
  [
    ['OPERATOR', 'SUPPORT'],
    ['SUPPORT', 'OPERATOR'],
  ],
  [['operator', 'ROOT', 7, null], []],
  ['OPERATOR', []],
  [{ OPERATOR: true }, []],
  [undefined, []],
])('reads the claim of roles %j as %j', async (claim, roles) => {
  expect(await read(`Bearer ${honest({ roles: claim })}`)).toMatchObject({ viewer: { roles } });
});

test('reads a token of the release before, which names no session', async () => {
  expect(await read(`Bearer ${honest({ sid: undefined })}`)).toMatchObject({
    token: 'valid',
    viewer: { sessionId: '' },
  });
});

test('stops taking a token that it knows when it expires', async () => {
  const authorization = `Bearer ${honest({ exp: Math.floor(Date.now() / 1000) + 1 })}`;
  expect(await read(authorization)).toMatchObject({ token: 'valid' });
  await until('the token to expire', async () => (await read(authorization)).token === 'bad');
});

test('stops taking a token that it knows when its user is deleted', async () => {
  const authorization = `Bearer ${honest({ sub: 'user-gone' })}`;
  expect(await read(authorization)).toMatchObject({ token: 'valid' });
  deleted.add('user-gone');
  expect(await read(authorization)).toEqual({ token: 'bad' });
});

test('throws where the keys cannot be had, since that is no fault of the token', async () => {
  const unreachable = identityReader(remoteAuthority('http://127.0.0.1:9/.well-known/jwks.json'), rules);
  await expect(unreachable(`Bearer ${honest({})}`)).rejects.toThrow('fetch failed');
});

describe('the keys of the user subgraph', () => {
  let server: Server;
  let published: object[];
  let revoked: string[];
  let hangs: boolean;
  let fetches: number;
  let laterMs: number;
  let readRemote: IdentityReader;

  beforeEach(async () => {
    [published, revoked, hangs, fetches, laterMs] = [[publicJwk], [], false, 0, 0];
    server = createServer((_request, response) => {
      fetches += 1;
      if (hangs) return;
      const body = JSON.stringify({ keys: published, revoked_subjects: revoked });
      response.setHeader('content-type', 'application/json').end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    readRemote = identityReader(remoteAuthority(`http://127.0.0.1:${portOf(server)}/`), rules);
    const [date, uptime] = [Date.now.bind(Date), performance.now.bind(performance)];
    jest.spyOn(Date, 'now').mockImplementation(() => date() + laterMs);
    jest.spyOn(performance, 'now').mockImplementation(() => uptime() + laterMs);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    server.closeAllConnections();
    server.close();
  });

  const hour = 3_600_000;
  let tokens = 0;
  const newToken = () => `Bearer ${honest({ jti: (tokens += 1), exp: nowS + 100_000 })}`;
  const strangersToken = () =>
    `Bearer ${token({ ...header, kid: `stranger-${(tokens += 1)}` }, claims, by(stranger.privateKey))}`;

  test('are fetched once for many tokens, and not for each key that a stranger names', async () => {
    const identities = await Promise.all(
      Array.from(
        { length: 500 },
        async (_, index) => await readRemote(index % 2 === 0 ? newToken() : strangersToken()),
      ),
    );

    expect(identities.map((identity) => identity.token).slice(0, 2)).toEqual(['valid', 'bad']);
    expect(fetches).toBe(1);
  });

  test('are read before the first request, also where the user subgraph starts later', async () => {
    const port = portOf(server);
    await once(server.close(), 'close');
    const readEarly = identityReader(remoteAuthority(`http://127.0.0.1:${port}/`), rules);
    await expect(readEarly(newToken())).rejects.toThrow('fetch failed');
    fetches = 0;
    server.listen(port, '127.0.0.1');
    await until('a read without a request', () => fetches > 0);

    expect(await readEarly(newToken())).toMatchObject({ token: 'valid' });
  });

  test('are used for as long as there are no others to be had', async () => {
    await readRemote(newToken());
    server.closeAllConnections();
    server.close();
    for (laterMs = hour; laterMs <= 3 * hour; laterMs += hour) {
      expect(await readRemote(newToken())).toMatchObject({ token: 'valid' });
    }
  });

  test('are used no more once they are withdrawn', async () => {
    await readRemote(newToken());
    published = [];
    laterMs = 61_000;

    await until('the key to be forgotten', async () => (await readRemote(newToken())).token === 'bad');
    expect(fetches).toBe(2);
  });

  test('come with those who were deleted: a process that rested hears of it with the first request', async () => {
    const authorization = newToken();
    expect(await readRemote(authorization)).toMatchObject({ token: 'valid' });
    revoked = ['user-1'];
    laterMs = 3_000;

    expect(await readRemote(authorization)).toEqual({ token: 'bad' });
    expect(fetches).toBe(2);
  });

  test('are asked for once a second at most, and nobody waits for that where requests keep coming', async () => {
    const authorization = newToken();
    await readRemote(authorization);
    for (let request = 0; request < 100; request += 1) await readRemote(authorization);
    expect(fetches).toBe(1);
    laterMs = 1_500;
    hangs = true;

    expect(await Promise.all(Array.from({ length: 100 }, () => readRemote(authorization)))).toContainEqual(
      expect.objectContaining({ token: 'valid' }),
    );
    await until('the second question', () => fetches === 2);
  });

  test.each([
    ['cannot be reached', () => server.closeAllConnections()],
    ['hangs', () => undefined],
  ])('and what was known is used while the user subgraph %s', async (_what, meanwhile) => {
    const authorization = newToken();
    revoked = ['user-2'];
    await readRemote(authorization);
    hangs = true;
    laterMs = 5_000;

    const reading = readRemote(authorization);
    meanwhile();
    expect(await reading).toMatchObject({ token: 'valid' });
    expect(await readRemote(`Bearer ${honest({ sub: 'user-2' })}`)).toEqual({ token: 'bad' });
  });
});
