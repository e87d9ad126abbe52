import { describe, expect, test } from '@jest/globals';
import { judge } from './memory.ts';

const readings = (liveMb: readonly number[]) => liveMb.map((live) => ({ liveMb: live, startedAt: 1 }));
const over = (count: number, liveMb: (index: number) => number) =>
  readings(Array.from({ length: count }, (_, index) => liveMb(index)));

describe('the memory of a process', () => {
  test.each([
    ['is as it was', over(120, () => 80)],
    ['is not known, since nothing was collected', over(120, () => 0)],
    ['grows while it remembers what was asked, and no longer', over(120, (index) => 60 + Math.min(index, 40) * 4)],
    ['goes up and down', over(120, (index) => 80 + (index % 7) * 5)],
    ['is seen once', over(1, () => 80)],
    ['is never seen', []],
  ])('is no fault where it %s', (_what, seen) => {
    expect(judge(seen).fault).toBeNull();
  });

  test('is one where it grows and grows', () => {
    expect(judge(over(120, (index) => 60 + index * 2)).fault).toMatch(
      /keeps ever more in memory: 1\d\d MB, then 2\d\d MB/,
    );
  });

  test('is one where the process was started again meanwhile', () => {
    const seen = [...over(60, () => 80), { liveMb: 50, startedAt: 2 }];

    expect(judge(seen).fault).toBe('ended and was started again');
  });
});
