import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { copyProject, followGuide, type ProjectCopy } from './copy.ts';
import { readGuide } from './guide.ts';

const guide = readGuide('field');
let copy: ProjectCopy;

beforeAll(() => {
  copy = copyProject();
});
afterAll(() => copy.remove());

/** The drafts of an order with a good note and with one that is too long, as JSON. */
const drafts = `
  import { draftOrder } from '#order/domain/order.ts';
  import { parseDecimal } from '#platform/money/decimal.ts';
  const request = { productId: 'book', unitPrice: { amount: parseDecimal('1.00'), currency: 'USD' }, quantity: 1 };
  const drafts = ['Ring twice.', 'x'.repeat(201)].map((note) => draftOrder({ ...request, note }));
  console.log(JSON.stringify(drafts, (_, value) => (typeof value === 'bigint' ? String(value) : value)));
`;

test('a field of Order is added in six files, is in the API, inserted and checked', async () => {
  await followGuide(guide, copy);

  expect(guide.files).toHaveLength(6);
  expect(guide.text).toContain('You touch 6 files');
  const rights = "import('#order/rights.ts').then(({ rights }) => console.log(rights.service.orders))";
  expect(await copy.run('node', '--eval', rights)).toMatch(/insert \([^)]*\bnote\b/);
  expect(JSON.parse(await copy.run('node', '--input-type=module', '--eval', drafts))).toEqual([
    expect.objectContaining({ productId: 'book', note: 'Ring twice.' }),
    expect.objectContaining({ refused: 'INVALID_NOTE' }),
  ]);
  expect(await copy.run('grep', '--count', 'INVALID_NOTE', 'schema.graphql')).toBe('1\n');
}, 600_000);
