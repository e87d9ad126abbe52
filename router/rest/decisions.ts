import { isFinal } from '#platform/orders/lifecycle.ts';
import { WakeUps } from '#platform/messaging/wake-ups.ts';
import type { Subscriber } from '../live/graph-reads.ts';
import type { Sources } from '../live/subscriptions.ts';
import { keyOf, OpenCounts } from '../open-counts.ts';
import { readOrder } from './read-order.ts';

type RestOrder = Readonly<Record<string, unknown>>;

/** What a wait reads of the sources of live updates. */
type OrderSources = Pick<Sources, 'hub' | 'readGraph' | 'retryMs'>;

export interface OrderWait {
  readonly subscriber: Subscriber;
  readonly order: RestOrder;
  readonly withinS: number;
  /** Aborted when the client disconnects. */
  readonly gone: AbortSignal;
}

/**
 * Waits for decisions about orders. Live events wake a wait, as they wake a subscription to the order, and a customer
 * has a limited number of waits on a router, besides the subscriptions.
 */
export class Decisions {
  readonly #sources: OrderSources | null;
  readonly #counts: OpenCounts;
  readonly #waiting = new Set<WakeUps>();
  #isStopped = false;

  /** @param sources null if no server of live events is configured: then requests do not wait. */
  constructor(sources: OrderSources | null, waitsPerCustomer: number) {
    this.#sources = sources;
    this.#counts = new OpenCounts(waitsPerCustomer);
  }

  /** Ends every wait. Later requests do not wait. */
  stop(): void {
    this.#isStopped = true;
    for (const wakeUps of this.#waiting) wakeUps.close();
  }

  /** @returns the order when it is decided or the time is over; null if the request cannot wait here. */
  async wait({ subscriber, order, withinS, gone }: OrderWait): Promise<RestOrder | null> {
    // An aborted signal reports nothing to a new listener.
    if (this.#isStopped || gone.aborted) return null;
    const sources = this.#sources;
    const leave = sources === null ? null : this.#counts.enter(keyOf(subscriber.viewer));
    if (sources === null || leave === null) return null;
    const wakeUps = new WakeUps();
    const wake = () => wakeUps.notify();
    const id = String(order['id']);
    const unfollow = sources.hub.followOrder(subscriber.viewer.id, id, { heard: wake, lookAgain: wake });
    const end = () => wakeUps.close();
    const timer = setTimeout(end, withinS * 1_000);
    gone.addEventListener('abort', end);
    this.#waiting.add(wakeUps);
    try {
      return await this.#decided(sources, subscriber, order, wakeUps);
    } finally {
      this.#waiting.delete(wakeUps);
      gone.removeEventListener('abort', end);
      clearTimeout(timer);
      unfollow();
      leave();
    }
  }

  async #decided(
    { readGraph, retryMs }: OrderSources,
    subscriber: Subscriber,
    order: RestOrder,
    wakeUps: WakeUps,
  ): Promise<RestOrder> {
    let latest = order;
    while (!isFinal(latest['status'])) {
      const { data } = await readGraph(subscriber, { query: readOrder, variables: { id: order['id'] } });
      const found = data?.['order'] as RestOrder | null | undefined;
      latest = found ?? latest;
      if (isFinal(latest['status']) || wakeUps.isClosed) break;
      // A read fails while a subgraph is unavailable.
      await wakeUps.wait(found === undefined || found === null ? retryMs : null);
    }
    return latest;
  }
}
