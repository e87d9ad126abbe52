/** The waiting requests of one sender, oldest first. */
interface Line<Item> {
  readonly sender: string;
  readonly items: Item[];
  /** Increases with each request that joins any line. */
  newest: number;
}

/**
 * Requests that wait for one scarce resource, ordered so that a flood delays as few other senders as possible:
 *
 * - The sender of the lowest rank comes first, regardless of its number of waiting requests: see `rankOf`.
 * - Among senders of one rank, and among the requests of one sender, the newest comes first. Under overload, the clients
 *   of the oldest requests time out first, so work for those would be wasted.
 */
export class FairQueue<Item> {
  readonly #rankOf: (sender: string) => number;
  readonly #lines = new Map<string, Line<Item>>();
  #size = 0;
  #added = 0;

  /** @param rankOf a number that increases with the recent turns of a sender. */
  constructor(rankOf: (sender: string) => number) {
    this.#rankOf = rankOf;
  }

  get size(): number {
    return this.#size;
  }

  /** The number of waiting requests of the sender. */
  sizeOf(sender: string): number {
    return this.#lines.get(sender)?.items.length ?? 0;
  }

  add(sender: string, item: Item): void {
    const line = this.#lines.get(sender) ?? { sender, items: [], newest: 0 };
    this.#lines.set(sender, line);
    line.items.push(item);
    this.#added += 1;
    line.newest = this.#added;
    this.#size += 1;
  }

  /** Removes and returns the next request; undefined if none waits. */
  takeNext(): Item | undefined {
    const line = this.#best((one, other) => {
      const lower = this.#rankOf(other.sender) - this.#rankOf(one.sender);
      return lower === 0 ? one.newest - other.newest : lower;
    });
    return line === undefined ? undefined : this.#takeAt(line, line.items.length - 1);
  }

  /** Removes and returns the oldest request of the sender with the most; among equals, of the longest waiting one. */
  takeFromLongest(): Item | undefined {
    const line = this.#best((one, other) => one.items.length - other.items.length || other.newest - one.newest);
    return line === undefined ? undefined : this.#takeAt(line, 0);
  }

  /** Removes a request whose caller no longer waits. */
  remove(sender: string, item: Item): void {
    const line = this.#lines.get(sender);
    const index = line?.items.indexOf(item) ?? -1;
    if (line !== undefined && index !== -1) this.#takeAt(line, index);
  }

  /** @param advantage of one line over another: positive if the first is better. */
  #best(advantage: (one: Line<Item>, other: Line<Item>) => number): Line<Item> | undefined {
    let best: Line<Item> | undefined;
    for (const line of this.#lines.values()) {
      if (best === undefined || advantage(line, best) > 0) best = line;
    }
    return best;
  }

  #takeAt(line: Line<Item>, index: number): Item {
    const [item] = line.items.splice(index, 1);
    this.#size -= 1;
    if (line.items.length === 0) this.#lines.delete(line.sender);
    return item!;
  }
}
