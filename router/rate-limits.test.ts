import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import { tellIfWithoutRedis } from '#test/queue-servers.ts';
import { hasRedis, startRedis } from '#test/redis.ts';
import { until } from '#test/until.ts';
import { senderOf } from './rate-limits/address.ts';

const login = 'login(input: { email: "a@example.com", password: "long enough" }) { accessToken }';
const refused = { status: 429, errors: [{ extensions: { code: 'RATE_LIMITED' } }] };

describe('signing in', () => {
  let router: RunningRouter;
  beforeAll(async () => {
    const payload = () => ({ accessToken: null, userErrors: [] });
    router = await startRouterWithDoubles(
      { user: { Query: { viewer: () => null }, Mutation: { login: payload, register: payload } } },
      { SIGN_IN_LIMIT: '3', TRUSTED_PROXIES: '1' },
    );
  });
  afterAll(async () => await router.stop());

  const signIn = async (address: string, query = `mutation { ${login} }`) =>
    await router.ask(query, { headers: { 'x-forwarded-for': address } });

  test('says how often it may still be done', async () => {
    const { headers } = await signIn('192.0.2.1');

    expect(headers.get('ratelimit-policy')).toMatch(/^"cost";q=1000000;w=60$/);
    expect(headers.get('ratelimit')).toMatch(/^"cost";r=999900;t=\d+$/);
  });

  test('is refused to an address that has done it too often, for longer each time', async () => {
    const statuses = [];
    for (let time = 0; time < 4; time += 1) statuses.push((await signIn('192.0.2.2')).status);
    const answer = await signIn('192.0.2.2');

    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(answer).toMatchObject(refused);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(25);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expect(answer.headers.get('ratelimit')).toMatch(/^"sign-ins";r=0;t=\d+$/);
  });

  test('counts each time within one operation', async () => {
    const four = `mutation { a: ${login} ...F } fragment F on Mutation { b: ${login} c: ${login} d: ${login} }`;

    expect(await signIn('192.0.2.3', four)).toMatchObject(refused);
  });

  test('does not count what another address does, nor what else the address asks', async () => {
    for (let time = 0; time < 4; time += 1) await signIn('192.0.2.4');

    expect((await signIn('192.0.2.5')).status).toBe(200);
    expect((await signIn('192.0.2.4', '{ viewer { id } }')).status).toBe(200);
  });

  test('is not saved by an address that the client makes up', async () => {
    for (let time = 0; time < 4; time += 1) await signIn(`198.51.100.${time}, 192.0.2.6`);

    expect(await signIn('198.51.100.9, 192.0.2.6')).toMatchObject(refused);
  });

  test('counts in the console too', async () => {
    const headers = {
      'content-type': 'application/json',
      'x-forwarded-for': '192.0.2.7',
      'x-console': '1',
      'sec-fetch-site': 'same-origin',
    };
    const body = JSON.stringify({ login: { email: 'a@example.com', password: 'long enough' } });
    for (let time = 0; time < 3; time += 1) await router.request('/session', { method: 'POST', headers, body });
    const answer = await router.request('/session', { method: 'POST', headers, body });

    expect(answer).toMatchObject(refused);
    expect(answer.headers.get('retry-after')).toBe('30');
  });
});

describe('what operations cost', () => {
  let router: RunningRouter;
  beforeAll(async () => {
    router = await startRouterWithDoubles(
      { user: { Query: { viewer: () => null } } },
      { CUSTOMER_COST_PER_MINUTE: '10' },
    );
  });
  afterAll(async () => await router.stop());

  test('is counted for each customer, whatever the address', async () => {
    const [ada, eve] = await Promise.all(
      ['ada', 'eve'].map(async (userId) => await router.issuer.authorization({ userId })),
    );
    const ask = async (authorization: string) =>
      await router.ask('{ viewer { accounts { balance { amount } } } }', { headers: { authorization } });
    const answers = [await ask(ada!), await ask(ada!), await ask(eve!)];

    expect(answers.map(({ status }) => status)).toEqual([200, 429, 200]);
    expect(answers[1]).toMatchObject(refused);
  });

  test('is counted for the address where there is no customer', async () => {
    const statuses = [];
    for (let time = 0; time < 11; time += 1) statuses.push((await router.ask('{ viewer { id } }')).status);

    expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
  });
});

test('nothing is counted where the settings say so', async () => {
  const router = await startRouterWithDoubles(
    { user: { Query: { viewer: () => null } } },
    { RATE_LIMITS: 'false', CUSTOMER_COST_PER_MINUTE: '1' },
  );
  try {
    const answers = [await router.ask('{ viewer { id } }'), await router.ask('{ viewer { id } }')];

    expect(answers.map(({ status, headers }) => [status, headers.get('ratelimit')])).toEqual([
      [200, null],
      [200, null],
    ]);
  } finally {
    await router.stop();
  }
});

tellIfWithoutRedis();

if (hasRedis) {
  test('with Redis, routers count together, and each alone while it is away', async () => {
    const redis = await startRedis();
    const settings = { CUSTOMER_COST_PER_MINUTE: '1000', REDIS_URL: redis.url };
    const [one, other] = await Promise.all([
      startRouterWithDoubles({}, settings),
      startRouterWithDoubles({}, settings),
    ]);
    const left = async (router: RunningRouter) =>
      Number(/r=(\d+)/.exec((await router.ask('{ __typename }')).headers.get('ratelimit') ?? '')?.[1]);
    try {
      const [before] = [await until('Redis', async () => await left(one)), await left(other)];
      await until('the routers to count together', async () => (await left(other)) < before - 2);
      await redis.stop();

      expect(await left(one)).toBeGreaterThan(0);
      expect((await one.ask('{ __typename }')).status).toBe(200);
    } finally {
      await Promise.all([one.stop(), other.stop(), redis.stop()]);
    }
  });
}

describe('the sender', () => {
  const sender = (forwarded: string | undefined, address: string, proxies: number) =>
    senderOf({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: address } } as never, proxies);

  test.each([
    ['192.0.2.1', undefined, '192.0.2.1', 0],
    ['192.0.2.1', '198.51.100.1', '192.0.2.1', 0],
    ['198.51.100.1', '203.0.113.1, 198.51.100.1', '192.0.2.1', 1],
    ['203.0.113.1', '203.0.113.1, 198.51.100.1', '192.0.2.1', 2],
    ['203.0.113.1', '203.0.113.1', '192.0.2.1', 5],
    ['192.0.2.1', undefined, '::ffff:192.0.2.1', 0],
    ['2001:db8:0:0::/64', undefined, '2001:db8::1', 0],
    ['2001:db8:1:2::/64', undefined, '2001:db8:1:2:3:4:5:6', 0],
    ['0:0:0:0::/64', undefined, '::1', 0],
  ])('is %s where %s came from %s over %i proxies', (expected, forwarded, address, proxies) => {
    expect(sender(forwarded, address, proxies)).toBe(expected);
  });
});
