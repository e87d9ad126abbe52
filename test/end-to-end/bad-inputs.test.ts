import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { newKey } from '#test/factories.ts';
import { graphql } from '#test/graphql.ts';
import { sharedSystem, type SystemAddresses } from '#test/system.ts';
import { until } from '#test/until.ts';

/** Bad inputs through the router: each gets its code and its field, and changes nothing. */

let system: SystemAddresses;
let ada: Customer;
let accounts: Accounts;

type Accounts = Record<'USD' | 'EUR' | 'CNY', { readonly id: string; readonly number: string }>;

beforeAll(async () => {
  system = await sharedSystem();
  ada = await registerCustomer(system.url);
  await ada.deposit('50.00', 'CNY');
  accounts = await accountsOf(ada);
});

async function accountsOf(customer: Customer): Promise<Accounts> {
  const [USD, EUR, CNY] = [await customer.account('USD'), await customer.account('EUR'), await customer.account('CNY')];
  return { USD, EUR, CNY };
}

const inputTypes = {
  deposit: 'DepositInput',
  withdraw: 'WithdrawInput',
  transfer: 'TransferInput',
  quoteTransfer: 'TransferQuoteInput',
  placeOrder: 'PlaceOrderInput',
} as const;
type Mutation = keyof typeof inputTypes;
const mutations = Object.keys(inputTypes) as Mutation[];

interface Refused {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
}

const documentOf = (mutation: Mutation) =>
  `mutation ($input: ${inputTypes[mutation]}!) { ${mutation}(input: $input) { userErrors { code message field } } }`;

const amountField = (mutation: Mutation) => (mutation === 'placeOrder' ? 'unitPrice' : 'amount');

/** A valid input; the tests replace one part of it with an invalid value. */
function goodInput(mutation: Mutation, { USD, EUR } = accounts): Record<string, unknown> {
  const amount = { amount: '1.00', currency: 'USD' };
  const idempotencyKey = newKey();
  const inputs: Record<Mutation, Record<string, unknown>> = {
    deposit: { accountId: USD.id, amount, idempotencyKey },
    withdraw: { accountId: USD.id, amount, idempotencyKey },
    transfer: { fromAccountId: USD.id, toAccountId: EUR.id, amount, idempotencyKey },
    quoteTransfer: { fromAccountId: USD.id, toAccountId: EUR.id, amount },
    placeOrder: { productId: 'book', unitPrice: amount, quantity: 1, idempotencyKey },
  };
  return inputs[mutation];
}

async function sendMutation(mutation: Mutation, input: object) {
  return await graphql<Record<string, { userErrors: Refused[] }>>(system.url, {
    query: documentOf(mutation),
    variables: { input },
    token: ada.token,
  });
}

/** The state that bad input must not change. */
async function state() {
  return await ada.request(`{
    viewer {
      accounts { balance { amount } entries(first: 1) { nodes { sequence } } }
      orders { totalCount }
      transactions { totalCount }
      notifications { totalCount }
    }
  }`);
}

/** Runs work, and expects it to change nothing. */
async function unchanged(work: () => Promise<unknown>): Promise<void> {
  const before = await state();
  await work();
  expect(await state()).toEqual(before);
}

async function expectRefused(mutation: Mutation, changes: object, code: string, field: string[]): Promise<void> {
  const answer = await sendMutation(mutation, { ...goodInput(mutation), ...changes });
  expect(answer).toMatchObject({ status: 200, data: { [mutation]: { userErrors: [{ code, field }] } } });
  expect(answer.errors).toBeUndefined();
  expectNothingInternal(answer);
}

async function expectRejected(query: string, variables: object = {}, code = 'BAD_USER_INPUT'): Promise<void> {
  const answer = await graphql(system.url, { query, variables, token: ada.token });
  expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual([code]);
  expect(Object.values(answer.data ?? {}).filter((value) => value !== null)).toEqual([]);
  expectNothingInternal(answer);
}

function expectNothingInternal(answer: object): void {
  expect(JSON.stringify(answer)).not.toMatch(
    /127\.0\.0\.1|localhost|node_modules|\.ts\b|stack|select |insert |postgres|subgraph|relation|syntax error at/i,
  );
}

