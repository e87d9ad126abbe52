import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { portOf } from '#test/free-ports.ts';
import { by, claims, header, honest, nowS, publicJwk, rules, stranger, token } from '#test/hand-made-tokens.ts';
import { until } from '#test/until.ts';
import { type IdentityReader, identityReader } from './identity.ts';
import { remoteAuthority } from './token-authority.ts';

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
    // The clocks stand still: on a slow machine, seconds would pass within a test.
    const [dateMs, uptimeMs] = [Date.now(), performance.now()];
    jest.spyOn(Date, 'now').mockImplementation(() => dateMs + laterMs);
    jest.spyOn(performance, 'now').mockImplementation(() => uptimeMs + laterMs);
    readRemote = identityReader(remoteAuthority(`http://127.0.0.1:${portOf(server)}/`), rules);
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
