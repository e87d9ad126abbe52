import type { Viewer } from '#platform/identity/identity.ts';

/** The key of a viewer: the API clients of a customer share one count, and cannot use up what the customer has. */
export function keyOf({ id, client }: Pick<Viewer, 'id' | 'client'>): string {
  return client === undefined ? id : `clients of ${id}`;
}

/** Counts what each customer, or other key, has open on this router. */
export class OpenCounts {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts one more until the returned function is called; returns null at the maximum. */
  enter(key: string): (() => void) | null {
    const open = this.#counts.get(key) ?? 0;
    if (open >= this.#most) return null;
    this.#counts.set(key, open + 1);
    return () => {
      const left = (this.#counts.get(key) ?? 0) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    };
  }
}
