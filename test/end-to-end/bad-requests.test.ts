import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import {
  accountsOf,
  amountField,
  documentOf,
  expectRefused,
  expectRejected,
  expectUnchanged,
  type InputSender,
  inputTypes,
  registerSender,
} from './input-sender.ts';

/** Bad transfers, orders and idempotency keys through the router: each gets its code and its field, and changes nothing. */

let sender: InputSender;

beforeAll(async () => {
  sender = await registerSender();
});

describe.each(['transfer', 'quoteTransfer'] as const)('%s', (mutation) => {
  test('to the same account gets SAME_ACCOUNT, by id and by number', async () => {
    await expectUnchanged(sender, async () => {
      for (const toAccountId of [
        sender.accounts.USD.id,
        sender.accounts.USD.id.toUpperCase(),
        sender.accounts.USD.number,
      ]) {
        await expectRefused(sender, mutation, { toAccountId }, 'SAME_ACCOUNT', ['input', 'toAccountId']);
      }
    });
  });

  test('whose received amount rounds to zero gets INVALID_AMOUNT', async () => {
    const changes = {
      fromAccountId: sender.accounts.CNY.id,
      toAccountId: sender.accounts.USD.id,
      amount: { amount: '0.01', currency: 'CNY' },
    };
    await expectUnchanged(
      sender,
      async () => await expectRefused(sender, mutation, changes, 'INVALID_AMOUNT', ['input', 'amount']),
    );
  });

  test('to or from an unknown account gets NOT_FOUND', async () => {
    await expectUnchanged(sender, async () => {
      for (const id of [randomUUID(), '12345678', 'no id', '', "' or 1=1 --"]) {
        await expectRefused(sender, mutation, { toAccountId: id }, 'NOT_FOUND', ['input', 'toAccountId']);
        await expectRefused(sender, mutation, { fromAccountId: id }, 'NOT_FOUND', ['input', 'fromAccountId']);
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
    await expectUnchanged(
      sender,
      async () => await expectRefused(sender, 'placeOrder', changes, code, ['input', field]),
    );
  });

  test.each([1.5, '1', 10_000_000_000, null, true])('of quantity %p is BAD_USER_INPUT', async (quantity) => {
    const input = { ...sender.goodInput('placeOrder'), quantity };
    await expectUnchanged(sender, async () => await expectRejected(sender, documentOf('placeOrder'), { input }));
  });

  test('above the balance is REJECTED, the customer is notified, and nothing is debited', async () => {
    const eve = await registerCustomer(sender.url, 'Eve');
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
      await expectUnchanged(
        sender,
        async () => await expectRefused(sender, mutation, { idempotencyKey }, 'INVALID_IDEMPOTENCY_KEY', field),
      );
    });

    test('has one effect, 64 times at once and later, and its own for another customer', async () => {
      const [bob, eve] = [await registerCustomer(sender.url, 'Bob'), await registerCustomer(sender.url, 'Eve')];
      const input = sender.goodInput(mutation, await accountsOf(bob));
      const ids = await Promise.all(Array.from({ length: 64 }, async () => await idOf(bob, mutation, input)));
      expect(new Set([...ids, await idOf(bob, mutation, input)]).size).toBe(1);
      const evesInput = {
        ...sender.goodInput(mutation, await accountsOf(eve)),
        idempotencyKey: input['idempotencyKey'],
      };
      expect(await idOf(eve, mutation, evesInput)).not.toBe(ids[0]);
      const changed = mutation === 'deposit' ? '101.00' : '99.00';
      await until('the debit of an order', async () => (await bob.balance()) === changed);
      expect(await bob.balance()).toBe(changed);
    });

    test('with another input is IDEMPOTENCY_KEY_REUSED', async () => {
      const bob = await registerCustomer(sender.url, 'Bob');
      const input = sender.goodInput(mutation, await accountsOf(bob));
      await idOf(bob, mutation, input);
      const changed = { ...input, [amountField(mutation)]: { amount: '2.00', currency: 'USD' } };
      const answer = await bob.request(documentOf(mutation), { input: changed });
      expect(answer).toMatchObject({
        [mutation]: { userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] }] },
      });
    });
  });
});
