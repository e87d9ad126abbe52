import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

const login = 'login(input: { email: "a@example.com", password: "long enough" }) { accessToken }';
const refused = { status: 429, errors: [{ extensions: { code: 'RATE_LIMITED' } }] };

/** As a page of the console does. */
async function atSession(router: RunningRouter, body: object, address: string) {
  return await router.request('/session', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': address,
      'x-console': '1',
      'sec-fetch-site': 'same-origin',
    },
    body: JSON.stringify(body),
  });
}

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

  test('reports the remaining attempts', async () => {
    const { headers } = await signIn('192.0.2.1');

    expect(headers.get('ratelimit-policy')).toBe('"sign-ins";q=3;w=600, "cost";q=1000000;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"sign-ins";r=2;t=600, "cost";r=999900;t=\d+$/);
  });

  test('is refused to an address over the limit, for longer each time', async () => {
    const statuses = [];
    for (let time = 0; time < 4; time += 1) statuses.push((await signIn('192.0.2.2')).status);
    const answer = await signIn('192.0.2.2');

    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(answer).toMatchObject(refused);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(25);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expect(answer.headers.get('ratelimit')).toMatch(/^"sign-ins";r=0;t=\d+$/);
  });

  test('counts each field of one operation', async () => {
    const four = `mutation { a: ${login} ...F } fragment F on Mutation { b: ${login} c: ${login} d: ${login} }`;

    expect(await signIn('192.0.2.3', four)).toMatchObject(refused);
  });

  test('does not count other addresses, nor other operations of the address', async () => {
    for (let time = 0; time < 4; time += 1) await signIn('192.0.2.4');

    expect((await signIn('192.0.2.5')).status).toBe(200);
    expect((await signIn('192.0.2.4', '{ viewer { id } }')).status).toBe(200);
  });

  test('counts a forged X-Forwarded-For against the real address', async () => {
    for (let time = 0; time < 4; time += 1) await signIn(`198.51.100.${time}, 192.0.2.6`);

    expect(await signIn('198.51.100.9, 192.0.2.6')).toMatchObject(refused);
  });

  test('counts the console’s sign-ins too', async () => {
    const ask = async () =>
      await atSession(router, { login: { email: 'a@example.com', password: 'a guess' } }, '192.0.2.7');
    const statuses = [];
    for (let time = 0; time < 3; time += 1) statuses.push((await ask()).status);
    const answer = await ask();

    expect(statuses).toEqual([200, 200, 200]);
    expect(answer).toMatchObject(refused);
    expect(answer.headers.get('retry-after')).toBe('30');
  });

  test('counts with every other mutation that takes a password', async () => {
    const input = 'input: { currentPassword: "a guess", newPassword: "another guess" }';
    const change = async () => await signIn('192.0.2.8', `mutation { changePassword(${input}) { accessToken } }`);
    for (let time = 0; time < 3; time += 1) await change();

    expect(await change()).toMatchObject(refused);
  });
});

describe('signing in with the right password', () => {
  let router: RunningRouter;
  beforeAll(async () => {
    const signedIn = async (_: unknown, { input: { email, password } }: { input: Record<string, string> }) => {
      if (password !== 'right') return { accessToken: null, userErrors: [] };
      const authorization = await router.issuer.authorization({ userId: email! });
      const user = { id: email, email, name: 'Ada' };
      const tokens = { accessToken: authorization.slice(7), refreshToken: 'opaque', expiresAt: new Date() };
      return { ...tokens, user, userErrors: [] };
    };
    router = await startRouterWithDoubles(
      { user: { Mutation: { login: signedIn, register: signedIn } } },
      { SIGN_IN_LIMIT: '3', TRUSTED_PROXIES: '1' },
    );
  });
  afterAll(async () => await router.stop());

  const signIn = async (address: string, email: string, password = 'right', selection = 'accessToken') => {
    const query = `mutation ($input: LoginInput!) { login(input: $input) { ${selection} } }`;
    return await router.ask(query, {
      variables: { input: { email, password } },
      headers: { 'x-forwarded-for': address },
    });
  };
  const guess = async (address: string, selection?: string) =>
    (await signIn(address, 'victim@example.com', 'a guess', selection)).status;

  test('lets in all customers who share an address', async () => {
    const statuses = [];
    for (let person = 0; person < 10; person += 1) {
      statuses.push((await signIn('192.0.2.1', `person-${person}@example.com`)).status);
    }

    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test('lets them in through the console too', async () => {
    const statuses = [];
    for (let person = 0; person < 10; person += 1) {
      const input = { email: `person-${person}@example.com`, password: 'right' };
      statuses.push((await atSession(router, { login: input }, '192.0.2.2')).status);
    }

    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test('counts repeated sign-ins of one customer', async () => {
    const statuses = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await signIn('192.0.2.3', 'ada@example.com')).status);

    expect(statuses).toEqual([200, 200, 200, 200, 429]);
  });

  test('gains a guesser with accounts of their own no guess', async () => {
    const statuses = [];
    for (let time = 0; time < 4; time += 1) {
      await signIn('192.0.2.4', `own-${time}@example.com`);
      statuses.push(await guess('192.0.2.4'));
    }

    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  test('cannot be forged with aliases', async () => {
    const statuses = [];
    for (let time = 0; time < 4; time += 1) statuses.push(await guess('192.0.2.5', 'accessToken: __typename'));

    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  test('does not refund registrations', async () => {
    const query = 'mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }';
    const statuses = [];
    for (let time = 0; time < 4; time += 1) {
      const input = { email: `new-${time}@example.com`, name: 'New', password: 'right' };
      const answer = await router.ask(query, { variables: { input }, headers: { 'x-forwarded-for': '192.0.2.6' } });
      statuses.push(answer.status);
    }

    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});

describe('the cost of operations', () => {
  let router: RunningRouter;
  beforeAll(async () => {
    router = await startRouterWithDoubles(
      { user: { Query: { viewer: () => null } } },
      { CUSTOMER_COST_PER_MINUTE: '10', CLIENT_COST_PER_MINUTE: '5' },
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

  test('is counted for each API client, apart from its customer', async () => {
    const [bob, first, second] = [
      await router.issuer.authorization({ userId: 'bob' }),
      await router.issuer.authorization({ userId: 'bob', clientId: 'first' }),
      await router.issuer.authorization({ userId: 'bob', clientId: 'second' }),
    ];
    const ask = async (authorization: string) =>
      (await router.ask('{ viewer { id } }', { headers: { authorization } })).status;
    const statuses: number[] = [];
    for (let time = 0; time < 6; time += 1) statuses.push(await ask(first));

    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect([await ask(second), await ask(bob)]).toEqual([200, 200]);
  });

  test('is counted for the address of an unauthenticated caller', async () => {
    const statuses = [];
    for (let time = 0; time < 11; time += 1) statuses.push((await router.ask('{ viewer { id } }')).status);

    expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
  });

  test('is counted for the console too', async () => {
    const authorization = await router.issuer.authorization({ userId: 'eva' });
    const answer = await router.request('/statements/1.csv', { headers: { authorization } });

    expect(answer).toMatchObject(refused);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

test('nothing is counted if RATE_LIMITS is false', async () => {
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
