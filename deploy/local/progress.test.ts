import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { reportProgress } from './progress.ts';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick'] }));
afterEach(() => void jest.useRealTimers());

test('reports each step with its start time, and every five seconds what the step waits for', async () => {
  const lines: string[] = [];
  const progress = reportProgress((line) => lines.push(line));
  const { promise: work, resolve: finish } = Promise.withResolvers<string>();

  const step = progress.step(
    'Starting',
    async () => await work,
    () => 'the router (its start)',
  );
  await jest.advanceTimersByTimeAsync(11_000);
  finish('done');
  expect(await step).toBe('done');
  await jest.advanceTimersByTimeAsync(60_000);
  await progress.step('Continuing', async () => undefined);

  expect(lines).toEqual([
    '[   0.0 s] Starting\n',
    '[   5.0 s]   still running: waiting for the router (its start)\n',
    '[  10.0 s]   still running: waiting for the router (its start)\n',
    '[  71.0 s] Continuing\n',
  ]);
});

test('reports nothing more about a step that failed', async () => {
  const lines: string[] = [];
  const progress = reportProgress((line) => lines.push(line));

  await expect(progress.step('Starting', async () => await Promise.reject(new Error('no')))).rejects.toThrow('no');
  await jest.advanceTimersByTimeAsync(60_000);

  expect(lines).toHaveLength(1);
});
