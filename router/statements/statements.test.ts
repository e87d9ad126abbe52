import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parseCsv } from '#test/csv.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import { until } from '#test/until.ts';
import { entriesOfPage } from './account-statement.ts';
import { layoutCost } from './pdf-receipt.ts';

/** The entries that the account has, and what reading a page of them waits for. */
let entries = 0;
let gate: Promise<void> = Promise.resolve();
let reading = 0;

interface PageArguments {
  readonly first: number;
  readonly after?: string | null;
  readonly orderBy: 'ASC' | 'DESC';
}

const billing = {
  Query: {
    account: () => ({ id: 'account', number: '427193058646', currency: 'USD' }),
    transaction: async () => {
      reading += 1;
      await gate;
      return entry(1).transaction;
    },
  },
  Account: {
    entries: async (_account: unknown, { first, after, orderBy }: PageArguments) => {
      reading += 1;
      await gate;
      const from = orderBy === 'DESC' ? entries - 1 : Number(after ?? 0);
      const count = Math.max(0, Math.min(first, entries - from));
      const nodes = Array.from({ length: count }, (_, place) => entry(from + place + 1));
      return {
        nodes,
        pageInfo: { endCursor: String(from + count), hasNextPage: from + count < entries, hasPreviousPage: false },
        openingBalance: { amount: '0.00', currency: 'USD' },
      };
    },
  },
};

function entry(sequence: number) {
  const amount = { amount: '1.00', currency: 'USD' };
  const createdAt = new Date(1_770_000_000_000 + sequence);
  return {
    sequence,
    direction: 'CREDIT',
    amount,
    balanceAfter: { amount: `${sequence}.00`, currency: 'USD' },
    createdAt,
    transaction: {
      id: String(sequence),
      receiptNumber: '01KBC4A1B2C3D4E5F6G7H8J9K0',
      kind: 'DEPOSIT',
      amount,
      createdAt,
      description: ';=1+1;',
    },
  };
}

async function startRouter(settings: NodeJS.ProcessEnv): Promise<RunningRouter> {
  return await startRouterWithDoubles({ billing }, settings);
}

let router: RunningRouter;
const download = async (userId: string, query = '', signal: AbortSignal | null = null, format = 'csv') =>
  await get(userId, `account.${format}${query}`, signal);
const receipt = async (userId: string) => await get(userId, 'receipts/01KBC4A1B2C3D4E5F6G7H8J9K0.pdf');
const get = async (userId: string, path: string, signal: AbortSignal | null = null) =>
  await router.request(`/statements/${path}`, {
    headers: { authorization: await router.issuer.authorization({ userId }) },
    signal,
  });

beforeEach(() => {
  entries = 0;
  gate = Promise.resolve();
  reading = 0;
});

describe('a statement', () => {
  beforeAll(async () => {
    router = await startRouter({});
  });
  afterAll(async () => await router.stop());

  test('is the whole account, with a byte order mark and a balance at both ends, over several pages', async () => {
    entries = 2 * entriesOfPage + 1;
    const { status, text, headers } = await download('ada');
    const [header, opening, ...rows] = parseCsv(text);
    const closing = rows.pop()!;

    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(header!.slice(0, 6)).toEqual(['sequence', 'time', 'kind', 'amount', 'balance after', 'currency']);
    expect(opening!.slice(0, 6)).toEqual(['', '', 'OPENING_BALANCE', '', '0.00', 'USD']);
    expect(rows.map(([sequence]) => Number(sequence))).toEqual(
      Array.from({ length: entries }, (_, place) => place + 1),
    );
    expect(rows[0]![8]).toBe(";'=1+1;");
    expect(closing.slice(2, 6)).toEqual(['CLOSING_BALANCE', '', `${entries}.00`, 'USD']);
  });

  test('starts with the bytes of a UTF-8 byte order mark', async () => {
    const authorization = await router.issuer.authorization({ userId: 'ada' });
    const response = await fetch(`${router.origin}/statements/account.csv`, { headers: { authorization } });

    expect([...new Uint8Array(await response.arrayBuffer())].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
  });

  test.each([
    ['', /^statement-427193058646-until-\d{4}-\d\d-\d\d\.csv$/],
    [
      '?from=2026-01-01T00:00:00Z&to=2026-01-31T23:59:59.999Z',
      'statement-427193058646-from-2026-01-01-until-2026-01-31.csv',
    ],
    ['?from=2026-01-01T00:00:00%2B01:00', /^statement-427193058646-from-2026-01-01-until-/],
    [
      '?from=2026-01-01t12:30:00z&to=2026-01-02t00:00:00z',
      'statement-427193058646-from-2026-01-01T123000-until-2026-01-02T000000.csv',
    ],
  ])('of %j is named after the account and the period', async (query, name) => {
    const { headers } = await download('ada', query);

    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
    expect(headers.get('content-disposition')!.slice(22, -1)).toMatch(name);
  });

  test.each([
    'from=2026-01-01t00:00:00z',
    'from=2026-01-01T00:00:00.5-11:30',
    'to=2026-01-01T00:00:00%2b05:45',
    'from=2024-02-29T23:59:59.123456789Z',
  ])('may begin or end at any time that the graph takes: %s', async (query) => {
    expect((await download('ada', `?${query}`)).status).toBe(200);
  });

  test.each([
    ['from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', /"from" must not be after "to"/],
    ['from=2026-01-01T00:00:00.001Z&to=2026-01-01T01:00:00%2B01:00', /"from" must not be after "to"/],
    ['from=2026-01-01', /"from" must be a time/],
    ['from=2999-01-01T00:00:00Z', /"from" must not be in the future/],
    ['to=2026-02-30T00:00:00Z', /"to" must be a time/],
    ['to=2026-01-01T00:00:00+01:00', /%2B/],
    ['from=', /"from" must be a time/],
    ['until=2026-01-01T00:00:00Z', /"from" and "to"/],
  ])('is refused where it is %s, naming the parameters', async (query, message) => {
    expect(await download('ada', `?${query}`)).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test('is refused if a parameter is repeated', async () => {
    expect(await download('ada', '?from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z')).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining('a repeated parameter'), extensions: { code: 'BAD_REQUEST' } }],
    });
  });
});

