/** How much each customer, or whoever else is counted, has open on this router at the moment. */
export class OpenCounts {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts one more until the returned function is called; null where the most is open already. */
  enter(who: string): (() => void) | null {
    const open = this.#counts.get(who) ?? 0;
    if (open >= this.#most) return null;
    this.#counts.set(who, open + 1);
    return () => {
      const left = (this.#counts.get(who) ?? 0) - 1;
      if (left > 0) this.#counts.set(who, left);
      else this.#counts.delete(who);
    };
  }
}
