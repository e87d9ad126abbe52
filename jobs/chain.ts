import type { OutboxKindName } from '#subgraphs/outbox-kinds.ts';
import type { RowKind, RowSource } from './queues/contract.ts';
import type { OutcomeItem } from './queues/outcome-item.ts';
import type { AnyWorker, Worker } from './worker.ts';

/** Workers in the order in which they work. Each adds its results to the queue of the next one. */
export interface Chain {
  /** The kind of outbox row whose jobs the first worker does; null if the chain branches off another one. */
  readonly row: OutboxKindName | null;
  readonly workers: readonly AnyWorker[];
  /** The worker that closes the outbox row; null if the chain has no row. */
  readonly close: AnyWorker | null;
}

/** A chain whose last worker returns items of the type `Next`. */
interface OpenChain<Next> extends Chain {
  readonly to: <Then>(worker: Worker<Next, Then, Exclude<RowSource, RowKind>>) => OpenChain<Then>;
  readonly closing: (worker: Worker<OutcomeItem, never, null>) => Chain;
}

/** Begins a chain with the rows of a kind, which the relay enqueues. */
export function from<Kind extends OutboxKindName>(kind: Kind) {
  return {
    to: <Item, Next>(first: Worker<Item, Next, RowKind<Kind>>) => openChain<Next>({ row: kind, workers: [first] }),
  };
}

/** Begins a chain with the results of a worker of other chains. They wait for none of its jobs. */
export function after<Item, Next>(worker: Worker<Item, Next>): Pick<OpenChain<Next>, 'to'> {
  return openChain<Next>({ row: null, workers: [worker] });
}

/** A chain of one worker. A loop of its subgraph's processes adds the jobs, for rows that are due. */
export function scheduled<Item, Next>(worker: Worker<Item, Next, null>): OpenChain<Next> {
  return openChain<Next>({ row: null, workers: [worker] });
}

function openChain<Next>(chain: Omit<Chain, 'close'>): OpenChain<Next> {
  return {
    ...chain,
    close: null,
    to: (worker) => openChain({ ...chain, workers: [...chain.workers, worker] }),
    closing: (worker) => ({ ...chain, close: worker }),
  };
}