describe('an amount', () => {
  const invalidAmounts: readonly [what: string, amount: unknown][] = [
    ['"0"', '0'],
    ['"0.00"', '0.00'],
    ['0', 0],
    ['"-1"', '-1'],
    ['-1', -1],
    ['"1.505"', '1.505'],
    ['"1.000"', '1.000'],
    ['40 digits', '1'.repeat(40)],
    ['40 decimal places', `0.${'1'.repeat(40)}`],
    ['more than the largest amount', '1000000000.01'],
  ];
  test.each(invalidAmounts)('of %s gets INVALID_AMOUNT from every mutation', async (_what, amount) => {
    await unchanged(async () => {
      for (const mutation of mutations) {
        const field = amountField(mutation);
        await expectRefused(mutation, { [field]: { amount, currency: 'USD' } }, 'INVALID_AMOUNT', ['input', field]);
      }
    });
  });

  const misspelt = '1e3 NaN Infinity ٣ +1 01 1,5 0x1'.split(' ');
  const unreadable: readonly unknown[] = [1.5, 1e21, true, [], {}, '', ' ', '1 ', '1'.repeat(101), ...misspelt];
  test.each(unreadable.map((amount) => ({ amount })))(
    'of $amount gets BAD_USER_INPUT from every mutation, in a variable and in the document',
    async ({ amount }) => {
      await unchanged(async () => {
        for (const mutation of mutations) {
          const input = { ...goodInput(mutation), [amountField(mutation)]: { amount, currency: 'USD' } };
          await expectRejected(documentOf(mutation), { input });
          if (mutation === 'placeOrder') await expectRejected(inlined(mutation, input));
        }
      });
    },
  );

  const depositOf = (amount: string) => `mutation {
    deposit(input: {
      accountId: "${accounts.USD.id}", amount: { amount: ${amount}, currency: USD }, idempotencyKey: "${newKey()}"
    }) { userErrors { code } }
  }`;

  // Some of these literals are numbers that the gateway would forward as a different number.
  test.each(['1.5', '1.0', '1e3', '1E400', '1'.repeat(40), '9007199254740993', 'true', 'CASH', '[1]', '{ a: 1 }'])(
    'of the literal %s gets BAD_USER_INPUT',
    async (amount) => {
      await unchanged(async () => await expectRejected(depositOf(amount)));
    },
  );

  test('of the literal null makes the query invalid', async () => {
    await unchanged(async () => await expectRejected(depositOf('null'), {}, 'GRAPHQL_VALIDATION_FAILED'));
  });

  test.each(['1.0', '1e3', '9007199254740993'])('of the default value %s gets BAD_USER_INPUT', async (amount) => {
    await expectRejected(`query ($least: Decimal = ${amount}) {
      viewer { transactions(filter: { minAmount: $least }) { totalCount } }
    }`);
  });

  test('of an integer literal is accepted', async () => {
    const bob = await registerCustomer(system.url, 'Bob');
    const { id } = await bob.account('USD');
    const query = depositOf('7').replace(accounts.USD.id, id);
    expect(await bob.request(query)).toEqual({ deposit: { userErrors: [] } });
    expect(await bob.balance()).toBe('107.00');
  });

  const aboveBalance = { amount: { amount: '100.01', currency: 'USD' } };
  test.each(['withdraw', 'transfer'] as const)(
    'above the balance gets INSUFFICIENT_FUNDS from %s',
    async (mutation) => {
      await unchanged(
        async () => await expectRefused(mutation, aboveBalance, 'INSUFFICIENT_FUNDS', ['input', 'amount']),
      );
    },
  );

  test.each(['deposit', 'withdraw', 'transfer', 'quoteTransfer'] as const)(
    'in another currency than the account gets CURRENCY_MISMATCH from %s',
    async (mutation) => {
      const changes = { amount: { amount: '1.00', currency: 'EUR' } };
      await unchanged(
        async () => await expectRefused(mutation, changes, 'CURRENCY_MISMATCH', ['input', 'amount', 'currency']),
      );
    },
  );

  test.each(mutations)('in an unknown currency gets BAD_USER_INPUT from %s', async (mutation) => {
    const input = { ...goodInput(mutation), [amountField(mutation)]: { amount: '1.00', currency: 'XXX' } };
    await unchanged(async () => await expectRejected(documentOf(mutation), { input }));
  });
});

