import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { connected } from '#local/connected.ts';
import type { Role } from '#platform/identity/roles.ts';
import { type Customer, registerCustomer } from './customer.ts';
import { lookingStaff } from './looking-staff.ts';
import { staffToken } from './staff.ts';
import { sharedSystem } from './shared-system.ts';
import { until } from './until.ts';

/** What staff read of a customer: only with a recorded look, and in the session of the look. */

const system = await sharedSystem();
const { olga, tokens, look, entriesWith } = await lookingStaff(system);

let ada: Customer;
let bob: Customer;
let accountNumber: string;
let orderId: string;

beforeAll(async () => {
  [ada, bob] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Bob')];
  accountNumber = (await ada.account('USD')).number;
  orderId = (await ada.placeOrder({ productId: 'tea', unitPrice: '2.50', quantity: 2 })).order!.id;
});

const keys: readonly (readonly [kind: string, key: () => object])[] = [
  ['id', () => ({ id: ada.id })],
  ['email', () => ({ email: ` ${ada.email.toUpperCase()} ` })],
  ['accountNumber', () => ({ accountNumber })],
  ['orderId', () => ({ orderId })],
];

describe.each(keys)('a look by %s', (kind, key) => {
  test('finds the customer, and is in the audit log', async () => {
    const reason = `a look ${randomUUID()}`;
    const { data, errors } = await look(key(), { reason });

    expect(errors).toBeUndefined();
    expect(data!.customer).toMatchObject({ id: ada.id });
    expect(await entriesWith(reason)).toEqual([
      {
        act: 'LOOKED_AT_CUSTOMER',
        actor: olga.email,
        actor_id: olga.id,
        customer_id: ada.id,
        subject: `customer:${ada.id}`,
        values_after: JSON.stringify({ by: kind, found: true }),
        caller: expect.stringMatching(/\d/),
      },
    ]);
  });
});

const unknownId = randomUUID();

test.each([
  ['id', unknownId, `customer:${unknownId}`],
  ['id', 'no id', 'customer:invalid'],
  ['id', 'stranger@example.org', 'customer:invalid'],
  ['accountNumber', '123456789012', 'account-number:123456789012'],
  ['accountNumber', '123456789', 'account-number:123456789'],
  ['accountNumber', '1234567890', 'account-number:invalid'],
  ['accountNumber', '+44 20 7946 0958', 'account-number:invalid'],
  ['accountNumber', 'stranger@example.org', 'account-number:invalid'],
  ['orderId', unknownId, `order:${unknownId}`],
  ['orderId', `'; --`, 'order:invalid'],
  ['orderId', 'Ada Lovelace', 'order:invalid'],
  ['email', 'stranger@example.org', 'email:s…@example.org'],
  ['email', 'Ada Lovelace', 'email:…'],
  ['email', 'stranger＠example.org', 'email:…'],
  ['email', 'stranger@example.org Ada Lovelace', 'email:…'],
  ['email', 's@', 'email:…'],
])(
  'a look by the %s %j finds no customer, and leaves no word of a stranger in the audit log',
  async (kind, value, subject) => {
    const reason = `a look ${randomUUID()}`;
    const { data, errors } = await look({ [kind]: value }, { reason });

    expect(errors).toBeUndefined();
    expect(data).toEqual({ customer: null });
    expect(await entriesWith(reason)).toMatchObject([{ customer_id: null, subject }]);
  },
);

