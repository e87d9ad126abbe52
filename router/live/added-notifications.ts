import { GraphQLError } from 'graphql';
import type { WakeUps } from './wake-ups.ts';
import type { Follower } from './hub.ts';
import { missedSince, type PlacesOptions } from './notification-places.ts';
import type { Position } from './position.ts';
import { firstOf, isLasting, type LiveResult, type Reading } from './reading.ts';

/** After so many unread announcements the list is asked instead. */
const maxAnnounced = 1_000;

/** What a stream was told and has not looked at. */
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
    this.#wakeUps.ring();
  }

  lookAgain(): void {
    this.missed();
    this.#wakeUps.ring();
  }

  /** What was taken could not be looked at, or something may not have been heard: all is to be looked at next time. */
  missed(): void {
    this.#all = true;
  }

  /** What there is to look at: these, or all that may have been missed; from now on that is what comes later. */
  take(): readonly string[] | 'all' {
    const taken = this.#all ? 'all' : [...this.#ids];
    this.#ids = new Set();
    this.#all = false;
    return taken;
  }
}

export interface AddedNotificationsOptions {
  /** Where the client is; it moves on with the stream. */
  readonly position: Position;
  readonly read: (id: string) => Promise<Reading>;
  /** The name of the mark that says when a notification was written. */
  readonly createdAtMark: string;
  readonly places: PlacesOptions;
  readonly announcements: Announcements;
  readonly wakeUps: WakeUps;
  /** How long to wait after it could not be read. */
  readonly retryMs: number;
}

/** Each notification once, as soon as it is announced or found. An event's id is the position after it. */
export async function* addedNotifications(options: AddedNotificationsOptions): AsyncGenerator<LiveResult, void, void> {
  const { position, announcements, places, wakeUps, retryMs } = options;
  while (!wakeUps.closed) {
    let waitMs: number | null = null;
    try {
      const announced = announcements.take();
      const ids = announced === 'all' ? await missedSince(position, places) : announced;
      yield* send(ids, options);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const told = error.toJSON();
      if (isLasting(told)) {
        yield { errors: [{ message: told.message, extensions: { code: told.extensions?.['code'] } }] };
        return;
      }
      announcements.missed();
      waitMs = retryMs;
    }
    await wakeUps.rung(waitMs);
  }
}

/** @throws the first error of what cannot be read. */
async function* send(
  ids: readonly string[],
  options: AddedNotificationsOptions,
): AsyncGenerator<LiveResult, void, void> {
  const { position, read, createdAtMark, wakeUps } = options;
  for (const id of ids) {
    if (wakeUps.closed) return;
    if (position.has(id)) continue;
    const reading = await read(id);
    if (reading.kind === 'missing') continue;
    if (reading.kind !== 'found') throw firstOf(reading.errors);
    position.add({ id, createdAtMs: Date.parse(String(reading.marks[createdAtMark])) });
    yield { ...reading.result, extensions: { lastEventId: position.toString() } };
  }
}
