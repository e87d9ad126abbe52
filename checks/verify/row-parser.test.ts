import { expect, test } from '@jest/globals';
import type { Currency } from '#platform/money/currency.ts';
import { amount, bytes, type Columns, integer, orNull, rowParser, text, time } from './row-parser.ts';

interface Payment {
  readonly id: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly sequence: number;
  readonly hash: Buffer | null;
  readonly createdAt: Date;
}

const columns: Columns<Payment> = {
  id: text,
  currency: text,
  amountMinor: amount,
  sequence: integer,
  hash: orNull(bytes),
  createdAt: time,
};
const parse = rowParser('payments', columns);
const row = { id: 'a', currency: 'USD', amountMinor: 1n, sequence: 1, hash: null, createdAt: new Date(0) };

test.each([row, { ...row, hash: Buffer.of(1) }, { ...row, currency: 'UNKNOWN' }])('accepts the row %o', (accepted) => {
  expect(parse(accepted)).toBe(accepted);
});

test.each([
  [{ ...row, id: null }, 'id of a row is not text'],
  [{ ...row, amountMinor: 1 }, 'amountMinor of a row is not a bigint'],
  [{ ...row, amountMinor: '1' }, 'amountMinor of a row is not a bigint'],
  [{ ...row, sequence: 1n }, 'sequence of a row is not a number'],
  [{ ...row, hash: '\\x01' }, 'hash of a row is not bytes or null'],
  [{ ...row, createdAt: Infinity }, 'createdAt of a row is not a time'],
  [{ ...row, hash: undefined }, 'hash of a row is not bytes or null'],
  [{}, 'id of a row is not text'],
])('refuses the row %o', (refused, message) => {
  expect(() => parse(refused)).toThrow(`payments: the column ${message}`);
});

test('does not compile if a column is missing, or if only the column or only the property can be null', () => {
  const { hash, ...others } = columns;
  const parsers = [
    // @ts-expect-error hash is missing
    rowParser<Payment>('payments', others),
    // @ts-expect-error hash can be null
    rowParser<Payment>('payments', { ...others, hash: bytes }),
    // @ts-expect-error id cannot be null
    rowParser<Payment>('payments', { ...others, hash, id: orNull(text) }),
  ];
  expect(parsers).toHaveLength(3);
});