describe.each(['transfer', 'quoteTransfer'] as const)('%s', (mutation) => {
  test('to the same account gets SAME_ACCOUNT, by id and by number', async () => {
    await unchanged(async () => {
      for (const toAccountId of [accounts.USD.id, accounts.USD.id.toUpperCase(), accounts.USD.number]) {
        await expectRefused(mutation, { toAccountId }, 'SAME_ACCOUNT', ['input', 'toAccountId']);
      }
    });
  });

  test('whose received amount rounds to zero gets INVALID_AMOUNT', async () => {
    const changes = {
      fromAccountId: accounts.CNY.id,
      toAccountId: accounts.USD.id,
      amount: { amount: '0.01', currency: 'CNY' },
    };
    await unchanged(async () => await expectRefused(mutation, changes, 'INVALID_AMOUNT', ['input', 'amount']));
  });

  test('to or from an unknown account gets NOT_FOUND', async () => {
    await unchanged(async () => {
      for (const id of [randomUUID(), '12345678', 'no id', '', "' or 1=1 --"]) {
        await expectRefused(mutation, { toAccountId: id }, 'NOT_FOUND', ['input', 'toAccountId']);
        await expectRefused(mutation, { fromAccountId: id }, 'NOT_FOUND', ['input', 'fromAccountId']);
      }
    });
  });
});

describe('an order', () => {
  const refused: readonly [what: string, changes: object, code: string, field: string][] = [
    ['of quantity 0', { quantity: 0 }, 'INVALID_QUANTITY', 'quantity'],
    ['of quantity -1', { quantity: -1 }, 'INVALID_QUANTITY', 'quantity'],
    ['of quantity 10^9', { quantity: 1_000_000_000 }, 'INVALID_QUANTITY', 'quantity'],
    ['of no product', { productId: '' }, 'INVALID_PRODUCT', 'productId'],
    ['of a blank product', { productId: ' ' }, 'INVALID_PRODUCT', 'productId'],
    [
      'with a total above the largest amount',
      { unitPrice: { amount: '1000.01', currency: 'USD' }, quantity: 1_000_000 },
      'INVALID_AMOUNT',
      'unitPrice',
    ],
  ];
  test.each(refused)('%s is refused', async (_what, changes, code, field) => {
    await unchanged(async () => await expectRefused('placeOrder', changes, code, ['input', field]));
  });

  test.each([1.5, '1', 10_000_000_000, null, true])('of quantity %p is BAD_USER_INPUT', async (quantity) => {
    const input = { ...goodInput('placeOrder'), quantity };
    await unchanged(async () => await expectRejected(documentOf('placeOrder'), { input }));
  });

  test('above the balance is REJECTED, the customer is notified, and nothing is debited', async () => {
    const eve = await registerCustomer(system.url, 'Eve');
    const { order } = await eve.placeOrder({ unitPrice: '100.01' });
    const { viewer } = await until('the message', async () => {
      const answer = await eve.request<{ viewer: { notifications: { nodes: { kind: string }[] } } }>(
        '{ viewer { notifications { nodes { kind } } } }',
      );
      return answer.viewer.notifications.nodes.length > 0 ? answer : null;
    });
    expect(viewer.notifications.nodes).toEqual([{ kind: 'ORDER_REJECTED' }]);
    expect(await eve.order(order!.id)).toMatchObject({ status: 'REJECTED', rejectionReason: 'INSUFFICIENT_FUNDS' });
    expect(await eve.balance()).toBe('100.00');
  });
});

