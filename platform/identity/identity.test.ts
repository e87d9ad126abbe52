import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, exportJWK } from 'jose';
import {
  by,
  claims,
  header,
  honest,
  nowS,
  publicJwk,
  publicKey,
  rules,
  stranger,
  token,
} from '#test/hand-made-tokens.ts';
import { until } from '#test/until.ts';
import { identityReader } from './identity.ts';
import { remoteAuthority } from './token-authority.ts';

const deleted = new Set<string>();
const authority = {
  key: createLocalJWKSet({ keys: [publicJwk] }),
  isRevoked: async (id: string) => deleted.has(id),
};
const read = identityReader(authority, rules);

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
    ['is an API client’s and names no client', honest({ scope: 'orders:read' }, { typ: 'client-at+jwt' })],
    ['is an API client’s and has no scope', honest({ client_id: 'client-1' }, { typ: 'client-at+jwt' })],
    [
      'is an API client’s and has a list of scopes',
      honest({ client_id: 'client-1', scope: [] }, { typ: 'client-at+jwt' }),
    ],
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

test('reads an API client’s token: its scopes, and neither the session nor the roles that it claims', async () => {
  const scope = 'orders:read users:write accounts:read';
  const text = honest({ client_id: 'client-1', scope, roles: ['OPERATOR'] }, { typ: 'client-at+jwt' });
  expect(await read(`Bearer ${text}`)).toMatchObject({
    viewer: {
      id: 'user-1',
      sessionId: '',
      roles: [],
      client: { id: 'client-1', scopes: ['accounts:read', 'orders:read'] },
    },
  });
  const person = await read(`Bearer ${honest({ client_id: 'client-1', scope })}`);
  expect(person.token === 'valid' && person.viewer.client).toBeUndefined();
});

test('stops taking a token that it knows when its API client is revoked', async () => {
  const claimed = { client_id: 'client-gone', scope: 'orders:read' };
  const authorization = `Bearer ${honest(claimed, { typ: 'client-at+jwt' })}`;
  expect(await read(authorization)).toMatchObject({ token: 'valid' });
  deleted.add('client-gone');
  expect(await read(authorization)).toEqual({ token: 'bad' });
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
