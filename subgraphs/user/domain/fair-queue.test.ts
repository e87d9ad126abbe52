import { expect, test } from '@jest/globals';
import { FairQueue } from './fair-queue.ts';

/** A queue that remembers whose turn it was, and its requests in the order in which they get their turns. */
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

test('senders take turns, however many requests of theirs wait', () => {
  const { all } = queueOf(['flood', 'f1'], ['flood', 'f2'], ['flood', 'f3'], ['ada', 'a1'], ['ada', 'a2']);
  expect(all()).toEqual(['a2', 'f3', 'a1', 'f2', 'f1']);
});

test('a sender who has had no turn comes before those who have, however long they wait', () => {
  const { queue, next } = queueOf(['flood', 'f1'], ['flood', 'f2'], ['flood', 'f3']);
  next();
  queue.add('ada', 'a1');
  expect(next()).toBe('a1');
});

test('the newest comes first, of one sender and among senders with as many turns', () => {
  const { all } = queueOf(['a', 'a1'], ['b', 'b1'], ['c', 'c1']);
  expect(all()).toEqual(['c1', 'b1', 'a1']);
});

test('where there are too many, the oldest of the sender with the most gives way', () => {
  const { queue } = queueOf(['ada', 'a1'], ['flood', 'f1'], ['flood', 'f2'], ['bob', 'b1']);
  expect([queue.takeFromLongest(), queue.takeFromLongest(), queue.takeFromLongest()]).toEqual(['f1', 'a1', 'f2']);
  expect(queue.size).toBe(1);
});

test('what is removed has no turn', () => {
  const { queue, all } = queueOf(['ada', 'a1'], ['ada', 'a2'], ['bob', 'b1']);
  queue.remove('ada', 'a2');
  queue.remove('ada', 'never there');
  queue.remove('nobody', 'a1');
  expect([queue.size, queue.sizeOf('ada')]).toEqual([2, 1]);
  expect(all()).toEqual(['b1', 'a1']);
});

test('nothing comes out of an empty queue', () => {
  const { queue } = queueOf();
  expect([queue.takeNext(), queue.takeFromLongest(), queue.size]).toEqual([undefined, undefined, 0]);
});
