import type { EventListener, LiveEvent } from '#platform/messaging/events.ts';

/** A stream's subscription to a topic. */
export interface Follower {
  /** The topic's object, or its object of this id, has changed. */
  readonly heard: (id: string) => void;
  /** An event may have been lost. */
  readonly lookAgain: () => void;
}

/** Distributes live events to streams. A topic belongs to one customer, so events wake only that customer's streams. */
export interface Hub extends EventListener {
  readonly followOrder: (customerId: string, orderId: string, follower: Follower) => Unfollow;
  readonly followNotifications: (customerId: string, follower: Follower) => Unfollow;
}

export type Unfollow = () => void;

interface Topic {
  readonly followers: Set<Follower>;
  readonly recheck: ReturnType<typeof setInterval>;
}

/** @param recheckMs the interval at which all streams of a topic poll together, so that they share one read */
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
    received: (events) => {
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

/** A client may write an id in upper case. */
const orderTopic = (customerId: string, orderId: string) => `order ${customerId} ${orderId.toLowerCase()}`;
const notificationsTopic = (customerId: string) => `notifications ${customerId}`;
