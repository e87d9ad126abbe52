import { expect, test } from '@jest/globals';
import { FairQueue } from './fair-queue.ts';

/** A queue that counts the turns of each sender. `all` returns its requests in the order of their turns. */
function queueOf(...requests: readonly (readonly [sender: string, item: string])[]) {
  const turns = new Map<string, number>();
  const senders = new Map(requests.map(([sender, item]) => [item, sender]));
  const queue = new FairQueue<string>((sender) => turns.get(sender) ?? 0);
  for (const [sender, item] of requests) queue.add(sender, item);
  const next = () => {
    const item = queue.takeNext();
    if (item !== undefined) turns.set(senders.get(item)!, (turns.get(senders.get(item)!) ?? 0) + 1);
    return item;
  };
  return { queue, next, all: () => Array.from({ length: queue.size }, () => next()) };
}

test('senders take turns, regardless of their number of waiting requests', () => {
  const { all } = queueOf(['flood', 'f1'], ['flood', 'f2'], ['flood', 'f3'], ['ada', 'a1'], ['ada', 'a2']);
  expect(all()).toEqual(['a2', 'f3', 'a1', 'f2', 'f1']);
});

test('a sender without a turn comes before senders who had one, even if those wait longer', () => {
  const { queue, next } = queueOf(['flood', 'f1'], ['flood', 'f2'], ['flood', 'f3']);
  next();
  queue.add('ada', 'a1');
  expect(next()).toBe('a1');
});

test('the newest request comes first, of one sender and among senders with equal turns', () => {
  const { all } = queueOf(['a', 'a1'], ['b', 'b1'], ['c', 'c1']);
  expect(all()).toEqual(['c1', 'b1', 'a1']);
});

test('a full queue drops the oldest request of the sender with the most requests', () => {
  const { queue } = queueOf(['ada', 'a1'], ['flood', 'f1'], ['flood', 'f2'], ['bob', 'b1']);
  expect([queue.takeFromLongest(), queue.takeFromLongest(), queue.takeFromLongest()]).toEqual(['f1', 'a1', 'f2']);
  expect(queue.size).toBe(1);
});

test('a removed request gets no turn', () => {
  const { queue, all } = queueOf(['ada', 'a1'], ['ada', 'a2'], ['bob', 'b1']);
  queue.remove('ada', 'a2');
  queue.remove('ada', 'never there');
  queue.remove('unknown', 'a1');
  expect([queue.size, queue.sizeOf('ada')]).toEqual([2, 1]);
  expect(all()).toEqual(['b1', 'a1']);
});

test('an empty queue returns nothing', () => {
  const { queue } = queueOf();
  expect([queue.takeNext(), queue.takeFromLongest(), queue.size]).toEqual([undefined, undefined, 0]);
});
