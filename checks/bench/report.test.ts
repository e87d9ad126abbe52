import { expect, test } from '@jest/globals';
import { verdictOf } from './report.ts';

const figure = (rounds: readonly number[], value: number) => ({
  name: 'to the stock gateway',
  value,
  rounds,
  unit: '×',
  goal: { atLeast: 4 },
});

test('a goal that rounds far apart disagree about is too noisy to judge', () => {
  expect(verdictOf(figure([2, 3, 4.5, 6, 8], 4.5))).toBe('too noisy');
  expect(verdictOf(figure([2, 2.5, 3, 6, 8], 3))).toBe('too noisy');
});

test('a goal that all rounds or close rounds agree about is met or missed', () => {
  expect(verdictOf(figure([4.1, 5, 6, 8, 9], 6))).toBe('yes');
  expect(verdictOf(figure([1, 2, 2.5, 3, 3.9], 2.5))).toBe('NO');
  expect(verdictOf(figure([3.9, 4, 4.1, 4.1, 4.2], 4.1))).toBe('yes');
  expect(verdictOf({ name: 'p99', value: 5, unit: 'ms', goal: { atMost: 4 } })).toBe('NO');
});
