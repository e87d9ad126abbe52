import { expect, test } from '@jest/globals';
import { filledIn } from './figures/marked.ts';
import { readMeasured } from './figures/measured.ts';

const block = (text: string) =>
  `before\n\n<!-- sizes: written by npm run figures -->\n${text}\n<!-- end of sizes -->\n\nafter`;

test('marked blocks and values are filled in, and other text is unchanged', () => {
  const page = `${block('\nold\n')} <!-- = most -->1<!-- / --> and 1`;
  expect(filledIn(page, { sizes: 'new', most: '2' })).toBe(`${block('\nnew\n')} <!-- = most -->2<!-- / --> and 1`);
});

test('an unknown mark is a fault, and so is a block without an end', () => {
  expect(() => filledIn(block('old'), {})).toThrow('"sizes"');
  expect(() => filledIn(block('old').replace('end of', 'end'), { sizes: 'new' })).toThrow('has no end');
});

test('figures are read from the tables of a page', () => {
  const page = `## Ledger

### Debits

| what  | debits/s               |
| ----- | ---------------------- |
| TPC-B | 3,238 (2,985 to 3,279) |

### Figures

| figure           | measured | goal         |
| ---------------- | -------- | ------------ |
| ledger, to TPC-B | 5.94 ×   | at least 4 × |
`;
  const { cell, figures } = readMeasured(page);
  expect(cell('Debits', 'TPC-B', 'debits/s')).toBe(3238);
  expect(figures(/to TPC-B$/)).toEqual([5.94]);
  expect(() => cell('Debits', 'TPC-C', 'debits/s')).toThrow('no "debits/s" of "TPC-C" in "Debits"');
  expect(() => figures(/nothing/)).toThrow('no figure');
});
