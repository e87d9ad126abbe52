import { z } from 'zod';
import type { QueueContract } from '#jobs/queues/contract.ts';

/** An item that a job of the queue can carry: the example of its contract. */
export function exampleItem<Item>({ item, name }: QueueContract<Item>): Item {
  const { data } = z.array(z.unknown()).nonempty().safeParse(item.meta()?.examples);
  if (data === undefined) throw new Error(`the item of ${name} has no example`);
  return item.parse(data[0]);
}
