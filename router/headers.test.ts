import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

const json = { 'content-type': 'application/json' };
const body = JSON.stringify({ query: '{ viewer { id } }' });
const friend = 'https://friend.example';

let router: RunningRouter;
beforeAll(async () => {
  const resolvers = { user: { Query: { viewer: () => null } } };
  router = await startRouterWithDoubles(resolvers, { CORS_ORIGINS: `${friend}, https://other.example` });
});
afterAll(async () => await router.stop());

test.each(['/graphql', '/nothing', '/health/live', '/session'])(
  'every answer is strict with browsers: %s',
  async (path) => {
    const { headers } = await router.request(path, { method: 'POST', headers: json, body });

    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': expect.stringContaining('max-age='),
    });
    expect(headers.get('x-powered-by') ?? headers.get('server')).toBeNull();
  },
);

describe('a page of another site', () => {
  const post = async (origin: string, path = '/graphql') =>
    await router.request(path, { method: 'POST', headers: { ...json, origin }, body });
  const preflight = async (origin: string) =>
    await router.request('/graphql', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });

  test('may read the graph where the settings name it', async () => {
    const [allowed, answer] = [await preflight(friend), await post(friend)];

    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(answer).toMatchObject({ status: 200, data: { viewer: null } });
    for (const { headers } of [allowed, answer]) {
      expect(headers.get('access-control-allow-origin')).toBe(friend);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test.each(['https://evil.example', 'null', `${friend}.evil.example`])(
    'may not where they do not: %s',
    async (origin) => {
      const answers = [await preflight(origin), await post(origin)];

      expect(answers[0]!.status).toBe(405);
      expect(answers.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([null, null]);
    },
  );

  test('may never read a session', async () => {
    expect((await post(friend, '/session')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('clients that never finish', () => {
  const half = ['POST /graphql HTTP/1.1\r\nHost: a\r\nX-A: ', 'POST /graphql HTTP/1.1\r\nHost: a\r\n', 'P'];

  test('keep nobody else waiting, and are let go', async () => {
    const { port } = new URL(router.origin);
    const sockets = await Promise.all(
      Array.from({ length: 300 }, async (_, index) => await halfAsked(Number(port), half[index % 3]!)),
    );
    const closed = Promise.all(sockets.map(async (socket) => await once(socket, 'close')));

    expect((await router.post(body)).status).toBe(200);
    await closed;
  }, 60_000);
});

async function halfAsked(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined).resume();
  socket.write(text);
  return socket;
}
