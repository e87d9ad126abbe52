import { type OutboxOwner, outboxOwners, type WorkerGroup } from '#subgraphs/manifest.ts';
import { type OutboxKindName, outboxKinds } from '#subgraphs/outbox-kinds.ts';
import type { Chain } from './chain.ts';
import { chains } from './chains.ts';
import type { QueueContract } from './queues/contract.ts';
import type { OutcomeItem } from './queues/outcome-item.ts';
import type { AnyWorker, Step } from './worker.ts';

/** What `jobs/chains.ts` says, arranged for those that use it. */
export interface Registry {
  readonly workers: readonly Step[];
  readonly queues: readonly QueueContract[];
  /** The first queue of each kind of row, by the subgraph that owns the outbox. */
  readonly routes: Readonly<Record<OutboxOwner, Readonly<Record<string, QueueContract>>>>;
}

/**
 * @throws if a kind of row begins no chain or two, if two workers share the name of a queue, or if the rows that a
 * queue's items came of are closed in no outbox or in two.
 */
export function registryOf(chains: readonly Chain[]): Registry {
  const all = new Set(chains.flatMap(({ workers, close }) => [...workers, ...(close === null ? [] : [close])]));
  const workers = [...all].map((worker) => stepOf(worker, chains));
  const queues = workers.map(({ queue }) => queue);
  assertUnique(
    queues.map(({ name }) => name),
    'queue',
  );
  return { workers, queues, routes: routesOf(chains) };
}

function stepOf(worker: AnyWorker, chains: readonly Chain[]): Step {
  const next = chains.flatMap(({ workers }) => workers.filter((_, index) => workers[index - 1] === worker));
  const closers = new Set(chains.filter(({ workers }) => workers.includes(worker)).map(({ close }) => close));
  const [closer = null, ...others] = worker.queue.row === null ? [] : [...closers].filter((close) => close !== null);
  if (others.length > 0) throw new Error(`${worker.queue.name} is in chains that close rows of different outboxes`);
  if (worker.queue.row !== null && closer === null) throw new Error(`no chain of ${worker.queue.name} closes its rows`);
  return {
    ...worker,
    next: [...new Set(next.map(({ queue }) => queue))],
    close: closer === null ? null : (closer.queue as QueueContract<OutcomeItem>),
    signers: signersOf(worker, chains),
  };
}

/** The subgraphs of the workers before it in a chain, and its own: a worker adds failed items to its own queue again. */
function signersOf(worker: AnyWorker, chains: readonly Chain[]): readonly WorkerGroup[] {
  const before = chains.flatMap(({ workers, close }) =>
    close === worker ? workers : workers.filter((_, index) => workers[index + 1] === worker),
  );
  return [...new Set([worker, ...before].map(({ queue }) => queue.group))];
}

function routesOf(chains: readonly Chain[]): Registry['routes'] {
  const kinds = Object.keys(outboxKinds) as OutboxKindName[];
  const firsts = chains.flatMap(({ row, workers }) => (row === null ? [] : [[row, workers[0]!.queue] as const]));
  const begun = firsts.map(([kind]) => kind);
  assertUnique(begun, 'first queue of the rows of the kind');
  const lost = kinds.filter((kind) => !begun.includes(kind));
  if (lost.length > 0) throw new Error(`no chain begins with the rows of the kind ${lost.join(', ')}`);
  const ofOwner = (owner: OutboxOwner) => Object.fromEntries(firsts.filter(([kind]) => outboxKinds[kind].by === owner));
  return Object.fromEntries(outboxOwners.map((owner) => [owner, ofOwner(owner)])) as Registry['routes'];
}

function assertUnique(names: readonly string[], what: string): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new Error(`there is more than one ${what} ${repeated}`);
}

export const { workers, queues, routes } = registryOf(chains);

/** The queues whose jobs a subgraph's workers do, and others to which they add jobs that follow from these. */
export function queuesOf(group: WorkerGroup): {
  readonly taken: readonly QueueContract[];
  readonly added: readonly QueueContract[];
} {
  const own = workers.filter(({ queue }) => queue.group === group);
  const reached = new Set(own.flatMap(({ next, close }) => [...next, ...(close === null ? [] : [close])]));
  const taken = own.map(({ queue }) => queue);
  return { taken, added: [...reached].filter((queue) => !taken.includes(queue)) };
}
