import type { EventListener, LiveEvent } from '#platform/events.ts';

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

export function createHub(): Hub {
  const followers = new Map<string, Set<Follower>>();

  function follow(topic: string, follower: Follower): Unfollow {
    const others = followers.get(topic);
    if (others === undefined) followers.set(topic, new Set([follower]));
    else others.add(follower);
    return () => {
      const left = followers.get(topic);
      left?.delete(follower);
      if (left?.size === 0) followers.delete(topic);
    };
  }

  return {
    followOrder: (customerId, orderId, follower) => follow(orderTopic(customerId, orderId), follower),
    followNotifications: (customerId, follower) => follow(notificationsTopic(customerId), follower),
    heard: (events) => {
      for (const event of events) {
        const [topic, id] = topicOf(event);
        for (const follower of followers.get(topic) ?? []) follower.heard(id);
      }
    },
    listening: () => {
      for (const topic of followers.values()) for (const follower of topic) follower.lookAgain();
    },
  };
}

function topicOf(event: LiveEvent): [topic: string, id: string] {
  return event.kind === 'order-changed'
    ? [orderTopic(event.customerId, event.orderId), event.orderId]
    : [notificationsTopic(event.customerId), event.notificationId];
}

/** A client may write an id in capitals. */
const orderTopic = (customerId: string, orderId: string) => `order ${customerId} ${orderId.toLowerCase()}`;
const notificationsTopic = (customerId: string) => `notifications ${customerId}`;
