/** What a stream waits for: a ring, which may have been before, or the end. */
export class Bell {
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

  /** Resolves at the next ring (true), at the end, or when the time is over. */
  async rung(withinMs: number): Promise<boolean> {
    if (!this.#rung && !this.#closed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, withinMs);
      this.#wake = resolve;
      await promise;
      clearTimeout(timer);
      this.#wake = null;
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }
}
