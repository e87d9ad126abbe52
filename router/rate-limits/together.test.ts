import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLog } from '#platform/telemetry/log.ts';
import { type CountingServer, countingServers } from '#test/counting-servers.ts';
import { warnWithoutRedis } from '#test/queue-servers.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import { until } from '#test/until.ts';
import { readConfig } from '../config.ts';
import { openSharedStore } from './shared-store.ts';
import { createSignInAllowance } from './sign-in-allowance.ts';

warnWithoutRedis();

const login = 'mutation { login(input: { email: "a@example.com", password: "a guess" }) { accessToken } }';
const hundredOrders = '{ viewer { orders(first: 100) { nodes { id } } } }';

const signInLimit = 2;
/** How often they may be asked for. */
const ordersLimit = 50;

const blocksS = [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600];

/** One that nobody has asked from yet, in an earlier run either. */
const newAddress = () => `10.${[...randomBytes(3)].join('.')}`;

describe.each(countingServers)('routers that count on %s', (_name, startServer) => {
  let server: CountingServer;
  let routers: readonly [RunningRouter, RunningRouter];

  beforeAll(async () => {
    server = await startServer();
    const start = async () =>
      await startRouterWithDoubles(
        { user: { Query: { viewer: () => null }, Mutation: { login: () => ({ accessToken: null, userErrors: [] }) } } },
        {
          ...server.settings,
          SIGN_IN_LIMIT: String(signInLimit),
          CUSTOMER_COST_PER_MINUTE: String(ordersLimit * 102),
          TRUSTED_PROXIES: '1',
        },
      );
    routers = [await start(), await start()];
  });
  afterAll(async () => {
    await Promise.all(routers.map(async (router) => await router.stop()));
    await server.stop();
  });

  const signIn = async (router: RunningRouter, address: string) =>
    await router.ask(login, { headers: { 'x-forwarded-for': address } });

  /** How often an address may sign in, by turns at these routers. */
  const signInsAt = async (asked: readonly RunningRouter[], address = newAddress()) =>
    await timesUntilRefused(async (time) => (await signIn(asked[time % asked.length]!, address)).status);

  /** How often a new customer may ask for orders, by turns at these routers. */
  const ordersAt = async (asked: readonly RunningRouter[]) => {
    const userId = randomUUID();
    return await timesUntilRefused(async (time) => {
      const { ask, issuer } = asked[time % asked.length]!;
      return (await ask(hundredOrders, { headers: { authorization: await issuer.authorization({ userId }) } })).status;
    });
  };

  test('share the limit of an address’s sign-ins', async () => {
    expect(await atMost(signInLimit, async () => await signInsAt(routers))).toBe(signInLimit);
  });

  test('share the limit of a customer’s cost, with a small tolerance', async () => {
    expect(await atMost(ordersLimit + 2, async () => await ordersAt(routers))).toBeGreaterThanOrEqual(ordersLimit);
  });

  test('refuse an address at every router, for longer each time, up to an hour', async () => {
    const store = openSharedStore(readConfig(server.settings), createLog('test', 'silent'))!;
    const rule = { name: 'sign-ins', points: 1, windowS: 600 };
    const waits = await until('all of the refusals in a row, together', async () => {
      const address = newAddress();
      const waitsS = [];
      while (waitsS.length < blocksS.length) {
        // A router's that has never heard of the address, in place of one for whom time would have to pass.
        const { spend } = createSignInAllowance(rule, store);
        await server.expire(`rate-limits:sign-ins:${address}`);
        await spend(address, 1);
        waitsS.push((await spend(address, 1)).waitS);
      }
      return isDeepStrictEqual(waitsS, blocksS) && waitsS;
    });
    await store.close();

    expect(waits).toEqual(blocksS);
  });

  test('keep no email address, and no key for longer than a day', async () => {
    await until('something to be kept', async () => {
      await signInsAt(routers);
      return (await server.kept()).length > 0;
    });

    for (const { key, forMs } of await server.kept()) {
      expect(key).toMatch(/^rate-limits:(?:sign-ins(?:-blocks|-successes)?|cost):[\w.: -]+$/);
      expect(forMs).toBeLessThanOrEqual(86_400_000);
      expect(forMs).not.toBe(-1);
    }
  });

  test('count alone while it does not respond, and share counts again afterwards', async () => {
    server.network.openBlackHole();
    const address = newAddress();
    const alone = [await signInsAt([routers[0]], address), await signInsAt([routers[1]], address)];
    const orders = await ordersAt(routers);
    server.network.closeBlackHole();

    expect(alone).toEqual([signInLimit, signInLimit]);
    expect(orders).toBe(2 * ordersLimit);
    expect(await atMost(signInLimit, async () => await signInsAt(routers))).toBe(signInLimit);
    expect(await atMost(ordersLimit + 2, async () => await ordersAt(routers))).toBeGreaterThanOrEqual(ordersLimit);
  });
});

/** Routers that count alone would let twice as much through; they do so while the machine is too slow for them. */
async function atMost(most: number, count: () => Promise<number>): Promise<number> {
  return await until('the routers to count together', async () => {
    const times = await count();
    return times <= most && times;
  });
}

async function timesUntilRefused(ask: (time: number) => Promise<number>): Promise<number> {
  for (let time = 0; ; time += 1) {
    const status = await ask(time);
    if (status === 429) return time;
    expect(status).toBe(200);
  }
}
