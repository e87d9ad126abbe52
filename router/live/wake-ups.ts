/** What a stream waits for: a ring, which may have been before, or the end. */
export class WakeUps {
  #rung = false;
  #closed = false;
  #wake: (() => void) | null = null;

  /** Nobody wants to know any more. */
  get closed(): boolean {
    return this.#closed;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  /** Resolves at the next ring, at the end, or when the time is over; without a time it waits for as long as it takes. */
  async rung(withinMs: number | null): Promise<void> {
    if (!this.#rung && !this.#closed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = withinMs === null ? undefined : setTimeout(resolve, withinMs);
      this.#wake = resolve;
      await promise;
      clearTimeout(timer);
      this.#wake = null;
    }
    this.#rung = false;
  }
}
