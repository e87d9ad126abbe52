import { AsyncLocalStorage } from 'node:async_hooks';
import { isTransient } from './database.ts';

export interface BatchRules<Item, Result> {
  /** Does all of a batch or, where it throws, nothing of it. Answers in the order of the items. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Batches at a time. */
  readonly lanes: number;
  /** Most items in a batch. */
  readonly most: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  /** Does something as part of the request that asked. */
  readonly within: <Value>(work: () => Value) => Value;
}

/**
 * Does what is asked for at the same time together: what comes while the lanes are busy waits and is one batch then, so
 * that batches grow with the load. What comes alone is done at once. Of a batch that fails each item is done alone, so
 * that none fails for another's sake, unless the server is away for all of them.
 */
export function inBatches<Item, Result>({ run, lanes, most }: BatchRules<Item, Result>) {
  const waiting: Waiting<Item, Result>[] = [];
  let busy = 0;

  return async function ask(item: Item): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    waiting.push({ item, resolve, reject, within: AsyncLocalStorage.snapshot() });
    // What the router asks in one request comes in one turn of the loop.
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
      for (const [place, { resolve }] of batch.entries()) resolve(results[place]!);
    } catch (error) {
      if (batch.length === 1 || isTransient(error)) for (const { reject } of batch) reject(error);
      else for (const one of batch) await settle([one]);
    }
  }
}
