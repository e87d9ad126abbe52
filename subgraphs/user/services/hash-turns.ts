import { availableParallelism } from 'node:os';
import { LRUCache } from 'lru-cache';
import { type Caller, callerGone } from '#platform/http/callers.ts';
import { fault } from '#platform/errors/faults.ts';
import { FairQueue } from '#user/domain/fair-queue.ts';

export interface TurnRules {
  /** The most requests that wait for a password to be hashed. */
  readonly PASSWORD_QUEUE_LENGTH: number;
  /** A request that has waited for so long is refused: its client, or the router, is about to give up. */
  readonly PASSWORD_QUEUE_WAIT_MS: number;
}

/** Node's thread pool has four threads: one is left to everything else, such as signatures and DNS. */
const hashesAtOnce = Math.min(availableParallelism(), 3);

/** For so long a sender's turns count against it where others wait too: but not the first, in which a person mistypes. */
const turnsRememberedMs = 60_000;
const turnsForgiven = 5;
/** For so long an address comes first from which somebody has signed in. */
const knownMs = 24 * 60 * 60 * 1_000;
const sendersRemembered = 10_000;

interface Waiting {
  readonly start: () => void;
  readonly refuse: () => void;
}

/**
 * Bounds how many passwords are hashed at the same time, and decides who is next. A request whose caller has gone
 * leaves the queue and costs nothing. One that has waited too long, or that is too many, is refused with a hint of when
 * to try again.
 */
export class HashTurns {
  readonly #rules: TurnRules;
  readonly #turns = new LRUCache<string, number>({
    max: sendersRemembered,
    ttl: turnsRememberedMs,
    // A minute after a sender's first turn its count starts again, however many turns came since.
    noUpdateTTL: true,
  });
  readonly #known = new LRUCache<string, true>({ max: sendersRemembered, ttl: knownMs });
  readonly #queue = new FairQueue<Waiting>((sender) => this.#rankOf(sender));
  #running = 0;
  /** What the last hash took. */
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

  /** To be called when somebody has signed in: a burst from new addresses does not keep this one out. */
  know(sender: string): void {
    this.#known.set(sender, true);
  }

  #rankOf(sender: string): number {
    const counted = Math.max(0, (this.#turns.get(sender) ?? 0) - turnsForgiven);
    return counted === 0 && this.#known.has(sender) ? -1 : counted;
  }

  async #wait({ sender, signal }: Caller): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // It leaves the queue at once: a turn that is passed to a request that has been refused would be lost.
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

  /** The turn is passed on as it is, or given up where nobody waits. */
  #passOn(): void {
    const next = this.#queue.takeNext();
    if (next === undefined) this.#running -= 1;
    else next.start();
  }

  /** The error for a request that has left the queue: RATE_LIMITED where its sender has other requests in it. */
  #tooMany(sender: string): Error {
    const retryAfterS = Math.max(1, Math.ceil((this.#queue.size * this.#hashMs) / hashesAtOnce / 1_000));
    const hint = `Try again in ${retryAfterS} ${retryAfterS === 1 ? 'second' : 'seconds'}.`;
    return this.#queue.sizeOf(sender) > 0
      ? fault('RATE_LIMITED', `Too many sign-ins from your address are waiting. ${hint}`, retryAfterS)
      : fault('SERVICE_UNAVAILABLE', `Too many people are signing in at the moment. ${hint}`, retryAfterS);
  }
}
