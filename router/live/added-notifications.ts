import { GraphQLError } from 'graphql';
import type { WakeUps } from '#platform/messaging/wake-ups.ts';
import type { Follower } from './hub.ts';
import { missedSince, type PlacesOptions } from './notification-places.ts';
import type { Position } from './position.ts';
import { firstOf, isLasting, type LiveResult, type Reading } from './reading.ts';

/** Above this number of unread announcements, the stream reads the list instead. */
const maxAnnounced = 1_000;

/** The announced notifications that a stream has not read yet. */
export class Announcements implements Follower {
  readonly #wakeUps: WakeUps;
  #ids = new Set<string>();
  #all = false;

  constructor(wakeUps: WakeUps) {
    this.#wakeUps = wakeUps;
  }

  heard(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size > maxAnnounced) this.#all = true;
    this.#wakeUps.notify();
  }

  lookAgain(): void {
    this.missed();
    this.#wakeUps.notify();
  }

  /** Marks the list to be read next time, because an announcement may be lost or could not be read. */
  missed(): void {
    this.#all = true;
  }

  /** Returns the announced ids, or `all` if announcements may be lost, and clears them. */
  take(): readonly string[] | 'all' {
    const taken = this.#all ? 'all' : [...this.#ids];
    this.#ids = new Set();
    this.#all = false;
    return taken;
  }
}

export interface AddedNotificationsOptions {
  /** The client's position; it advances with the stream. */
  readonly position: Position;
  readonly read: (id: string) => Promise<Reading>;
  /** The alias of `createdAt` in the query. */
  readonly createdAtMark: string;
  readonly places: PlacesOptions;
  readonly announcements: Announcements;
  readonly wakeUps: WakeUps;
  /** How long to wait after a failed read. */
  readonly retryMs: number;
}

/** Yields each notification once, when it is announced or found. An event's id is the position after it. */
export async function* addedNotifications(options: AddedNotificationsOptions): AsyncGenerator<LiveResult, void, void> {
  const { position, announcements, places, wakeUps, retryMs } = options;
  while (!wakeUps.isClosed) {
    let waitMs: number | null = null;
    try {
      const announced = announcements.take();
      const ids = announced === 'all' ? await missedSince(position, places) : announced;
      yield* send(ids, options);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const failure = error.toJSON();
      if (isLasting(failure)) {
        yield { errors: [{ message: failure.message, extensions: { code: failure.extensions?.['code'] } }] };
        return;
      }
      announcements.missed();
      waitMs = retryMs;
    }
    await wakeUps.wait(waitMs);
  }
}

/** @throws the first error of a failed read */
async function* send(
  ids: readonly string[],
  options: AddedNotificationsOptions,
): AsyncGenerator<LiveResult, void, void> {
  const { position, read, createdAtMark, wakeUps } = options;
  for (const id of ids) {
    if (wakeUps.isClosed) return;
    if (position.has(id)) continue;
    const reading = await read(id);
    if (reading.kind === 'missing') continue;
    if (reading.kind !== 'found') throw firstOf(reading.errors);
    position.add({ id, createdAtMs: Date.parse(String(reading.marks[createdAtMark])) });
    yield { ...reading.result, extensions: { lastEventId: position.toString() } };
  }
}
