import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { joinByKey, OrderedRows } from './ordered-rows.ts';

async function* inBatches<Row>(rows: readonly Row[], size: number): AsyncGenerator<Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}

describe('joining by key', () => {
  test('returns each key once, in order, with all rows of every stream, for any batch size', async () => {
    const keys = fc.array(fc.stringMatching(/^[0-9a-f]{1,2}$/)).map((list) => list.toSorted());
    await fc.assert(
      fc.asyncProperty(keys, keys, fc.integer({ min: 1, max: 5 }), async (left, right, size) => {
        const stream = async (rows: readonly string[]) => ({
          rows: await OrderedRows.open(inBatches(rows, size)),
          keyOf: (row: string) => row,
        });
        const groups = await Array.fromAsync(
          joinByKey<{ left: string; right: string }>({ left: await stream(left), right: await stream(right) }),
        );

        expect(groups).toEqual(
          [...new Set([...left, ...right])].toSorted().map((key) => ({
            key,
            group: { left: left.filter((one) => one === key), right: right.filter((one) => one === key) },
          })),
        );
      }),
    );
  });
});
