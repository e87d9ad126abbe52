/** The requests of one sender that wait, oldest first. */
interface Line<Item> {
  readonly sender: string;
  readonly items: Item[];
  /** Grows with each request that is added to any line. */
  newest: number;
}

/**
 * Requests that wait for the same scarce thing, ordered so that a flood keeps out as few others as possible:
 *
 * - The sender of the lowest rank comes first, however many of its requests wait: see `rankOf`.
 * - Among senders of one rank, and among the requests of one sender, the newest comes first. Where more requests come than
 *   can be done, the oldest are those whose clients give up first: to do them would be in vain.
 */
export class FairQueue<Item> {
  readonly #rankOf: (sender: string) => number;
  readonly #lines = new Map<string, Line<Item>>();
  #size = 0;
  #added = 0;

  /** @param rankOf a number that grows with the turns that a sender has had of late. */
  constructor(rankOf: (sender: string) => number) {
    this.#rankOf = rankOf;
  }

  get size(): number {
    return this.#size;
  }

  /** How many requests of the sender wait. */
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

  /** Takes the request whose turn it is; undefined where none waits. */
  takeNext(): Item | undefined {
    const line = this.#best((one, other) => {
      const lower = this.#rankOf(other.sender) - this.#rankOf(one.sender);
      return lower === 0 ? one.newest - other.newest : lower;
    });
    return line === undefined ? undefined : this.#takeAt(line, line.items.length - 1);
  }

  /** Takes the oldest request of the sender that has the most, and of the one who has waited longest among equals. */
  takeFromLongest(): Item | undefined {
    const line = this.#best((one, other) => one.items.length - other.items.length || other.newest - one.newest);
    return line === undefined ? undefined : this.#takeAt(line, 0);
  }

  /** Takes out a request that waits no longer. */
  remove(sender: string, item: Item): void {
    const line = this.#lines.get(sender);
    const index = line?.items.indexOf(item) ?? -1;
    if (line !== undefined && index !== -1) this.#takeAt(line, index);
  }

  /** @param advantage of the one line over the other: positive where the one is better. */
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
