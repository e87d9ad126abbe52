/** A notification, as far as its place among the others goes. */
export interface Place {
  readonly id: string;
  readonly createdAtMs: number;
}

/**
 * What is written at the same time may become visible in another order than that of its times, so far apart at most.
 */
export const windowMs = 60_000;

/** So many ids fit into an event's id; after more within the window, a few may come twice. */
const maxRemembered = 256;

/** Of the random end of an id, enough to tell those of one customer and minute apart. */
const suffixLength = 10;

/** In characters: the time, a point and the ends of all ids. */
export const longestPosition = 9 + 1 + maxRemembered * suffixLength;

/**
 * How far a stream of notifications has come: the time of the newest one, and which of those shortly before it the
 * client has. Written as text it is the id of an event, with which a client resumes.
 */
export class Position {
  #newestMs = 0;
  readonly #seen = new Map<string, number>();

  /** Null where the text is not a position. */
  static parse(text: string): Position | null {
    const [, newest, suffixes] = /^([0-9a-z]{1,9})\.((?:[0-9a-f]{10}){0,256})$/.exec(text) ?? [];
    if (newest === undefined || suffixes === undefined) return null;
    const position = new Position();
    position.#newestMs = Number.parseInt(newest, 36);
    for (let at = 0; at < suffixes.length; at += suffixLength) {
      position.#seen.set(suffixes.slice(at, at + suffixLength), position.#newestMs);
    }
    return position;
  }

  add({ id, createdAtMs }: Place): void {
    this.#newestMs = Math.max(this.#newestMs, createdAtMs);
    this.#seen.set(suffixOf(id), createdAtMs);
    for (const [suffix, seenMs] of this.#seen) {
      if (!this.isBehind(seenMs)) break;
      this.#seen.delete(suffix);
    }
  }

  has(id: string): boolean {
    return this.#seen.has(suffixOf(id));
  }

  /** Whether all from then is taken for sent. */
  isBehind(createdAtMs: number): boolean {
    return createdAtMs < this.#newestMs - windowMs;
  }

  toString(): string {
    return `${this.#newestMs.toString(36)}.${[...this.#seen.keys()].slice(-maxRemembered).join('')}`;
  }
}

function suffixOf(id: string): string {
  return id.replaceAll('-', '').slice(-suffixLength).toLowerCase();
}
