/** Wakes a waiting loop. If a notification arrives while the loop works, the next wait ends at once. */
export class WakeUps {
  #isNotified = false;
  #isClosed = false;
  #wake: (() => void) | null = null;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  notify(): void {
    this.#isNotified = true;
    this.#wake?.();
  }

  /** Ends the current wait and all later ones. */
  close(): void {
    this.#isClosed = true;
    this.#wake?.();
  }

  /**
   * Resolves at the next notification, at `close`, or after the time limit.
   *
   * @param withinMs null waits without a time limit.
   */
  async wait(withinMs: number | null): Promise<void> {
    if (!this.#isNotified && !this.#isClosed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = withinMs === null ? undefined : setTimeout(resolve, withinMs);
      this.#wake = resolve;
      await promise;
      clearTimeout(timer);
      this.#wake = null;
    }
    this.#isNotified = false;
  }
}
