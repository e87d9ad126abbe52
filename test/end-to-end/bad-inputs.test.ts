import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { newKey } from '#test/factories.ts';
import { graphql } from '#test/graphql.ts';
import { sharedSystem, type SystemAddresses } from '#test/system.ts';
import { until } from '#test/until.ts';

/** What a client gets for bad input, through the router: its code, its field, and nothing changed. */

let system: SystemAddresses;
let ada: Customer;
let accounts: Accounts;

type Accounts = Record<'USD' | 'EUR' | 'CNY', { readonly id: string; readonly number: string }>;

beforeAll(async () => {
  system = await sharedSystem();
  ada = await registerCustomer(system.url);
  await ada.deposit('50.00', 'CNY');
  accounts = await accountsOf(ada);
}, 60_000);

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

/** An input that is good as it is, in which one thing is then made bad. */
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

async function askFor(mutation: Mutation, input: object) {
  return await graphql<Record<string, { userErrors: Refused[] }>>(system.url, {
    query: documentOf(mutation),
    variables: { input },
    token: ada.token,
  });
}

/** All that bad input must not change. */
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

/** Runs what must not change anything. */
async function unchanged(work: () => Promise<unknown>): Promise<void> {
  const before = await state();
  await work();
  expect(await state()).toEqual(before);
}

async function expectRefused(mutation: Mutation, changes: object, code: string, field: string[]): Promise<void> {
  const answer = await askFor(mutation, { ...goodInput(mutation), ...changes });
  expect(answer).toMatchObject({ status: 200, data: { [mutation]: { userErrors: [{ code, field }] } } });
  expect(answer.errors).toBeUndefined();
  expectNothingInternal(answer);
}

async function expectMisread(query: string, variables: object = {}, code = 'BAD_USER_INPUT'): Promise<void> {
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
  const wrong: readonly [what: string, amount: unknown][] = [
    ['"0"', '0'],
    ['"0.00"', '0.00'],
    ['0', 0],
    ['"-1"', '-1'],
    ['-1', -1],
    ['"1.505"', '1.505'],
    ['"1.000"', '1.000'],
    ['40 digits', '1'.repeat(40)],
    ['40 decimal places', `0.${'1'.repeat(40)}`],
    ['more than the largest', '1000000000.01'],
  ];
  test.each(wrong)('of %s is INVALID_AMOUNT to every mutation', async (_what, amount) => {
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
    'of $amount is BAD_USER_INPUT to every mutation, in a variable and in the document',
    async ({ amount }) => {
      await unchanged(async () => {
        for (const mutation of mutations) {
          const input = { ...goodInput(mutation), [amountField(mutation)]: { amount, currency: 'USD' } };
          await expectMisread(documentOf(mutation), { input });
          if (mutation === 'placeOrder') await expectMisread(inlined(mutation, input));
        }
      });
    },
  );

  const depositOf = (amount: string) => `mutation {
    deposit(input: {
      accountId: "${accounts.USD.id}", amount: { amount: ${amount}, currency: USD }, idempotencyKey: "${newKey()}"
    }) { userErrors { code } }
  }`;

  // What the gateway would hand on as another number than was written is among them.
  test.each(['1.5', '1.0', '1e3', '1E400', '1'.repeat(40), '9007199254740993', 'true', 'CASH', '[1]', '{ a: 1 }'])(
    'of the literal %s is BAD_USER_INPUT',
    async (amount) => {
      await unchanged(async () => await expectMisread(depositOf(amount)));
    },
  );

  test('of the literal null is no valid query', async () => {
    await unchanged(async () => await expectMisread(depositOf('null'), {}, 'GRAPHQL_VALIDATION_FAILED'));
  });

  test.each(['1.0', '1e3', '9007199254740993'])('of the default value %s is BAD_USER_INPUT', async (amount) => {
    await expectMisread(`query ($least: Decimal = ${amount}) {
      viewer { transactions(filter: { minAmount: $least }) { totalCount } }
    }`);
  });

  test('of an integer literal is taken as it is', async () => {
    const bob = await registerCustomer(system.url, 'Bob');
    const { id } = await bob.account('USD');
    const query = depositOf('7').replace(accounts.USD.id, id);
    expect(await bob.request(query)).toEqual({ deposit: { userErrors: [] } });
    expect(await bob.balance()).toBe('107.00');
  });

  const tooMuch = { amount: { amount: '100.01', currency: 'USD' } };
  test.each(['withdraw', 'transfer'] as const)('past the balance is INSUFFICIENT_FUNDS to %s', async (mutation) => {
    await unchanged(async () => await expectRefused(mutation, tooMuch, 'INSUFFICIENT_FUNDS', ['input', 'amount']));
  });

  test.each(['deposit', 'withdraw', 'transfer', 'quoteTransfer'] as const)(
    'in another currency than the account is CURRENCY_MISMATCH to %s',
    async (mutation) => {
      const changes = { amount: { amount: '1.00', currency: 'EUR' } };
      await unchanged(
        async () => await expectRefused(mutation, changes, 'CURRENCY_MISMATCH', ['input', 'amount', 'currency']),
      );
    },
  );

  test.each(mutations)('in a currency that does not exist is BAD_USER_INPUT to %s', async (mutation) => {
    const input = { ...goodInput(mutation), [amountField(mutation)]: { amount: '1.00', currency: 'GBP' } };
    await unchanged(async () => await expectMisread(documentOf(mutation), { input }));
  });
});

