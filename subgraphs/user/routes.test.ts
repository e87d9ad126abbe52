import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { freePorts } from '#test/free-ports.ts';
import { graphql } from '#test/graphql.ts';
import { startSubgraphProcess } from '#test/subgraph-process.ts';
import { startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph();
});

afterAll(async () => {
  await user.stop();
});

test('publishes the public keys that verify its tokens, and no secret', async () => {
  const response = await fetch(`${user.origin}/.well-known/jwks.json`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(response.headers.get('cache-control')).toBe('public, max-age=1');
  expect(await response.json()).toEqual({
    keys: [{ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: expect.any(String), alg: 'EdDSA', use: 'sig' }],
    revoked_subjects: [],
  });

  const { id, accessToken } = await user.signUp();
  const keys = createRemoteJWKSet(new URL(`${user.origin}/.well-known/jwks.json`));
  const { payload } = await jwtVerify(accessToken, keys, { typ: 'at+jwt' });
  expect(payload.sub).toBe(id);
});

test('responds with 503 while its database is unavailable', async () => {
  const [port] = await freePorts(1);
  const settings = { USER_DATABASE_URL: `postgresql://user:secret@127.0.0.1:${port}/user` };
  const starting = await startSubgraphProcess('user', settings, 'live');
  try {
    const keys = await fetch(`${starting.origin}/.well-known/jwks.json`);
    expect([keys.status, keys.headers.get('cache-control')]).toEqual([503, null]);
    expect(await keys.json()).toMatchObject({ errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] });
    const { errors } = await graphql(starting.url, { query: '{ viewer { id } }' });
    expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    expect(starting.output()).not.toContain('secret');
  } finally {
    await starting.stop();
  }
});
