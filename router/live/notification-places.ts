import { z } from 'zod';
import { fault } from '#platform/errors/faults.ts';
import { type NotificationMark, Position } from './position.ts';
import { firstOf } from './reading.ts';
import type { ReadGraph, Subscriber } from './graph-reads.ts';

/** The most missed notifications that are sent to a resuming client. */
const maxMissed = 1_000;

/** The newest few are usually enough to see that none is missing. */
const firstPage = 5;
const nextPages = 100;

const placesQuery = `query LiveNotifications($first: Int!, $after: String) {
  viewer {
    notifications(first: $first, after: $after) {
      nodes { id createdAt }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const placesPage = z.object({
  viewer: z.object({
    notifications: z.object({
      nodes: z.array(z.object({ id: z.string(), createdAt: z.string() })),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }),
});

export interface PlacesOptions {
  readonly readGraph: ReadGraph;
  readonly subscriber: Subscriber;
}

/** Returns the position after the subscriber's newest notification. */
export async function presentPosition(options: PlacesOptions): Promise<Position> {
  const position = new Position();
  for await (const place of newestFirst(options)) {
    if (position.isBehind(place.createdAtMs)) break;
    position.add(place);
  }
  return position;
}

/**
 * Returns the ids of the notifications after a position, oldest first.
 *
 * @throws BAD_USER_INPUT if there are too many.
 */
export async function missedSince(position: Position, options: PlacesOptions): Promise<string[]> {
  const missed: string[] = [];
  for await (const { id, createdAtMs } of newestFirst(options)) {
    if (position.isBehind(createdAtMs)) break;
    if (!position.has(id)) missed.push(id);
    if (missed.length > maxMissed) throw fault('BAD_USER_INPUT', tooManyMissed);
  }
  return missed.toReversed();
}

const tooManyMissed =
  `More than ${maxMissed} notifications were added since this event. ` +
  'Read them in `viewer { notifications }`, and subscribe without a last event id.';

async function* newestFirst(options: PlacesOptions): AsyncGenerator<NotificationMark, void, void> {
  let after: string | null = null;
  for (let first = firstPage; ; first = nextPages) {
    const { nodes, pageInfo } = await readPage(options, { first, after });
    for (const { id, createdAt } of nodes) yield { id, createdAtMs: Date.parse(createdAt) };
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

type PlacesPage = z.infer<typeof placesPage>['viewer']['notifications'];

/** @throws the first error of a failed read */
async function readPage(
  { readGraph, subscriber }: PlacesOptions,
  variables: { first: number; after: string | null },
): Promise<PlacesPage> {
  const { data, errors = [] } = await readGraph(subscriber, { query: placesQuery, variables });
  if (errors.length > 0) throw firstOf(errors);
  return placesPage.parse(data).viewer.notifications;
}