test.each([
  ['no key', {}, 'a call', '"by"'],
  ['two keys', { id: randomUUID(), email: 'ada@example.com' }, 'a call', '"by"'],
  ['an empty key', { email: '  ' }, 'a call', '"by.email"'],
  ['a long address', { email: 'x'.repeat(90_000) }, 'a call', '"by.email"'],
  ['a long number', { accountNumber: '1'.repeat(37) }, 'a call', '"by.accountNumber"'],
  ['a short reason', { id: randomUUID() }, ' why ', '"reason"'],
  ['a long reason', { id: randomUUID() }, 'x'.repeat(501), '"reason"'],
])('a look with %s is refused with the name of the argument', async (_what, by, reason, named) => {
  const { data, errors } = await look(by, { reason });

  expect(data).toEqual({ customer: null });
  expect(errors).toMatchObject([{ message: expect.stringContaining(named), extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(await entriesWith(reason.trim())).not.toContainEqual(expect.objectContaining({ customer_id: null }));
});

test('SUPPORT sees email addresses masked, OPERATOR and AUDITOR see them whole', async () => {
  const emails = await Promise.all(
    (['SUPPORT', 'OPERATOR', 'AUDITOR'] as const).map(
      async (role) => (await look({ id: ada.id }, { token: tokens[role] })).data!.customer!.email,
    ),
  );

  expect(emails).toEqual([`${ada.email[0]}…@example.com`, ada.email, ada.email]);
});

test('a record has the profile, the sessions and the factors of the customer', async () => {
  const select =
    'name emailProved pendingEmail createdAt roles sessions { device place current } secondFactors { totp recoveryCodesLeft }';
  const { data } = await look({ id: ada.id }, { select });

  expect(data!.customer).toEqual({
    name: 'Ada',
    emailProved: true,
    pendingEmail: null,
    createdAt: expect.stringMatching(/Z$/),
    roles: [],
    sessions: [{ device: expect.any(String), place: expect.any(String), current: false }],
    secondFactors: { totp: false, recoveryCodesLeft: 0 },
  });
});

interface WholeRecord {
  readonly accounts: readonly { readonly entries: { readonly nodes: readonly EntryView[] } }[];
  readonly transactions: { readonly nodes: readonly TransactionView[] };
  readonly freezes: readonly object[];
  readonly corrections: { readonly nodes: readonly object[] };
  readonly orders: { readonly nodes: readonly object[] };
  readonly notifications: {
    readonly nodes: readonly { readonly kind: string; readonly recipient: string; readonly subject: string }[];
  };
}
interface TransactionView {
  readonly kind: string;
  readonly description: string | null;
  readonly fromAccountNumber: string | null;
  readonly toAccountNumber: string | null;
}
interface EntryView {
  readonly sequence: number;
  readonly transaction: TransactionView;
}

const page = 'pageInfo { hasNextPage }';
const transaction = `id kind amount { amount } fee { amount } received { amount }
  fromAccountNumber toAccountNumber orderId description createdAt`;
const whole = `
  accounts { id number currency status frozen balance { amount } openedAt closedAt
    entries { ${page} nodes { sequence direction amount { amount } balanceAfter { amount } createdAt
      transaction { ${transaction} } } } }
  transactions { ${page} nodes { ${transaction} } }
  freezes { id reason } corrections { nodes { id } }
  orders { ${page} nodes { id productId unitPrice { amount } quantity total { amount currency } status rejectionReason placedAt settledAt } }
  notifications { ${page} nodes { id kind recipient subject body orderId readAt sentAt createdAt } }`;

describe('the whole record', () => {
  const words = 'for the concert';
  let bobsNumber: string;
  beforeAll(async () => {
    const { viewer } = await bob.request<{ viewer: { account: { id: string; number: string } } }>(
      '{ viewer { account(currency: USD) { id number } } }',
    );
    bobsNumber = viewer.account.number;
    await bob.request(
      `mutation ($input: TransferInput!) { transfer(input: $input) { transaction { id } userErrors { code } } }`,
      {
        input: {
          fromAccountId: viewer.account.id,
          toAccountId: accountNumber,
          amount: { amount: '1.00', currency: 'USD' },
          description: words,
          idempotencyKey: randomUUID(),
        },
      },
    );
    await until('the notification of the transfer', async () => {
      const { notifications } = await read('AUDITOR');
      return notifications.nodes.some(({ kind }) => kind === 'TRANSFER_RECEIVED');
    });
  });

  const read = async (role: Role) => {
    const { data, errors } = await look({ id: ada.id }, { token: tokens[role], select: whole });
    expect(errors).toBeUndefined();
    return data!.customer as unknown as WholeRecord;
  };
  const received = ({ transactions }: WholeRecord) => transactions.nodes.find(({ kind }) => kind === 'TRANSFER')!;

  test.each(['OPERATOR', 'AUDITOR'] as const)('shows everything to %s', async (role) => {
    const record = await read(role);

    expect(received(record)).toMatchObject({
      description: words,
      fromAccountNumber: bobsNumber,
      toAccountNumber: accountNumber,
    });
    expect(record.accounts).toHaveLength(3);
    const newest = record.accounts[0]!.entries.nodes.find(({ transaction: { kind } }) => kind === 'TRANSFER');
    expect(newest!.transaction).toEqual(received(record));
    expect(record.orders.nodes).toMatchObject([{ id: orderId, productId: 'tea', total: { amount: '5.00' } }]);
    expect(record.notifications.nodes).toContainEqual(
      expect.objectContaining({ recipient: ada.email, body: expect.stringContaining(words) }),
    );
  });

  test('shows SUPPORT neither the names and words nor the whole account numbers of others', async () => {
    const record = await read('SUPPORT');

    expect(received(record)).toMatchObject({
      description: '…',
      fromAccountNumber: `…${bobsNumber.slice(-4)}`,
      toAccountNumber: accountNumber,
    });
    const text = JSON.stringify(record);
    for (const hidden of [words, bobsNumber, 'Bob', ada.email]) expect(text).not.toContain(hidden);
  });
});

test('the customer sees that staff looked, but not who or why', async () => {
  await look({ id: bob.id });
  const { viewer } = await bob.request<object & { viewer: unknown }>('{ viewer { accountAccess { nodes { act } } } }');

  expect(viewer).toEqual({ accountAccess: { nodes: [{ act: 'LOOKED_AT_CUSTOMER' }] } });
});

test('a look in a session that has ended is refused, and reads nothing', async () => {
  const token = await staffToken(system.databases.user, olga, ['AUDITOR']);
  await connected(system.databases.user, async (client) => {
    const { sid } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sid: string };
    await client.query('update sessions set ended_at = now() where id = $1', [sid]);
  });
  const { data, errors } = await look({ id: ada.id }, { token });

  expect(data).toEqual({ customer: null });
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});
