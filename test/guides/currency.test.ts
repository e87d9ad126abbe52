import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Currency } from '#platform/money/currency.ts';
import { everyPortSetting } from '#local/parts.ts';
import { type Command, runFile } from '../command.ts';
import { type Customer, registerCustomer } from '../customer.ts';
import { freePorts } from '../free-ports.ts';
import { until } from '../until.ts';
import { copyProject, followGuide, type ProjectCopy } from './copy.ts';
import { type Guide, readGuide, type Step } from './guide.ts';

/** Follows docs/extending/currency.md in a copy of the project, with currencies of two, no and three decimal places. */

const guide = readGuide('currency');
/** The guide promises at most three files that an engineer changes. */
const mostFiles = 3;

const [GBP, JPY, KWD] = ['GBP', 'JPY', 'KWD'] as unknown as [Currency, Currency, Currency];

let copy: ProjectCopy;

beforeAll(async () => {
  copy = copyProject();
  await followGuide(withMoreEntries(guide), copy);
}, 120_000);

afterAll(() => {
  copy.remove();
});

/** The guide with two more entries like the one of GBP. */
function withMoreEntries({ steps, ...rest }: Guide): Guide {
  const entry = /^ *GBP: .*\n/m;
  const withPlaces = (text: string, code: string, digits: number, rate: string) =>
    text.replace('GBP', code).replace('digits: 2', `digits: ${digits}`).replace("'0.79'", `'${rate}'`);
  const edit = (step: Step): Step => {
    if (step.kind !== 'edit') return step;
    const hunks = step.hunks.map(({ before, after }) => ({
      before,
      after: after.replace(
        entry,
        (text) => `${text}${withPlaces(text, 'JPY', 0, '151.20')}${withPlaces(text, 'KWD', 3, '0.307')}`,
      ),
    }));
    return { ...step, hunks };
  };
  return { ...rest, steps: steps.map(edit) };
}

test('an engineer changes few files, and the generated ones follow', async () => {
  expect(guide.files.length).toBeLessThanOrEqual(mostFiles);
  await expect(copy.run('node', 'tools/schema-check.ts')).resolves.toContain('generated files are up to date');
  await expect(copy.run('node', 'tools/interfaces.ts', '--check')).resolves.toBeDefined();
});

test('the compiler finds nothing that is left to do', async () => {
  await expect(copy.run('tsc', '--noEmit')).resolves.toBe('');
  await expect(copy.run('tsc', '--noEmit', '-p', 'web')).resolves.toBe('');
}, 120_000);

describe('the system with the new currencies', () => {
  let start: Command;
  let data: string;
  let ada: Customer;
  let bob: Customer;

  beforeAll(async () => {
    const names = [...everyPortSetting, 'POSTGRES_PORT'];
    const free = await freePorts(names.length);
    const ports = Object.fromEntries(names.map((name, index) => [name, String(free[index])]));
    data = mkdtempSync(join(tmpdir(), 'wallet-and-orders-currency-'));
    chmodSync(data, 0o755);
    const settings = { ...ports, DATA_FOLDER: data, LOG_LEVEL: 'error' };
    start = runFile('deploy/local/start.ts', settings, copy.folder);
    await start.says(/\/graphql/, 120_000);
    const url = `http://127.0.0.1:${ports['ROUTER_PORT']}/graphql`;
    [ada, bob] = await Promise.all([registerCustomer(url, 'Ada'), registerCustomer(url, 'Bob')]);
  }, 150_000);

  afterAll(async () => {
    start.kill('SIGTERM');
    await start.exit;
    rmSync(data, { recursive: true });
  });

  test.each([
    [GBP, '100.00', '60.25', 2, '120.50', '29.50'],
    [JPY, '1000', '450', 2, '900', '600'],
    [KWD, '1.500', '0.751', 2, '1.502', '0.498'],
  ])('pays an order in %s', async (currency, balance, unitPrice, quantity, total, rest) => {
    const deposits = { [GBP]: ['100.00', '50.00'], [JPY]: ['1000', '500'], [KWD]: ['1.500', '0.500'] }[currency]!;
    expect((await ada.account(currency)).balance.amount).toBe(balance.replace(/[1-9]/g, '0').replace(/^0+(?=0)/, ''));
    for (const amount of deposits) await ada.deposit(amount, currency);

    const { order } = await ada.placeOrder({ unitPrice, quantity, currency });

    expect(order).toMatchObject({ total: { amount: total, currency } });
    const isSettled = async () => {
      const now = await ada.order(order!.id);
      return now?.status === 'PENDING' ? null : now;
    };
    expect(await until('the payment', isSettled)).toMatchObject({ status: 'PAID' });
    expect((await ada.account(currency)).balance.amount).toBe(rest);
  });

  test('converts a transfer between them exactly', async () => {
    const send = async (from: Currency, amount: string, to: Currency) => {
      const input = {
        fromAccountId: (await bob.account(from)).id,
        toAccountId: (await bob.account(to)).number,
        amount: { amount, currency: from },
        idempotencyKey: `${from} to ${to}`,
      };
      const { transfer } = await bob.request<{ transfer: { transaction: { received: { amount: string } } } }>(
        `mutation ($input: TransferInput!) {
          transfer(input: $input) { transaction { received { amount } } userErrors { code message } }
        }`,
        { input },
      );
      return transfer.transaction.received.amount;
    };

    // For one dollar: 151.20 yen, 0.307 dinars, 0.79 pounds.
    expect(await send('USD', '10.01', JPY)).toBe('1513');
    expect(await send(JPY, '1513', KWD)).toBe('3.072');
    expect(await send(KWD, '3.072', GBP)).toBe('7.90');
  });

  test('lists orders by total, and transactions by amount, as numbers', async () => {
    const { viewer } = await ada.request<{
      viewer: Record<'orders' | 'transactions', { nodes: { total: { amount: string }; amount: { amount: string } }[] }>;
    }>(`{
      viewer {
        orders(orderBy: { field: TOTAL, direction: DESC }) { nodes { total { amount } } }
        transactions(filter: { minAmount: "1.5", maxAmount: "500" }, orderBy: { field: AMOUNT, direction: ASC }) {
          nodes { amount { amount } }
        }
      }
    }`);

    expect(viewer.orders.nodes.map(({ total }) => total.amount)).toEqual(['900', '120.50', '1.502']);
    expect(viewer.transactions.nodes.map(({ amount }) => amount.amount)).toEqual([
      '1.500',
      '1.502',
      '50.00',
      '100.00',
      '100.00',
      '120.50',
      '500',
    ]);
  });
});
