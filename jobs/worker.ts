import type { Manager } from '#platform/postgres/database.ts';
import type { EventPublisher } from '#platform/messaging/events.ts';
import type { MailBounds } from '#platform/mail/mail-bounds.ts';
import type { Mailer } from '#platform/messaging/mailer.ts';
import type { PaymentProvider } from '#billing/provider/port.ts';
import type { WorkerGroup } from '#subgraphs/manifest.ts';
import type { QueueContract, RowSource } from './queues/contract.ts';
import type { OutcomeItem } from './queues/outcome-item.ts';
import type { WebhookSender } from './workers/webhook-sender.ts';

/** What workers work on: the managers of the databases that their process connects to. */
export interface Services extends Readonly<Record<WorkerGroup, Manager>> {
  /** Null if no mail is delivered. */
  readonly mailer: Mailer | null;
  /** The bounds of emails about orders and transfers. */
  readonly mailBounds: MailBounds;
  /** The origin of the console, for the links in messages. */
  readonly publicUrl: string;
  /** How webhooks are signed and sent. */
  readonly webhooks: WebhookSender;
  /** The payment provider; null without one. */
  readonly provider: PaymentProvider | null;
  /** Publishes live events, after the commit. */
  readonly publishLive: EventPublisher['publish'];
}

/** What a job leads to. The worker names no queue: `jobs/chains.ts` says where its results go. */
export interface Outcome<Item, Next> {
  /** Items for each queue that follows in the chains. */
  readonly next?: readonly Next[];
  /** Items whose outbox row is closed. */
  readonly closed?: readonly Closed<Item>[];
}

/** An item that is finished: done where `failure` is null, otherwise dead-lettered with this reason. */
export interface Closed<Item> {
  readonly item: Item;
  readonly failure: string | null;
}

export function closed<Item>(
  items: readonly Item[],
  failureOf: (item: Item) => string | null = () => null,
): Closed<Item>[] {
  return items.map((item) => ({ item, failure: failureOf(item) }));
}

/**
 * A queue and what its worker does: one service call for all items of a job. The functions are properties, so that the
 * compiler refuses a chain in which a worker gets items of another type than its queue carries.
 */
export interface Worker<Item, Next = never, Row extends RowSource = RowSource> {
  readonly queue: QueueContract<Item, Row>;
  readonly run: (services: Services, items: readonly Item[]) => Promise<Outcome<Item, Next>>;
  /** Replaces the default for an item that cannot be processed, which is to close its outbox row with the reason. */
  readonly deadLetter?: (services: Services, item: Item, reason: string) => Promise<Outcome<Item, Next>>;
}

/** Infers the types of a worker from its queue and its functions. */
export function defineWorker<Item, Next = never, Row extends RowSource = RowSource>(
  worker: Worker<Item, Next, Row>,
): Worker<Item, Next, Row> {
  return worker;
}

/** A worker of any queue. Its items are decoded by that queue's contract before it runs. */
export interface AnyWorker {
  readonly queue: QueueContract;
  readonly run: (services: Services, items: readonly never[]) => Promise<Outcome<unknown, unknown>>;
  readonly deadLetter?: (services: Services, item: never, reason: string) => Promise<Outcome<unknown, unknown>>;
}

/** A worker at its places in the chains. */
export interface Step extends AnyWorker {
  /** The queues that get its results. */
  readonly next: readonly QueueContract[];
  /** The queue that closes the outbox rows of its items; null if they came of none. */
  readonly close: QueueContract<OutcomeItem> | null;
  /** The subgraphs whose workers add jobs to its queue. A job that another subgraph signed is refused. */
  readonly signers: readonly WorkerGroup[];
}

/** Items for a queue, to be enqueued before the job that made them is completed. */
export interface Dispatch {
  readonly queue: QueueContract;
  readonly items: readonly unknown[];
}

export function dispatch<Item>(queue: QueueContract<Item>, items: readonly Item[]): Dispatch {
  return { queue, items };
}
