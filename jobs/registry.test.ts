import { describe, expect, test } from '@jest/globals';
import { assertEveryQueueHasAWorker, queues, routes } from './registry.ts';

describe('the closed list of jobs', () => {
  test('has a worker for every queue', () => {
    expect(() => assertEveryQueueHasAWorker()).not.toThrow();
  });

  test('lets nothing start with a queue that nobody works on', () => {
    expect(() => assertEveryQueueHasAWorker([...queues, { name: 'orphan' }])).toThrow('orphan');
  });

  test('begins every way on one of its queues', () => {
    const first = Object.values(routes).flatMap((kinds) => Object.values(kinds));
    expect(queues).toEqual(expect.arrayContaining(first));
  });
});
