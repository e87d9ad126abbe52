import { expect, test } from '@jest/globals';
import { partsOf } from './multipart.ts';
import type { LiveResult } from './reading.ts';

test('sends heartbeats while nothing changes, and fails with its results', async () => {
  const { promise: change, resolve } = Promise.withResolvers<void>();
  async function* results(): AsyncGenerator<LiveResult, void, void> {
    await change;
    yield { data: { orderUpdated: null } };
    throw new Error('the graph is gone');
  }
  const parts = partsOf(results(), 1);
  const first = [await parts.next(), await parts.next(), await parts.next()].map(({ value }) => value as string);
  resolve();
  let late = await parts.next();
  while (late.value?.includes('{}') === true) late = await parts.next();

  expect(first.map((text) => /\r\n\r\n(.*)\r\n--graphql$/.exec(text)?.[1])).toEqual(['{}', '{}', '{}']);
  expect(late.value).toContain('{"payload":{"data":{"orderUpdated":null}}}');
  await expect(parts.next()).rejects.toThrow('the graph is gone');
});
