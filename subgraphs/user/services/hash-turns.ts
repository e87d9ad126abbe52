import { availableParallelism } from 'node:os';
import { LRUCache } from 'lru-cache';
import { type Caller, callerGone } from '#platform/http/callers.ts';
import { fault } from '#platform/errors/faults.ts';
import { FairQueue } from '#user/domain/fair-queue.ts';

export interface TurnRules {
  /** The maximum number of requests that wait for a hash. */
  readonly PASSWORD_QUEUE_LENGTH: number;
  /** The longest wait. After it, a request is refused, because its client or the router is about to time out. */
  readonly PASSWORD_QUEUE_WAIT_MS: number;
}

/** Node's thread pool has four threads. One stays free for other work, such as signatures and DNS. */
const hashesAtOnce = Math.min(availableParallelism(), 3);

/** How long a sender's turns lower its rank. The first turns do not count, since users mistype passwords. */
const turnsRememberedMs = 60_000;
const turnsForgiven = 5;
/** How long an address has priority after a successful sign-in. */
const knownMs = 24 * 60 * 60 * 1_000;
const sendersRemembered = 10_000;

interface Waiting {
  readonly start: () => void;
  readonly refuse: () => void;
}

/**
 * Limits the number of concurrent password hashes, and decides which request is next. If its caller disconnects, a
 * request leaves the queue and costs nothing. The queue refuses a request that waits too long, or that exceeds its length, and
 * says when to retry.
 */
export class HashTurns {
  readonly #rules: TurnRules;
  readonly #turns = new LRUCache<string, number>({
    max: sendersRemembered,
    ttl: turnsRememberedMs,
    // A sender's count restarts a minute after its first turn, regardless of later turns.
    noUpdateTTL: true,
  });
  readonly #known = new LRUCache<string, true>({ max: sendersRemembered, ttl: knownMs });
  readonly #queue = new FairQueue<Waiting>((sender) => this.#rankOf(sender));
  #running = 0;
  /** The duration of the last hash in milliseconds. */
  #hashMs = 25;

  constructor(rules: TurnRules) {
    this.#rules = rules;
  }

  /** @throws RATE_LIMITED, SERVICE_UNAVAILABLE */
  async run<Value>(caller: Caller, work: () => Promise<Value>): Promise<Value> {
    if (caller.signal.aborted) throw callerGone();
    if (this.#running < hashesAtOnce) this.#running += 1;
    else await this.#wait(caller);
    const { sender } = caller;
    this.#turns.set(sender, (this.#turns.get(sender) ?? 0) + 1);
    const startedAtMs = performance.now();
    try {
      return await work();
    } finally {
      this.#hashMs = performance.now() - startedAtMs;
      this.#passOn();
    }
  }

  /** Gives a sender priority after a successful sign-in, so that a burst from new addresses does not delay it. */
  know(sender: string): void {
    this.#known.set(sender, true);
  }

  #rankOf(sender: string): number {
    const counted = Math.max(0, (this.#turns.get(sender) ?? 0) - turnsForgiven);
    return counted === 0 && this.#known.has(sender) ? -1 : counted;
  }

  async #wait({ sender, signal }: Caller): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // A refused request leaves the queue at once, because a turn for it would be lost.
    const leave = (reasonOf: () => Error) => {
      this.#queue.remove(sender, waiting);
      reject(reasonOf());
    };
    const waiting: Waiting = { start: resolve, refuse: () => leave(() => this.#tooMany(sender)) };
    const onGone = () => leave(callerGone);
    const timer = setTimeout(waiting.refuse, this.#rules.PASSWORD_QUEUE_WAIT_MS);
    signal.addEventListener('abort', onGone, { once: true });
    this.#queue.add(sender, waiting);
    if (this.#queue.size > this.#rules.PASSWORD_QUEUE_LENGTH) this.#queue.takeFromLongest()?.refuse();
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onGone);
    }
  }

  /** Dispatches the turn to the next request, or releases it if none waits. */
  #passOn(): void {
    const next = this.#queue.takeNext();
    if (next === undefined) this.#running -= 1;
    else next.start();
  }

  /** The error for a request that left the queue: RATE_LIMITED if its sender has other waiting requests. */
  #tooMany(sender: string): Error {
    const retryAfterS = Math.max(1, Math.ceil((this.#queue.size * this.#hashMs) / hashesAtOnce / 1_000));
    const hint = `Try again in ${retryAfterS} ${retryAfterS === 1 ? 'second' : 'seconds'}.`;
    return this.#queue.sizeOf(sender) > 0
      ? fault('RATE_LIMITED', `Too many sign-ins from your address are waiting. ${hint}`, retryAfterS)
      : fault('SERVICE_UNAVAILABLE', `Too many people are signing in at the moment. ${hint}`, retryAfterS);
  }
}
