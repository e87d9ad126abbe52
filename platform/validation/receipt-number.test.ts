import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { receiptNumberOf, transactionIdOf } from './receipt-number.ts';

test('an id has one receipt number, which leads back to it in any case', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const number = receiptNumberOf(id);
      expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
      expect([number, number.toLowerCase()].map(transactionIdOf)).toEqual([id, id]);
    }),
  );
});

test('numbers sort as their ids do', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (one, other) => {
      expect(receiptNumberOf(one) < receiptNumberOf(other)).toBe(one < other);
    }),
  );
});

test.each([
  '',
  '0',
  'ZZZZZZZZZZZZZZZZZZZZZZZZZZ',
  '01KBC0000000000000000000I0',
  '0'.repeat(27),
  "0' or 1=1 --aaaaaaaaaaaaaaa",
])('%j is no receipt number', (text) => {
  expect(transactionIdOf(text)).toBeNull();
});
