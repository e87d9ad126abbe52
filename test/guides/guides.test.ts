import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { everyPortSetting } from '#local/parts.ts';
import type { Currency } from '#platform/money/currency.ts';
import { type Command, runFile } from '../command.ts';
import { type Customer, registerCustomer } from '../customer.ts';
import { createDatabases } from '../database.ts';
import { freePorts } from '../free-ports.ts';
import { until } from '../until.ts';
import { copyProject, followGuides, type ProjectCopy } from './copy.ts';
import { type Guide, readGuide, type Step } from './guide.ts';

/**
 * Follows the guides of docs/extending in one copy of the project: a field, a job, a fifth subgraph, and currencies of
 * two, no and three decimal places. Then the copy runs.
 */

const guides = {
  currency: readGuide('currency'),
  field: readGuide('field'),
  job: readGuide('job'),
  subgraph: readGuide('subgraph'),
};
const [GBP, JPY, KWD] = ['GBP', 'JPY', 'KWD'] as unknown as [Currency, Currency, Currency];

let copy: ProjectCopy;
const read = (file: string) => readFileSync(join(copy.folder, file), 'utf8');

beforeAll(async () => {
  copy = copyProject();
  const { currency, ...others } = guides;
  await followGuides([withMoreEntries(currency), ...Object.values(others)], copy);
}, 600_000);

afterAll(() => copy.remove());

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

describe('the files that an engineer touches', () => {
  test('are few, and each guide counts them', () => {
    expect(guides.currency.files.length).toBeLessThanOrEqual(3);
    expect([guides.field.files.length, guides.field.text]).toEqual([6, expect.stringContaining('You touch 6 files')]);
    expect([guides.job.files.length, guides.job.text]).toEqual([2, expect.stringContaining('You touch 2 files')]);
    expect(guides.subgraph.files).toHaveLength(13);
    expect(guides.subgraph.text).toContain('You touch 13 files, with those for its deployment.');
  });

  test('do not include those that the commands write, which the guide of the subgraph names', () => {
    const generated = [
      'schema.graphql',
      'supergraph.yaml',
      'subgraphs/review/types.generated.ts',
      'k8s/base/review.yaml',
      'k8s/base/settings/review.env',
      'compose.yaml',
    ];
    for (const file of generated) expect(guides.subgraph.text).toContain(`\`${file}\``);
    expect(read('compose.yaml')).toContain('subgraphs/review/server.ts');
    expect(read('k8s/base/review.yaml')).toContain('args: [subgraphs/review/server.ts]');
  });
});

test('the generated files follow, and the manifests are right', async () => {
  await expect(copy.run('node', 'tools/schema-check.ts')).resolves.toContain('generated files are up to date');
  await expect(copy.run('node', 'tools/check-manifests.ts')).resolves.toContain('No faults in ');
});

describe('the field', () => {
  /** The drafts of an order with a good note and with one that is too long, as JSON. */
  const drafts = `
    import { draftOrder } from '#order/domain/order.ts';
    import { parseDecimal } from '#platform/money/decimal.ts';
    const request = { productId: 'book', unitPrice: { amount: parseDecimal('1.00'), currency: 'USD' }, quantity: 1 };
    const drafts = ['Ring twice.', 'x'.repeat(201)].map((note) => draftOrder({ ...request, note }));
    console.log(JSON.stringify(drafts, (_, value) => (typeof value === 'bigint' ? String(value) : value)));
  `;

  test('is in the API, inserted and checked', async () => {
    const rights = "import('#order/rights.ts').then(({ rights }) => console.log(rights.service.orders))";
    expect(await copy.run('node', '--eval', rights)).toMatch(/insert \([^)]*\bnote\b/);
    expect(JSON.parse(await copy.run('node', '--input-type=module', '--eval', drafts))).toEqual([
      expect.objectContaining({ productId: 'book', note: 'Ring twice.' }),
      expect.objectContaining({ refused: 'INVALID_NOTE' }),
    ]);
    expect(read('schema.graphql').match(/INVALID_NOTE/g)).toHaveLength(1);
  });
});

test('the jobs of the new queue are done', async () => {
  const databases = await createDatabases('jobs');
  try {
    // The databases of the tests have no sequence for the new queue.
    await databases.asOwner('jobs', `grant create on schema bullmq to ${new URL(databases.urls.jobs).username}`);
    const printed = await copy.run('node', 'test/guides/run-job.ts', 'mail-receipts', databases.urls.jobs);

    expect(JSON.parse(printed)).toEqual([
      expect.objectContaining({ recipient: 'ada@example.com', body: '2 × book: $120.50' }),
    ]);
  } finally {
    await databases.drop();
  }
});

describe('the running copy', () => {
  let start: Command;
  let data: string;
  let ada: Customer;
  let bob: Customer;

  beforeAll(async () => {
    const names = [...everyPortSetting, 'POSTGRES_PORT', 'REVIEW_PORT', 'REVIEW_MANAGEMENT_PORT'];
    const free = await freePorts(names.length);
    const ports = Object.fromEntries(names.map((name, index) => [name, String(free[index])]));
    data = mkdtempSync(join(tmpdir(), 'wallet-and-orders-guides-'));
    chmodSync(data, 0o755);
    const settings = { ...ports, DATA_FOLDER: data, LOG_LEVEL: 'error' };
    start = runFile('deploy/local/start.ts', settings, copy.folder);
    await start.says(/\/graphql/);
    const url = `http://127.0.0.1:${ports['ROUTER_PORT']}/graphql`;
    [ada, bob] = await Promise.all([registerCustomer(url, 'Ada'), registerCustomer(url, 'Bob')]);
  }, 300_000);

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

  test('answers with the fifth subgraph together with an old one', async () => {
    const { order } = await bob.placeOrder({ productId: 'book', unitPrice: '1.00' });
    const review = async (stars: number) =>
      await bob.request<{ reviewOrder: { review: unknown; userErrors: { code: string }[] } }>(
        `mutation ($input: ReviewOrderInput!) {
          reviewOrder(input: $input) { review { order { productId } stars } userErrors { code } }
        }`,
        { input: { orderId: order!.id, stars } },
      );

    expect((await review(6)).reviewOrder.userErrors).toEqual([{ code: 'INVALID_STARS' }]);
    expect((await review(5)).reviewOrder.review).toEqual({ order: { productId: 'book' }, stars: 5 });
    const { viewer } = await bob.request<{ viewer: { orders: { nodes: unknown[] } } }>(
      '{ viewer { orders { nodes { productId review { stars } } } } }',
    );
    expect(viewer.orders.nodes).toEqual([{ productId: 'book', review: { stars: 5 } }]);
  });
});
