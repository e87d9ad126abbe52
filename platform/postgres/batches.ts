import { AsyncLocalStorage } from 'node:async_hooks';
import { isTransient } from './database.ts';

export interface BatchRules<Item, Result> {
  /** Processes a whole batch, or none of it if it throws. Returns the results in the order of the items. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** The number of batches that run at the same time. */
  readonly lanes: number;
  /** The maximum number of items in a batch. */
  readonly most: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  /** Runs work in the async context of the request that added the item. */
  readonly within: <Value>(work: () => Value) => Value;
}

/**
 * Processes items that arrive at the same time together. Items that arrive while all lanes are busy form the next
 * batch, so batches grow with the load; an item that arrives alone is processed at once. If a batch fails, each item is
 * processed on its own, so that no item fails because of another, unless the server is unavailable.
 */
export function inBatches<Item, Result>({ run, lanes, most }: BatchRules<Item, Result>) {
  const waiting: Waiting<Item, Result>[] = [];
  let busy = 0;

  return async function add(item: Item): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    waiting.push({ item, resolve, reject, within: AsyncLocalStorage.snapshot() });
    // All operations of one router request arrive in one turn of the event loop.
    setImmediate(fillLanes);
    return await promise;
  };

  function fillLanes(): void {
    while (busy < lanes && waiting.length > 0) {
      busy += 1;
      void settle(waiting.splice(0, most)).finally(() => {
        busy -= 1;
        fillLanes();
      });
    }
  }

  /** The batch belongs to the trace of its first item. */
  async function settle(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await batch[0]!.within(() => run(batch.map(({ item }) => item)));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index]!);
    } catch (error) {
      if (batch.length === 1 || isTransient(error)) for (const { reject } of batch) reject(error);
      else for (const item of batch) await settle([item]);
    }
  }
}
