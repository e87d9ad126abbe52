/** Wakes a loop that waits. A notification that arrives while the loop works is remembered for its next wait. */
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
   * Resolves at the next notification, when it is closed, or after a time.
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
