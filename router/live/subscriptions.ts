import type { GraphQLSchema } from 'graphql';
import { now } from '#platform/process/clock.ts';
import { fault, isFaultCode, unauthenticated } from '#platform/errors/faults.ts';
import { isId } from '#platform/validation/ids.ts';
import { addedNotifications, Announcements } from './added-notifications.ts';
import { WakeUps } from '#platform/messaging/wake-ups.ts';
import type { Hub, Unfollow } from './hub.ts';
import { presentPosition } from './notification-places.ts';
import { type LiveOperation, liveOperation, type LiveRequest } from './operation.ts';
import { noSuchOrder, orderUpdates } from './order-updates.ts';
import { Position } from './position.ts';
import { type LiveResult, readerOf, type Reading } from './reading.ts';
import type { ReadGraph, Subscriber } from './graph-reads.ts';

export interface Sources {
  readonly readGraph: ReadGraph;
  /** For reads at the time of subscribing, which count against the sender's rate limits. */
  readonly readGraphFor: (sender: string) => ReadGraph;
  readonly schema: GraphQLSchema;
  readonly hub: Hub;
  /** How long a stream waits after a failed read. */
  readonly retryMs: number;
}

export interface Subscribing {
  readonly subscriber: Subscriber;
  readonly sender: string;
  readonly request: LiveRequest;
  readonly lastEventId: string | undefined;
}

type Results = AsyncGenerator<LiveResult, void, void>;

export interface LiveSubscription {
  /** Its `return` ends the stream at once, even while it waits. */
  readonly results: Results;
  /** The event from which the client resumes if no event arrives. */
  readonly startsAfter: string | null;
}

/**
 * Subscribes and reads the present state, so that every later change is sent. The stream ends when the subscriber's
 * token expires.
 *
 * @throws RefusedOperation, and faults of the graph and of the request.
 */
export async function subscribe(sources: Sources, subscribing: Subscribing): Promise<LiveSubscription> {
  const operation = liveOperation(sources.schema, subscribing.request);
  const input = { ...subscribing, sources, wakeUps: new WakeUps() };
  return operation.field === 'orderUpdated'
    ? await followOrder(operation, input)
    : await followNotifications(operation, input);
}

interface StreamInput extends Subscribing {
  readonly sources: Sources;
  readonly wakeUps: WakeUps;
}

type Operation<Field> = Extract<LiveOperation, { field: Field }>;

async function followOrder(operation: Operation<'orderUpdated'>, input: StreamInput): Promise<LiveSubscription> {
  const { sources, subscriber, sender, wakeUps, lastEventId } = input;
  const { hub, readGraph, readGraphFor, retryMs } = sources;
  // A malformed id names no order, and is not followed.
  if (!isId(operation.orderId)) return { results: only(noSuchOrder(operation.key)), startsAfter: null };
  const read = readerOf({ readGraph, subscriber, operation });
  const ring = () => wakeUps.notify();
  const unfollow = hub.followOrder(subscriber.viewer.id, operation.orderId, { heard: ring, lookAgain: ring });
  return await begun(input, unfollow, async () => {
    const present = await readerOf({ readGraph: readGraphFor(sender), subscriber, operation })();
    requireAnswer(present);
    return { results: orderUpdates({ operation, present, read, wakeUps, retryMs, lastEventId }), startsAfter: null };
  });
}

/** The id of no notification. */
const noId = '00000000-0000-0000-0000-000000000000';

async function followNotifications(
  operation: Operation<'notificationAdded'>,
  input: StreamInput,
): Promise<LiveSubscription> {
  const { sources, subscriber, sender, wakeUps, lastEventId } = input;
  const { hub, readGraph, readGraphFor, retryMs } = sources;
  const places = { readGraph, subscriber };
  const variablesFor = (id: string) => ({ [operation.idVariable]: id });
  const reader = readerOf({ readGraph, subscriber, operation });
  const read = async (id: string) => await reader(variablesFor(id));
  const announcements = new Announcements(wakeUps);
  const unfollow = hub.followNotifications(subscriber.viewer.id, announcements);
  return await begun(input, unfollow, async () => {
    // A trial read, so that an invalid selection is refused now and not at the first notification.
    const trial = await readerOf({ readGraph: readGraphFor(sender), subscriber, operation })(variablesFor(noId));
    requireAnswer(trial);
    if (trial.kind === 'refused') return { results: only({ errors: trial.errors }), startsAfter: null };
    const position = lastEventId === undefined ? await presentPosition(places) : resumed(lastEventId);
    if (lastEventId !== undefined) announcements.missed();
    const { createdAt: createdAtMark } = operation.marks;
    return {
      results: addedNotifications({ position, read, createdAtMark, places, announcements, wakeUps, retryMs }),
      startsAfter: position.toString(),
    };
  });
}

async function begun(
  { subscriber, wakeUps }: StreamInput,
  unfollow: Unfollow,
  begin: () => Promise<LiveSubscription>,
): Promise<LiveSubscription> {
  const end = () => {
    unfollow();
    wakeUps.close();
  };
  try {
    const { results, startsAfter } = await begin();
    return { results: endable(untilExpiry(results, subscriber, end), end), startsAfter };
  } catch (error) {
    end();
    throw error;
  }
}

/** @throws if the graph is unavailable; the client should retry. */
function requireAnswer(reading: Reading): void {
  if (reading.kind !== 'unavailable') return;
  const code = reading.errors.map(({ extensions }) => extensions?.['code']).find(isFaultCode);
  throw fault(code ?? 'SERVICE_UNAVAILABLE', reading.errors[0]?.message ?? 'The graph does not respond.');
}

/** @throws BAD_USER_INPUT */
function resumed(lastEventId: string): Position {
  const position = Position.parse(lastEventId);
  if (position === null) throw fault('BAD_USER_INPUT', 'The last event id does not belong to this subscription.');
  return position;
}

async function* only(result: LiveResult): Results {
  yield result;
}

/** The longest time of a timer. */
const longestWaitMs = 2 ** 31 - 1;

async function* untilExpiry(results: Results, { expiresAt }: Subscriber, end: () => void): Results {
  let hasExpired = false;
  const goodForMs = expiresAt.getTime() - now().getTime();
  const timer = setTimeout(
    () => {
      hasExpired = true;
      end();
    },
    Math.min(goodForMs, longestWaitMs),
  );
  try {
    yield* results;
    if (hasExpired) yield { errors: [unauthenticated().toJSON()] };
  } finally {
    clearTimeout(timer);
    end();
  }
}

/** Lets `return` end a waiting generator, which would otherwise end only after its wait. */
function endable(results: Results, end: () => void): Results {
  const finish = results.return.bind(results);
  return Object.assign(results, {
    return: async (value: void | PromiseLike<void>) => {
      end();
      return await finish(value);
    },
  });
}
