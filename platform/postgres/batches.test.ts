import { describe, expect, test } from '@jest/globals';
import { inBatches } from './batches.ts';

/** A lane that is busy until it is told otherwise; what it was given is in `batches`. */
function heldLane(answer: (items: readonly number[]) => readonly number[] = (items) => items) {
  const batches: (readonly number[])[] = [];
  const gates: (() => void)[] = [];
  const ask = inBatches({
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
  return { ask, batches, release };
}

const turn = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

describe('batches', () => {
  test('bring together what comes while the lane is busy, up to the most, and answer each its own', async () => {
    const { ask, batches, release } = heldLane((items) => items.map((item) => item * 10));
    const first = ask(1);
    await turn();
    const others = [2, 3, 4, 5].map(ask);
    for (let count = 0; count < 3; count += 1) await release();

    expect(await Promise.all([first, ...others])).toEqual([10, 20, 30, 40, 50]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  test('begin at once with what comes alone', async () => {
    const { ask, batches, release } = heldLane();
    const alone = ask(1);
    await turn();

    expect(batches).toEqual([[1]]);
    await release();
    expect(await alone).toBe(1);
  });

  test('that fail are done again one by one: only what fails by itself fails', async () => {
    const ask = inBatches({
      lanes: 1,
      most: 10,
      run: async (items: readonly number[]) => {
        if (items.includes(2)) throw new Error('two is bad');
        return items;
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map(ask));

    expect(results).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: new Error('two is bad') },
      { status: 'fulfilled', value: 3 },
    ]);
  });

  test('fail as a whole, once, where the server is away', async () => {
    let runs = 0;
    const ask = inBatches({
      lanes: 1,
      most: 10,
      run: async (_items: readonly number[]): Promise<number[]> => {
        runs += 1;
        throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map(ask));

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(runs).toBe(1);
  });
});
