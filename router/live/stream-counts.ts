import { fault } from '#platform/faults.ts';

/** How many streams each customer has open on this router. */
export class StreamCounts {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Counts one more, until the function that is returned is called.
   *
   * @throws TOO_MANY_STREAMS
   */
  enter(customerId: string): () => void {
    const open = this.#counts.get(customerId) ?? 0;
    if (open >= this.#most) {
      throw fault('TOO_MANY_STREAMS', `You have ${this.#most} streams open, which is the most: close one first.`);
    }
    this.#counts.set(customerId, open + 1);
    return () => {
      const left = (this.#counts.get(customerId) ?? 0) - 1;
      if (left > 0) this.#counts.set(customerId, left);
      else this.#counts.delete(customerId);
    };
  }
}
