import { describe, expect, test } from '@jest/globals';
import { judge } from './memory.ts';

const readings = (liveMb: readonly number[]) => liveMb.map((live) => ({ liveMb: live, startedAt: 1 }));
const over = (count: number, liveMb: (index: number) => number) =>
  readings(Array.from({ length: count }, (_, index) => liveMb(index)));

describe('the live memory of a process', () => {
  test.each([
    ['stays constant', over(120, () => 80)],
    ['is unknown, since no garbage was collected', over(120, () => 0)],
    ['grows while caches fill, and then stays constant', over(120, (index) => 60 + Math.min(index, 40) * 4)],
    ['goes up and down', over(120, (index) => 80 + (index % 7) * 5)],
    ['has one reading', over(1, () => 80)],
    ['has no reading', []],
  ])('is no fault if it %s', (_what, seen) => {
    expect(judge(seen).fault).toBeNull();
  });

  test('is a fault if it keeps growing', () => {
    expect(judge(over(120, (index) => 60 + index * 2)).fault).toMatch(/memory keeps growing: 1\d\d MB, then 2\d\d MB/);
  });

  test('is a fault if the process restarted', () => {
    const seen = [...over(60, () => 80), { liveMb: 50, startedAt: 2 }];

    expect(judge(seen).fault).toBe('restarted');
  });
});