describe('an idempotency key', () => {
  const keyed = ['deposit', 'withdraw', 'transfer', 'placeOrder'] as const;
  const made = {
    deposit: 'transaction',
    withdraw: 'transaction',
    transfer: 'transaction',
    placeOrder: 'order',
  } as const;

  const idOf = async (customer: Customer, mutation: (typeof keyed)[number], input: object): Promise<string> => {
    const answer = await customer.request<Record<string, Record<string, { id: string } | null>>>(
      `mutation ($input: ${inputTypes[mutation]}!) { ${mutation}(input: $input) { ${made[mutation]} { id } } }`,
      { input },
    );
    return answer[mutation]![made[mutation]]!.id;
  };

  describe.each(keyed)('of %s', (mutation) => {
    test.each([
      ['empty', ''],
      ['of 256 characters', 'k'.repeat(256)],
    ])('that is %s is INVALID_IDEMPOTENCY_KEY', async (_what, idempotencyKey) => {
      const field = ['input', 'idempotencyKey'];
      await unchanged(async () => await expectRefused(mutation, { idempotencyKey }, 'INVALID_IDEMPOTENCY_KEY', field));
    });

    test('has one effect, 64 times at once and later, and its own for another customer', async () => {
      const [bob, eve] = [await registerCustomer(system.url, 'Bob'), await registerCustomer(system.url, 'Eve')];
      const input = goodInput(mutation, await accountsOf(bob));
      const ids = await Promise.all(Array.from({ length: 64 }, async () => await idOf(bob, mutation, input)));
      expect(new Set([...ids, await idOf(bob, mutation, input)]).size).toBe(1);
      const evesInput = { ...goodInput(mutation, await accountsOf(eve)), idempotencyKey: input['idempotencyKey'] };
      expect(await idOf(eve, mutation, evesInput)).not.toBe(ids[0]);
      const changed = mutation === 'deposit' ? '101.00' : '99.00';
      await until('the debit of an order', async () => (await bob.balance()) === changed);
      expect(await bob.balance()).toBe(changed);
    });

    test('with another input is IDEMPOTENCY_KEY_REUSED', async () => {
      const bob = await registerCustomer(system.url, 'Bob');
      const input = goodInput(mutation, await accountsOf(bob));
      await idOf(bob, mutation, input);
      const changed = { ...input, [amountField(mutation)]: { amount: '2.00', currency: 'USD' } };
      const answer = await bob.request(documentOf(mutation), { input: changed });
      expect(answer).toMatchObject({
        [mutation]: { userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] }] },
      });
    });
  });
});

describe('text', () => {
  const nul = 'a\0b';
  const half = 'a\ud800b';

  test.each([
    ['NUL', nul],
    ['half of a surrogate pair', half],
    ['the other half of a surrogate pair', 'a\udc00b'],
  ])('with %s in a variable is BAD_USER_INPUT, wherever it stands', async (_what, text) => {
    await unchanged(async () => {
      for (const field of ['productId', 'idempotencyKey']) {
        await expectRejected(documentOf('placeOrder'), { input: { ...goodInput('placeOrder'), [field]: text } });
      }
      await expectRejected(documentOf('transfer'), { input: { ...goodInput('transfer'), description: text } });
      await expectRejected('query ($id: ID!) { order(id: $id) { id } }', { id: text });
      await expectRejected('query ($id: ID!) { account(id: $id) { id } }', { id: text });
      const register = 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }';
      const person = { email: `${randomUUID()}@example.com`, name: 'Ada', password: 'correct horse battery staple' };
      for (const field of ['email', 'name', 'password']) {
        await expectRejected(register, { input: { ...person, [field]: text } });
      }
    });
  });

  test('with NUL in a literal is BAD_USER_INPUT', async () => {
    await expectRejected(`{ order(id: "a\\u0000b") { id } }`, {});
    await expectRejected(inlined('placeOrder', { ...goodInput('placeOrder'), productId: nul }), {});
  });

  test('with half of a surrogate pair in a literal makes the query invalid', async () => {
    await expectRejected(`{ order(id: "a\\uD800b") { id } }`, {}, 'GRAPHQL_PARSE_FAILED');
    await expectRejected(`{ order(id: "${half}") { id } }`, {}, 'GRAPHQL_PARSE_FAILED');
  });

  const hostileTexts = [
    `Robert'); drop table users; --`,
    `<script>alert("x")</script>`,
    `<img src=x onerror=alert(1)>&amp;`,
    `{{7*7}} \${7*7} %00 %s \\ \\u0000 "`,
    `\u202Eevil\u202C 🏴‍☠️ 名前 e\u0301`,
  ];
  test.each(hostileTexts)(
    'with a special meaning in other languages is stored and returned unchanged: %s',
    async (text) => {
      const bob = await registerCustomer(system.url, 'Bob');
      const { updateProfile } = await bob.request<{ updateProfile: object }>(
        'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { name } userErrors { code } } }',
        { input: { name: text } },
      );
      expect(updateProfile).toEqual({ user: { name: text }, userErrors: [] });
      const [dollars, euros] = [await bob.account('USD'), await bob.account('EUR')];
      await bob.request(documentOf('transfer'), {
        input: {
          fromAccountId: dollars.id,
          toAccountId: euros.id,
          amount: { amount: '1.00', currency: 'USD' },
          description: text,
          idempotencyKey: text,
        },
      });
      await bob.placeOrder({ unitPrice: '1.00', productId: text });
      const { viewer } = await bob.request<{ viewer: object }>(
        `query ($product: ID!) { viewer {
        name
        transactions(filter: { kinds: [TRANSFER] }) { nodes { description } }
        orders(filter: { productIds: [$product] }) { nodes { productId } }
      } }`,
        { product: text },
      );
      expect(viewer).toEqual({
        name: text,
        transactions: { nodes: [{ description: text }] },
        orders: { nodes: [{ productId: text }] },
      });
    },
  );

  const registration =
    'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code field } } }';
  const newPerson = () => ({
    email: `${randomUUID()}@example.com`,
    name: 'Ada',
    password: 'correct horse battery staple',
  });

  test('a name of 1 MB is PAYLOAD_TOO_LARGE, one of 90 kB is INVALID_NAME', async () => {
    const register = async (name: string) =>
      await graphql(system.url, { query: registration, variables: { input: { ...newPerson(), name } } });
    expect(await register('x'.repeat(1_000_000))).toMatchObject({
      status: 413,
      errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }],
    });
    expect(await register('x'.repeat(90_000))).toMatchObject({
      status: 200,
      data: { register: { user: null, userErrors: [{ code: 'INVALID_NAME', field: ['input', 'name'] }] } },
    });
  });

  test.each<[what: string, spell: (email: string) => string]>([
    ['case', (email) => email.toUpperCase()],
    ['space around it', (email) => ` ${email} `],
    ['width', (email) => email.replace('wide', 'ｗｉｄｅ')],
    ['composition', (email) => email.normalize('NFD')],
    ['ligatures', (email) => email.replace('fi', 'ﬁ')],
  ])('an email that differs in %s only is EMAIL_TAKEN', async (_what, spell) => {
    const email = `wide.é.fi.${randomUUID()}@example.com`;
    const register = async (email: string) =>
      await graphql<{ register: object }>(system.url, {
        query: registration,
        variables: { input: { ...newPerson(), email } },
      });
    expect(await register(email)).toMatchObject({ data: { register: { userErrors: [] } } });
    expect(spell(email)).not.toBe(email);
    expect(await register(spell(email))).toMatchObject({
      data: { register: { user: null, userErrors: [{ code: 'EMAIL_TAKEN', field: ['input', 'email'] }] } },
    });
  });
});

