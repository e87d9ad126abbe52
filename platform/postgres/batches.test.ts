import { describe, expect, test } from '@jest/globals';
import { inBatches } from './batches.ts';

/** A lane that is busy until the test calls `release`. `batches` contains the items of each batch. */
function heldLane(answer: (items: readonly number[]) => readonly number[] = (items) => items) {
  const batches: (readonly number[])[] = [];
  const gates: (() => void)[] = [];
  const add = inBatches({
    lanes: 1,
    most: 3,
    run: async (items: readonly number[]) => {
      batches.push(items);
      const { promise, resolve } = Promise.withResolvers<void>();
      gates.push(resolve);
      await promise;
      return answer(items);
    },
  });
  const release = async (): Promise<void> => {
    while (gates.length === 0) await turn();
    gates.shift()!();
    await turn();
  };
  return { add, batches, release };
}

const turn = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

describe('batches', () => {
  test('collect items that arrive while the lane is busy, up to the maximum, and return each its result', async () => {
    const { add, batches, release } = heldLane((items) => items.map((item) => item * 10));
    const first = add(1);
    await turn();
    const others = [2, 3, 4, 5].map(add);
    for (let count = 0; count < 3; count += 1) await release();

    expect(await Promise.all([first, ...others])).toEqual([10, 20, 30, 40, 50]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  test('process an item that arrives alone at once', async () => {
    const { add, batches, release } = heldLane();
    const alone = add(1);
    await turn();

    expect(batches).toEqual([[1]]);
    await release();
    expect(await alone).toBe(1);
  });

  test('that fail are retried item by item, so only the faulty item fails', async () => {
    const add = inBatches({
      lanes: 1,
      most: 10,
      run: async (items: readonly number[]) => {
        if (items.includes(2)) throw new Error('two is bad');
        return items;
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map(add));

    expect(results).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: new Error('two is bad') },
      { status: 'fulfilled', value: 3 },
    ]);
  });

  test('fail as a whole, without a retry, where the server is unavailable', async () => {
    let runs = 0;
    const add = inBatches({
      lanes: 1,
      most: 10,
      run: async (_items: readonly number[]): Promise<number[]> => {
        runs += 1;
        throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map(add));

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(runs).toBe(1);
  });
});
