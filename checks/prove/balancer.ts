import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A process that requests may be led to. */
export interface Replica {
  readonly origin: string;
  /** The status of its `/health/ready`. */
  readonly readiness: () => Promise<number>;
}

export interface Balancer {
  readonly stop: () => Promise<void>;
}

const pollMs = 500;

/**
 * Leads connections to replicas in turn, as a Service of Kubernetes does: to those that were ready when they were last
 * asked, and without a look at what is said. A connection stays where it is, and nothing is tried twice.
 */
export async function startBalancer(port: number, replicas: readonly Replica[]): Promise<Balancer> {
  const stopping = new AbortController();
  const sockets = new Set<Socket>();
  let ready: readonly Replica[] = [];
  let turn = 0;

  const server = createServer((near) => {
    turn += 1;
    const replica = ready[turn % ready.length];
    if (replica === undefined) {
      near.destroy();
      return;
    }
    const far = connect(Number(new URL(replica.origin).port), '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket.setNoDelay());
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
  });

  const look = async () => {
    const states = await Promise.all(replicas.map(async (replica) => await replica.readiness()));
    ready = replicas.filter((_, place) => states[place] === 200);
  };
  const keepLooking = async () => {
    while (!stopping.signal.aborted) {
      await look();
      await delay(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  await look();
  const looking = keepLooking();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    stop: async () => {
      stopping.abort();
      await looking;
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}
