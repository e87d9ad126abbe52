/** A notification's position among the others. */
export interface NotificationMark {
  readonly id: string;
  readonly createdAtMs: number;
}

/** Notifications that are written at about the same time can become visible out of order, within this time. */
export const windowMs = 60_000;

/** The most ids in an event's id. With more notifications within the window, a few may be sent twice. */
const maxRemembered = 256;

/** The part of an id's random end that distinguishes a customer's notifications of one minute. */
const suffixLength = 10;

/** In characters: the time, a point and the suffixes of all ids. */
export const longestPosition = 9 + 1 + maxRemembered * suffixLength;

/**
 * The position of a stream of notifications: the time of the newest one, and which of the recent ones the client has
 * received. As text it is an event's id, from which a client resumes.
 */
export class Position {
  #newestMs = 0;
  readonly #seen = new Map<string, number>();

  /** Returns null if the text is not a position. */
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

  add({ id, createdAtMs }: NotificationMark): void {
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

  /** Whether all notifications of this time count as sent. */
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