describe('a list', () => {
  const lists = ['orders', 'transactions', 'notifications'] as const;
  const read = (list: string) =>
    `query ($first: Int, $after: String) { viewer { ${list}(first: $first, after: $after) { nodes { id } pageInfo { endCursor } } } }`;

  /** Expects the list to be null and the rest of the answer to be complete. */
  async function expectNoList(list: string, variables: object): Promise<void> {
    const answer = await graphql<{ viewer: object }>(system.url, { query: read(list), variables, token: ada.token });
    expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    expect(answer.data).toEqual({ viewer: { [list]: null } });
    expectNothingInternal(answer);
  }

  test.each(lists.flatMap((list) => [0, -1, 101, 100_000_000].map((first) => [list, first] as const)))(
    '%s(first: %d) is BAD_USER_INPUT',
    async (list, first) => {
      await expectNoList(list, { first });
    },
  );

  test.each(lists)('%s(after:) accepts only its own cursors', async (list) => {
    const bob = await registerCustomer(system.url, 'Bob');
    const { order } = await bob.placeOrder({ unitPrice: '1.00' });
    await until('the message', async () => {
      const answer = await bob.request<{ order: { notifications: object[] } }>(
        'query ($id: ID!) { order(id: $id) { notifications { id } } }',
        { id: order!.id },
      );
      return answer.order.notifications.length > 0;
    });
    for (const other of lists.filter((other) => other !== list)) {
      const { viewer } = await bob.request<{ viewer: Record<string, { pageInfo: { endCursor: string } }> }>(
        read(other),
      );
      await expectNoList(list, { after: viewer[other]!.pageInfo.endCursor });
    }
    for (const after of ['', 'x', '%00', "' or true --"]) await expectNoList(list, { after });
  });
});

/** A document with the input as literals. */
function inlined(mutation: Mutation, input: object): string {
  return `mutation { ${mutation}(input: ${literal(input)}) { userErrors { code } } }`;
}

function literal(value: unknown, name?: string): string {
  if (name === 'currency') return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => literal(item)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, field]) => `${name}: ${literal(field, name)}`)
    .join(', ')} }`;
}