describe('the cost of a statement', () => {
  const pageCost = 820;
  beforeAll(async () => {
    router = await startRouter({ CUSTOMER_COST_PER_MINUTE: '5000' });
  });
  afterAll(async () => await router.stop());

  test('is the sum of all its pages', async () => {
    entries = 3 * entriesOfPage;
    const { headers } = await download('ada');
    const left = Number(/"cost";r=(\d+)/.exec(headers.get('ratelimit')!)![1]);

    expect(5_000 - left).toBeGreaterThan(3 * pageCost);
    expect(5_000 - left).toBeLessThan(4 * pageCost);
  });

  test('is charged before the first page is sent; a refusal charges nothing else', async () => {
    entries = 4 * entriesOfPage;
    const [first, second] = [await download('bob'), await download('bob')];
    entries = 1;
    const short = await download('bob');

    expect([first.status, second.status, short.status]).toEqual([200, 429, 200]);
    expect(second.errors![0]!.extensions.code).toBe('RATE_LIMITED');
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test.each([
    ['the limit of a minute', 'csv', 50 * entriesOfPage, /^This statement has more than \d+ entries/],
    ['what laying it out may take', 'pdf', 10_001, /^This format takes at most 10000 entries/],
  ])('above %s is refused without a time to wait', async (_limit, format, count, message) => {
    entries = count;
    const { status, errors } = await download('cleo', '', null, format);

    expect([status, errors![0]!.message]).toEqual([400, expect.stringMatching(message)]);
  });
});

describe('concurrent statements', () => {
  let open: (() => void) | undefined;
  const close = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    open = resolve;
  };
  beforeAll(async () => {
    router = await startRouter({ STATEMENTS_PER_CUSTOMER: '2', STATEMENTS_AT_ONCE: '3' });
  });
  afterEach(() => open?.());
  afterAll(async () => await router.stop());

  const toBeRead = async (count: number) => await until('the statements to be read', () => reading >= 2 * count);

  test('are limited per customer and in total, with Retry-After', async () => {
    close();
    const begun = [download('ada'), download('ada'), download('bob')];
    await toBeRead(3);
    const together = await download('cleo');
    open!();
    expect((await Promise.all(begun)).map(({ status }) => status)).toEqual([200, 200, 200]);

    close();
    reading = 0;
    const hers = [download('ada'), download('ada')];
    await toBeRead(2);
    const third = await download('ada');
    open!();
    await Promise.all(hers);

    expect([together.status, together.errors![0]!.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect([third.status, third.errors![0]!.extensions.code]).toEqual([429, 'RATE_LIMITED']);
    expect([together, third].map(({ headers }) => headers.get('retry-after'))).toEqual(['5', '5']);
    await until('a turn', async () => (await download('ada')).status === 200);
  });

  test('share their limits with receipts, which cost too', async () => {
    close();
    const hers = [receipt('dora'), receipt('dora')];
    await until('the receipts to be read', () => reading >= 2);
    const third = await receipt('dora');
    open!();
    const [first] = await Promise.all(hers);
    const left = await receipt('dora');
    const leftOf = (answer: typeof left) => Number(/"cost";r=(\d+)/.exec(answer.headers.get('ratelimit')!)![1]);

    expect([first!.status, third.status, third.headers.get('retry-after')]).toEqual([200, 429, '5']);
    expect(leftOf(first!) - leftOf(left)).toBeGreaterThan(layoutCost);
  });

  test('release their turns when the client disconnects or the request is refused', async () => {
    for (let time = 0; time < 5; time += 1) expect((await download('ada', '?from=never')).status).toBe(400);
    close();
    const leaving = new AbortController();
    const left = [download('ada', '', leaving.signal), download('ada', '', leaving.signal)];
    await toBeRead(2);
    leaving.abort();
    await Promise.allSettled(left);
    open!();

    await until('a turn', async () => (await download('ada')).status === 200);
  });
});

test('a client that disconnects during the token check takes no turn', async () => {
  router = await startRouter({ STATEMENTS_AT_ONCE: '1' });
  try {
    const { promise: keysAreThere, resolve: publish } = Promise.withResolvers<void>();
    router.issuer.publishAfter(keysAreThere);
    const leaving = new AbortController();
    const left = Array.from({ length: 3 }, () => download('ada', '', leaving.signal));
    await until('the keys to be asked for', () => router.issuer.asked() > 0);
    leaving.abort();
    await Promise.allSettled(left);
    publish();

    expect((await download('bob')).status).toBe(200);
  } finally {
    await router.stop();
  }
});