describe.each(['transfer', 'quoteTransfer'] as const)('%s', (mutation) => {
  test('to the same account is SAME_ACCOUNT, by id and by number', async () => {
    await unchanged(async () => {
      for (const toAccountId of [accounts.USD.id, accounts.USD.id.toUpperCase(), accounts.USD.number]) {
        await expectRefused(mutation, { toAccountId }, 'SAME_ACCOUNT', ['input', 'toAccountId']);
      }
    });
  });

  test('of which nothing would arrive is INVALID_AMOUNT', async () => {
    const changes = {
      fromAccountId: accounts.CNY.id,
      toAccountId: accounts.USD.id,
      amount: { amount: '0.01', currency: 'CNY' },
    };
    await unchanged(async () => await expectRefused(mutation, changes, 'INVALID_AMOUNT', ['input', 'amount']));
  });

  test('to or from an account that is not there is NOT_FOUND', async () => {
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
      'of a total past the largest amount',
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
    await unchanged(async () => await expectMisread(documentOf('placeOrder'), { input }));
  });

  test('that costs more than there is, is REJECTED and told, and nothing is debited', async () => {
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
        await expectMisread(documentOf('placeOrder'), { input: { ...goodInput('placeOrder'), [field]: text } });
      }
      await expectMisread(documentOf('transfer'), { input: { ...goodInput('transfer'), description: text } });
      await expectMisread('query ($id: ID!) { order(id: $id) { id } }', { id: text });
      await expectMisread('query ($id: ID!) { account(id: $id) { id } }', { id: text });
      const register = 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }';
      const person = { email: `${randomUUID()}@example.com`, name: 'Ada', password: 'correct horse battery staple' };
      for (const field of ['email', 'name', 'password']) {
        await expectMisread(register, { input: { ...person, [field]: text } });
      }
    });
  });

  test('with NUL in a literal is BAD_USER_INPUT', async () => {
    await expectMisread(`{ order(id: "a\\u0000b") { id } }`, {});
    await expectMisread(inlined('placeOrder', { ...goodInput('placeOrder'), productId: nul }), {});
  });

  test('with half of a surrogate pair in a literal is no query', async () => {
    await expectMisread(`{ order(id: "a\\uD800b") { id } }`, {}, 'GRAPHQL_PARSE_FAILED');
    await expectMisread(`{ order(id: "${half}") { id } }`, {}, 'GRAPHQL_PARSE_FAILED');
  });

  const strange = [
    `Robert'); drop table users; --`,
    `<script>alert("x")</script>`,
    `<img src=x onerror=alert(1)>&amp;`,
    `{{7*7}} \${7*7} %00 %s \\ \\u0000 "`,
    `\u202Eevil\u202C 🏴‍☠️ 名前 e\u0301`,
  ];
  test.each(strange)('that means something elsewhere is stored and returned as it is: %s', async (text) => {
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
  });

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

  /** The list is null; the rest of the answer is there. */
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

  test.each(lists)('%s(after:) takes no cursor but its own', async (list) => {
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

/** The same input, written into the document. */
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
