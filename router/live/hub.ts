import type { EventListener, LiveEvent } from '#platform/messaging/events.ts';

/** A stream, as far as it is told that there may be something to read. */
export interface Follower {
  /** Something happened to what it follows; to the thing of this id, where there are several. */
  readonly heard: (id: string) => void;
  /** Something may have been missed. */
  readonly lookAgain: () => void;
}

/** Who is told of which event. Only its owner's streams follow a thing, so that nobody else is even woken. */
export interface Hub extends EventListener {
  readonly followOrder: (customerId: string, orderId: string, follower: Follower) => Unfollow;
  readonly followNotifications: (customerId: string, follower: Follower) => Unfollow;
}

export type Unfollow = () => void;

interface Topic {
  readonly followers: Set<Follower>;
  readonly recheck: ReturnType<typeof setInterval>;
}

/** @param recheckMs all that follow one thing look again together once in this time, so that they are answered by one read. */
export function createHub(recheckMs: number): Hub {
  const topics = new Map<string, Topic>();

  function opened(name: string): Topic {
    const followers = new Set<Follower>();
    const topic = { followers, recheck: setInterval(() => lookAgain(followers), recheckMs) };
    topics.set(name, topic);
    return topic;
  }

  function follow(name: string, follower: Follower): Unfollow {
    const { followers, recheck } = topics.get(name) ?? opened(name);
    followers.add(follower);
    return () => {
      if (!followers.delete(follower) || followers.size > 0) return;
      clearInterval(recheck);
      topics.delete(name);
    };
  }

  return {
    followOrder: (customerId, orderId, follower) => follow(orderTopic(customerId, orderId), follower),
    followNotifications: (customerId, follower) => follow(notificationsTopic(customerId), follower),
    heard: (events) => {
      for (const event of events) {
        const [name, id] = topicOf(event);
        for (const follower of topics.get(name)?.followers ?? []) follower.heard(id);
      }
    },
    listening: () => {
      for (const { followers } of topics.values()) lookAgain(followers);
    },
  };
}

function lookAgain(followers: ReadonlySet<Follower>): void {
  for (const follower of followers) follower.lookAgain();
}

function topicOf(event: LiveEvent): [topic: string, id: string] {
  return event.kind === 'order-changed'
    ? [orderTopic(event.customerId, event.orderId), event.orderId]
    : [notificationsTopic(event.customerId), event.notificationId];
}

/** A client may write an id in capitals. */
const orderTopic = (customerId: string, orderId: string) => `order ${customerId} ${orderId.toLowerCase()}`;
const notificationsTopic = (customerId: string) => `notifications ${customerId}`;
